#include "services/programs/domain/program.h"

namespace vsv::programs {
namespace {

bool Passes(const OrganisationId& value, const OrganisationId& wanted) {
  return wanted.empty() || value == wanted;
}

}  // namespace

ProgramStatus StatusOn(const Program& program, absl::CivilDay day) {
  if (day < program.period.start) return ProgramStatus::kUpcoming;
  return day <= program.period.end ? ProgramStatus::kCurrent : ProgramStatus::kPast;
}

bool Matches(const Program& program, const Program::Filter& filter) {
  return Passes(program.lead_organisation, filter.lead_organisation) &&
         Passes(program.contact_municipality, filter.contact_municipality) &&
         Passes(program.contact_school, filter.contact_school);
}

bool Matches(const ProgramLine& line, const ProgramLine::Filter& filter) {
  return Passes(line.lead_organisation, filter.lead_organisation);
}

bool Matches(const IndicatorLink& link, const IndicatorLink::Filter& filter) {
  return (filter.indicator.empty() || link.indicator == filter.indicator) &&
         Passes(link.organisation, filter.organisation);
}

}  // namespace vsv::programs
