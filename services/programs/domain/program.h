// A regional vsv programme and its lines.
#pragma once

#include "services/programs/domain/names.h"

#include "absl/time/civil_time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::programs {

// Whole days, both ends included.
struct Period {
  absl::CivilDay start{};
  absl::CivilDay end{};
  friend bool operator==(const Period&, const Period&) = default;
};

// Where a program stands in its period.
enum class ProgramStatus : uint8_t { kUpcoming, kCurrent, kPast };

// A process of the young person's route, as the dossiers service counts it.
enum class Process : uint8_t { kTransition, kWarmHandover, kFirstYear };

// A four-year programme of one RMC region. An empty organisation id means that none is named.
struct Program {
  using Name = ProgramName;

  struct Filter {
    OrganisationId lead_organisation{};
    OrganisationId contact_municipality{};
    OrganisationId contact_school{};
  };

  ProgramName name{};
  std::string title{};
  std::string description{};
  Period period{};
  OrganisationId contact_municipality{};
  OrganisationId contact_school{};
  std::vector<OrganisationId> central_municipalities{};
  OrganisationId lead_organisation{};
  OrganisationId municipal_manager{};
  OrganisationId school_manager{};
  std::vector<OrganisationId> steering_group{};
  friend bool operator==(const Program&, const Program&) = default;
};

// Means of a line in one calendar year, in euro cents.
struct YearBudget {
  int64_t year = 0;
  int64_t amount_cents = 0;
  friend bool operator==(const YearBudget&, const YearBudget&) = default;
};

// A line of a program (programmalijn).
struct ProgramLine {
  using Name = LineName;

  struct Filter {
    OrganisationId lead_organisation{};
  };

  LineName name{};
  std::string code{};
  std::string title{};
  std::string description{};
  OrganisationId lead_organisation{};
  std::vector<Process> processes{};
  std::vector<std::string> target_groups{};
  std::vector<std::string> results{};
  std::vector<YearBudget> budget{};
  friend bool operator==(const ProgramLine&, const ProgramLine&) = default;
};

// Ties a line to an indicator of the outcomes service, for one slice.
struct IndicatorLink {
  using Name = IndicatorLinkName;

  struct Filter {
    std::string indicator{};
    OrganisationId organisation{};
  };

  IndicatorLinkName name{};
  std::string title{};
  std::string indicator{};  // resource name in the outcomes service
  std::string ambition{};   // likewise; empty when there is none yet
  OrganisationId organisation{};
  std::string level{};  // code of the outcomes service; empty for all levels together
  friend bool operator==(const IndicatorLink&, const IndicatorLink&) = default;
};

ProgramStatus StatusOn(const Program& program, absl::CivilDay day);

// Whether a resource passes a filter; an empty field of the filter passes everything.
bool Matches(const Program& program, const Program::Filter& filter);
bool Matches(const ProgramLine& line, const ProgramLine::Filter& filter);
bool Matches(const IndicatorLink& link, const IndicatorLink::Filter& filter);

}  // namespace vsv::programs
