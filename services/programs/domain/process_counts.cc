#include "services/programs/domain/process_counts.h"

#include "absl/strings/string_view.h"

#include <algorithm>
#include <map>

namespace vsv::programs {
namespace {

enum class DossierStage : uint8_t { kInPreparation, kSent, kAccepted, kWithdrawn };

DossierStage StageOf(absl::string_view state) {
  if (state == "SENT") return DossierStage::kSent;
  if (state == "ACCEPTED" || state == "PROCESSED") return DossierStage::kAccepted;
  if (state == "WITHDRAWN") return DossierStage::kWithdrawn;
  return DossierStage::kInPreparation;  // part A, part B, agreement; a rejected one is back in part
                                        // B
}

// Open: somebody must still act. An accepted dossier is open until it is processed.
bool IsOpenDossier(absl::string_view state) {
  return state != "PROCESSED" && state != "WITHDRAWN";
}

template <typename Counts>
void AddOverdue(Counts& counts, const ProcessCount& count) {
  counts.overdue += count.count;
  if (count.count > 0) {
    counts.oldest_due_on = std::min(counts.oldest_due_on.value_or(count.due_on), count.due_on);
  }
}

void Add(DossierCounts& counts, const ProcessCount& count, absl::CivilDay reference) {
  switch (StageOf(count.state)) {
    case DossierStage::kInPreparation:
      counts.in_preparation += count.count;
      break;
    case DossierStage::kSent:
      counts.sent += count.count;
      break;
    case DossierStage::kAccepted:
      counts.accepted += count.count;
      break;
    case DossierStage::kWithdrawn:
      counts.withdrawn += count.count;
      break;
  }
  if (IsOpenDossier(count.state) && count.due_on < reference) AddOverdue(counts, count);
}

void Add(HandoverCounts& counts, const ProcessCount& count, absl::CivilDay reference) {
  if (count.state == "NOT_NEEDED") return;
  if (count.state == "DECLINED") {
    counts.declined += count.count;
    return;
  }
  counts.needed += count.count;
  const bool agreed = count.state == "SUPPORT_AGREED" || count.state == "FOLLOWED_UP";
  if (agreed) counts.support_agreed += count.count;
  if (agreed || count.state == "HELD") {
    counts.held += count.count;
  } else if (count.due_on < reference) {
    AddOverdue(counts, count);
  }
}

template <typename Counts>
Breakdown<Counts> BreakDown(absl::Span<const ProcessCount> counts, Process process,
                            absl::CivilDay reference) {
  Breakdown<Counts> breakdown;
  std::map<OrganisationId, Counts> by_organisation;
  for (const ProcessCount& count : counts) {
    if (count.process != process) continue;
    Add(breakdown.total, count, reference);
    Counts& own = by_organisation[count.responsible];
    own.organisation = count.responsible;
    Add(own, count, reference);
  }
  for (const auto& [organisation, own] : by_organisation) breakdown.by_organisation.push_back(own);
  std::stable_sort(breakdown.by_organisation.begin(), breakdown.by_organisation.end(),
                   [](const Counts& a, const Counts& b) { return a.overdue > b.overdue; });
  return breakdown;
}

}  // namespace

int64_t Permille(int64_t part, int64_t whole) {
  return (2000 * part + whole) / (2 * whole);
}

Breakdown<DossierCounts> CountDossiers(absl::Span<const ProcessCount> counts,
                                       absl::CivilDay reference) {
  return BreakDown<DossierCounts>(counts, Process::kTransition, reference);
}

Breakdown<HandoverCounts> CountHandovers(absl::Span<const ProcessCount> counts,
                                         absl::CivilDay reference) {
  return BreakDown<HandoverCounts>(counts, Process::kWarmHandover, reference);
}

FirstYearCounts CountFirstYear(absl::Span<const ProcessCount> counts, absl::CivilDay reference,
                               int64_t threshold) {
  FirstYearCounts result;
  for (const ProcessCount& count : counts) {
    if (count.process != Process::kFirstYear || count.count == 0) continue;
    if (count.due_on > reference) continue;
    result.count_on = std::max(result.count_on.value_or(count.due_on), count.due_on);
  }
  if (!result.count_on) return result;
  for (const ProcessCount& count : counts) {
    if (count.process != Process::kFirstYear || count.due_on != *result.count_on) continue;
    result.started += count.count;
    if (count.state == "SWITCHED") result.switched += count.count;
    if (count.state == "DEREGISTERED") result.deregistered += count.count;
  }
  const int64_t stayed = result.started - result.switched - result.deregistered;
  const auto small = [threshold](int64_t n) { return n < threshold; };
  // Each of the three can be computed from the other two and the total, so one that is small
  // withholds all.
  if (small(result.started) || small(result.switched) || small(result.deregistered) ||
      small(stayed)) {
    FirstYearCounts withheld;
    withheld.count_on = result.count_on;
    withheld.withheld = true;
    return withheld;
  }
  if (result.started > 0) {
    result.switch_permille = Permille(result.switched, result.started);
    result.deregistration_permille = Permille(result.deregistered, result.started);
  }
  return result;
}

}  // namespace vsv::programs
