#include "services/dossiers/domain/change.h"

#include "libs/errors/errors.h"
#include "services/dossiers/domain/count_changes.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <string>
#include <utility>

namespace vsv::dossiers {

DossierChange BeginChange(const DossierRow& row, absl::string_view operation) {
  DossierChange change;
  change.dossier = row.dossier;
  change.operation = std::string(operation);
  return change;
}

DossierChange WithCounts(const DossierRow& row, const Asker& asker, DossierChange change) {
  change.counts = CountsOfChange(row, change, asker.today);
  return change;
}

absl::Status CheckRoom(absl::string_view kind, size_t present, size_t most) {
  if (present < most) return absl::OkStatus();
  return errors::Precondition("DOSSIER_FULL",
                              absl::StrCat("a dossier has at most ", most, " ", kind),
                              {{"kind", std::string(kind)}, {"most", absl::StrCat(most)}});
}

bool IsOfContentAlone(const DossierRow& row, const DossierChange& change) {
  const Dossier& before = row.dossier;
  const Dossier& after = change.dossier;
  const HandoverTexts& texts = change.handover_texts;
  return before.state == after.state && before.state_times == after.state_times &&
         before.residence == after.residence && before.receiving == after.receiving &&
         before.delivering == after.delivering && before.responsible == after.responsible &&
         !change.view && !change.application && !change.consent && !change.handover &&
         !texts.agreed_support && !texts.follow_up_outcome && !texts.declined_reason &&
         !change.first_year && !change.recall;
}

DossierRow AfterContent(DossierRow row, const DossierChange& change) {
  row.dossier = change.dossier;
  const auto is_rewritten = [&change](const Section& section) {
    return std::any_of(change.sections.begin(), change.sections.end(),
                       [&](const Section& s) { return s.category == section.category; }) ||
           std::find(change.cleared.begin(), change.cleared.end(), section.category) !=
               change.cleared.end();
  };
  row.sections.erase(std::remove_if(row.sections.begin(), row.sections.end(), is_rewritten),
                     row.sections.end());
  for (const Section& section : change.sections) {
    if (row.granted.Contains(section.category)) row.sections.push_back(section);
  }
  std::sort(row.sections.begin(), row.sections.end(),
            [](const Section& a, const Section& b) { return a.category < b.category; });
  return row;
}

bool Guides(const Dossier& dossier, const OrganisationId& organisation) {
  return organisation == dossier.delivering || organisation == dossier.responsible;
}

bool Receives(const Dossier& dossier, const OrganisationId& organisation) {
  return dossier.receiving.has_value() && organisation == *dossier.receiving;
}

}  // namespace vsv::dossiers
