#include "services/dossiers/domain/count_changes.h"

#include "services/dossiers/domain/names.h"

#include <map>
#include <string>

namespace vsv::dossiers {
namespace {

using Tally = std::map<CountKey, int64_t>;

void Count(const Dossier& dossier, const WarmHandover& handover,
           const std::vector<FirstYearOutcome>& first_year, absl::CivilDay day, int64_t by,
           Tally& tally) {
  const auto bump = [&](Process process, absl::string_view state, absl::CivilDay due_on) {
    tally[CountKey{dossier.region, process, std::string(state), dossier.responsible, due_on,
                   day}] += by;
  };
  bump(Process::kTransition, Name(dossier.state), dossier.due_on);
  if (handover.state != HandoverState::kNotNeeded) {
    bump(Process::kWarmHandover, Name(handover.state), handover.due_on.value_or(dossier.due_on));
  }
  for (const FirstYearOutcome& outcome : first_year) {
    bump(Process::kFirstYear, Name(outcome.status), outcome.count_on);
  }
}

std::vector<CountDelta> NonZero(const Tally& tally) {
  std::vector<CountDelta> deltas;
  for (const auto& [key, delta] : tally) {
    if (delta != 0) deltas.push_back({key, delta});
  }
  return deltas;
}

}  // namespace

std::vector<CountDelta> CountsOfNew(const Dossier& dossier, const WarmHandover& handover,
                                    absl::CivilDay day) {
  Tally tally;
  Count(dossier, handover, {}, day, 1, tally);
  return NonZero(tally);
}

std::vector<CountDelta> CountsOfChange(const DossierRow& before, const DossierChange& change,
                                       absl::CivilDay day) {
  Tally tally;
  Count(before.dossier, before.handover, before.first_year, day, -1, tally);
  std::vector<FirstYearOutcome> first_year = before.first_year;
  if (change.first_year.has_value()) {
    std::erase_if(first_year, [&](const FirstYearOutcome& outcome) {
      return outcome.count_on == change.first_year->count_on;
    });
    first_year.push_back(*change.first_year);
  }
  Count(change.dossier, change.handover.value_or(before.handover), first_year, day, 1, tally);
  return NonZero(tally);
}

std::vector<CountDelta> CountsOfErasure(const Dossier& dossier, const WarmHandover& handover,
                                        absl::CivilDay day) {
  Tally tally;
  const auto out = [&](Process process, absl::string_view state, absl::CivilDay due_on) {
    tally[CountKey{dossier.region, process, std::string(state), dossier.responsible, due_on,
                   day}] -= 1;
  };
  if (dossier.state != DossierState::kProcessed && dossier.state != DossierState::kWithdrawn) {
    out(Process::kTransition, Name(dossier.state), dossier.due_on);
  }
  const bool talked = handover.state == HandoverState::kNotNeeded ||
                      handover.state == HandoverState::kFollowedUp ||
                      handover.state == HandoverState::kDeclined;
  if (!talked) {
    out(Process::kWarmHandover, Name(handover.state), handover.due_on.value_or(dossier.due_on));
  }
  return NonZero(tally);
}

}  // namespace vsv::dossiers
