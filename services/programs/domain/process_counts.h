// What the dossiers service counts, summed up for one line. No personal data.
#pragma once

#include "services/programs/domain/names.h"
#include "services/programs/domain/program.h"

#include "absl/time/civil_time.h"
#include "absl/types/span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::programs {

// So many are in a state on the reference date, with this responsible organisation and due date.
// For the first year the due date is the count date of the monitor. States carry the names of the
// dossiers contract, without prefix.
struct ProcessCount {
  Process process = Process::kTransition;
  std::string state{};
  OrganisationId responsible{};
  absl::CivilDay due_on{};
  int64_t count = 0;
  friend bool operator==(const ProcessCount&, const ProcessCount&) = default;
};

// Net change of one counter on one day, as the dossiers service sends it: replaces what was held
// for the same key. How many were in a state on a day is the sum up to it.
struct CounterValue {
  std::string region{};
  Process process = Process::kTransition;
  std::string state{};
  OrganisationId responsible{};
  absl::CivilDay due_on{};
  absl::CivilDay day{};
  int64_t value = 0;
  friend bool operator==(const CounterValue&, const CounterValue&) = default;
};

// Transition dossiers, each counted once at its responsible organisation.
struct DossierCounts {
  OrganisationId organisation{};  // empty for the total
  int64_t in_preparation = 0;
  int64_t sent = 0;      // waiting for an answer
  int64_t accepted = 0;  // processed ones included
  int64_t withdrawn = 0;
  int64_t overdue = 0;
  std::optional<absl::CivilDay> oldest_due_on{};  // of those overdue
  friend bool operator==(const DossierCounts&, const DossierCounts&) = default;
};

// Warm handovers.
struct HandoverCounts {
  OrganisationId organisation{};  // empty for the total
  int64_t needed = 0;             // declined and not needed left out
  int64_t held = 0;
  int64_t support_agreed = 0;
  int64_t declined = 0;
  int64_t overdue = 0;  // needed, not held, due before the reference date
  std::optional<absl::CivilDay> oldest_due_on{};
  friend bool operator==(const HandoverCounts&, const HandoverCounts&) = default;
};

// A total and its parts, most overdue first.
template <typename Counts>
struct Breakdown {
  Counts total{};
  std::vector<Counts> by_organisation{};
};

// First mbo year on the last count date for which there is anything.
struct FirstYearCounts {
  std::optional<absl::CivilDay> count_on{};
  int64_t started = 0;
  int64_t switched = 0;
  int64_t deregistered = 0;
  std::optional<int64_t> switch_permille{};  // of started, half-up; nullopt when nobody started
  std::optional<int64_t> deregistration_permille{};
  bool withheld = false;  // group below the threshold: all numbers are zero or absent
};

Breakdown<DossierCounts> CountDossiers(absl::Span<const ProcessCount> counts,
                                       absl::CivilDay reference);
Breakdown<HandoverCounts> CountHandovers(absl::Span<const ProcessCount> counts,
                                         absl::CivilDay reference);
// Withheld when the switches, the deregistrations or those who stayed are fewer than `threshold`
// (disclosure control, 5 by default). Zero counts as small, as in outcomes: it says the same of
// everybody, and the day on which it is withheld would be that of the first switch.
FirstYearCounts CountFirstYear(absl::Span<const ProcessCount> counts, absl::CivilDay reference,
                               int64_t threshold);

// `part` of `whole` in tenths of a percent, rounded half-up. Requires whole > 0.
int64_t Permille(int64_t part, int64_t whole);

}  // namespace vsv::programs
