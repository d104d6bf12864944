#include "services/dossiers/domain/agreement.h"

#include "libs/errors/errors.h"
#include "services/dossiers/domain/age_rules.h"
#include "services/dossiers/domain/names.h"

#include <map>
#include <string>

namespace vsv::dossiers {
namespace {

// Latest opinion per role of those who decide, of the content as it stands.
std::map<std::string, Opinion> LatestOfDeciders(const DossierRow& row, Person decider) {
  const auto done = row.dossier.state_times.find(DossierState::kBDone);
  std::map<std::string, Opinion> latest;
  if (done == row.dossier.state_times.end()) return latest;
  for (const PersonView& view : row.views) {
    if (view.person != decider || view.recorded_at < done->second) continue;
    latest[view.role] = view.opinion;
  }
  return latest;
}

absl::Status Missing(absl::string_view reason, absl::string_view message, Person decider) {
  return errors::Precondition(reason, message, {{"person", std::string(Name(decider))}});
}

}  // namespace

absl::Status CheckInspection(const DossierRow& row, absl::CivilDay day) {
  const Person decider = Decider(row.dossier.birth_on, day);
  if (!LatestOfDeciders(row, decider).empty()) return absl::OkStatus();
  return Missing("INSPECTION_MISSING", "whoever decides at this age has not seen the dossier",
                 decider);
}

absl::Status CheckAgreement(const DossierRow& row, absl::CivilDay day) {
  if (absl::Status seen = CheckInspection(row, day); !seen.ok()) return seen;
  const Person decider = Decider(row.dossier.birth_on, day);
  bool agrees = false;
  for (const auto& [role, opinion] : LatestOfDeciders(row, decider)) {
    if (opinion == Opinion::kDisagrees) {
      return Missing("DISAGREEMENT", "whoever decides at this age disagrees with the content",
                     decider);
    }
    agrees = agrees || opinion == Opinion::kAgrees;
  }
  if (agrees) return absl::OkStatus();
  return Missing("AGREEMENT_MISSING", "whoever decides at this age has not said yes", decider);
}

}  // namespace vsv::dossiers
