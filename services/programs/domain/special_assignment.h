// A special assignment (bijzondere opgave): grown from a bottleneck, with a home line and crossed
// lines.
#pragma once

#include "services/programs/domain/names.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::programs {

// The bottleneck (knelpunt) an assignment grew from.
struct Bottleneck {
  std::string description{};
  std::string source{};
  std::string decision{};
  std::optional<absl::CivilDay> decided_on{};
  friend bool operator==(const Bottleneck&, const Bottleneck&) = default;
};

// PLANNED or IN_PROGRESS -> IN_PROGRESS, REACHED or DROPPED.
enum class ResultState : uint8_t { kPlanned, kInProgress, kReached, kDropped };

// A result to be reached.
struct AssignmentResult {
  std::string id{};
  std::string title{};
  std::optional<absl::CivilDay> due_on{};
  ResultState state = ResultState::kPlanned;
  std::optional<absl::CivilDay> reported_on{};
  std::string note{};
  friend bool operator==(const AssignmentResult&, const AssignmentResult&) = default;
};

// An assignment. Lines are named by their ids within the same program.
struct SpecialAssignment {
  using Name = SpecialAssignmentName;

  struct Filter {
    std::string home_line{};
    OrganisationId lead{};
  };

  SpecialAssignmentName name{};
  std::string title{};
  Bottleneck bottleneck{};
  std::string home_line{};
  std::vector<std::string> crossed_lines{};
  OrganisationId lead{};  // trekker
  std::string working_group_title{};
  std::vector<OrganisationId> working_group_members{};
  std::vector<std::string> short_term_goals{};
  std::vector<std::string> long_term_goals{};
  std::vector<std::string> target_groups{};
  std::vector<AssignmentResult> results{};
  OrganisationId contact_organisation{};
  std::string contact_role{};
  friend bool operator==(const SpecialAssignment&, const SpecialAssignment&) = default;
};

// What is reported of one result.
struct ResultReport {
  std::string result{};
  ResultState state = ResultState::kInProgress;
  absl::CivilDay day{};
  std::string note{};
};

// Errors: FIELD_INVALID for an unknown result; STATE_CONFLICT when it was reached or dropped
// before.
absl::StatusOr<SpecialAssignment> Report(SpecialAssignment assignment, const ResultReport& report);

// `changed` with what was reported of `current`. Errors: STATE_CONFLICT when a reached result would
// disappear.
absl::StatusOr<SpecialAssignment> Redraft(const SpecialAssignment& current,
                                          SpecialAssignment changed);

// Every line the assignment names: home first.
std::vector<std::string> LinesOf(const SpecialAssignment& assignment);

bool Matches(const SpecialAssignment& assignment, const SpecialAssignment::Filter& filter);

}  // namespace vsv::programs
