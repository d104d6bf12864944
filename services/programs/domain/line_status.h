// How a line stands on a day. Pure: facts in, status out.
#pragma once

#include "services/programs/domain/figures_directory.h"
#include "services/programs/domain/measure.h"
#include "services/programs/domain/process_counts.h"
#include "services/programs/domain/program.h"
#include "services/programs/domain/special_assignment.h"

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::programs {

// What the store knows, of one snapshot.
struct LineFacts {
  Program program{};
  ProgramLine line{};
  std::vector<Measure> measures{};
  std::vector<SpecialAssignment> assignments{};  // of or across the line
  std::vector<IndicatorLink> links{};
  std::vector<ProcessCount> counts{};          // of the line's processes, up to the reference date
  std::optional<absl::Time> dossiers_as_of{};  // moment up to which the counts are known
};

// What is needed besides the facts.
struct LineStatusInputs {
  absl::CivilDay reference{};
  absl::Time now{};
  absl::Duration projection_max_age{};           // counts older than this are named unavailable
  int64_t small_group_threshold = 5;             // disclosure control of the first year
  std::optional<std::vector<Figure>> figures{};  // one per link; nullopt when outcomes was away
};

struct MeasureStatus {
  Measure measure{};  // as it stood on the day
  bool overdue = false;
  std::vector<bool> milestone_overdue{};  // one per milestone
};

struct AssignmentStatus {
  SpecialAssignmentName name{};
  std::string title{};
  OrganisationId lead{};
  bool home = false;
  int reached = 0;
  int agreed = 0;  // those given up left out
};

enum class OverdueKind : uint8_t { kMilestone, kMeasure, kResult, kTransition, kWarmHandover };

struct OverdueItem {
  OverdueKind kind = OverdueKind::kMilestone;
  OrganisationId owner{};
  absl::CivilDay due_on{};
  std::string title{};
  int64_t count = 1;
};

struct SourceFreshness {
  std::string source{};
  bool available = false;
  std::optional<absl::Time> as_of{};
};

struct LineStatus {
  std::vector<MeasureStatus> measures{};  // by planned start
  std::vector<AssignmentStatus> assignments{};
  std::optional<Breakdown<DossierCounts>> transition{};  // nullopt: not steered or nothing known
  std::optional<Breakdown<HandoverCounts>> warm_handover{};
  std::optional<FirstYearCounts> first_year{};
  std::vector<Figure> figures{};       // one per link
  std::vector<OverdueItem> overdue{};  // oldest first
  std::vector<SourceFreshness> sources{};
};

LineStatus ComputeLineStatus(const LineFacts& facts, const LineStatusInputs& inputs);

}  // namespace vsv::programs
