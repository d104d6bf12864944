// Resources for tests: whole and valid, each changed by a test where it matters.
#pragma once

#include "services/programs/domain/measure.h"
#include "services/programs/domain/program.h"
#include "services/programs/domain/special_assignment.h"
#include "services/programs/domain/store.h"

#include <string>

namespace vsv::programs {

inline const ProgramName kSampleProgram{"16", "aanpak-vsv-2021"};
inline const LineName kSampleLine{kSampleProgram, "3"};

inline Program SampleProgram(ProgramName name = kSampleProgram) {
  return Program{.name = std::move(name),
                 .title = "Aanpak Voortijdig Schoolverlaten Eemland",
                 .description = "Eén regio, één \"aanpak\"",
                 .period = {absl::CivilDay(2021, 1, 1), absl::CivilDay(2024, 12, 31)},
                 .contact_municipality = OrganisationId("gemeente-amersfoort"),
                 .contact_school = OrganisationId("roc-midden-nederland"),
                 .central_municipalities = {OrganisationId("gemeente-amersfoort")},
                 .lead_organisation = OrganisationId("gemeente-amersfoort"),
                 .steering_group = {OrganisationId("gemeente-amersfoort"),
                                    OrganisationId("roc-midden-nederland")}};
}

inline ProgramLine SampleLine(LineName name = kSampleLine) {
  const std::string code = name.line;
  return ProgramLine{.name = std::move(name),
                     .code = code,
                     .title = "Versterken aansluiting vo-mbo",
                     .lead_organisation = OrganisationId("roc-midden-nederland"),
                     .processes = {Process::kTransition, Process::kFirstYear},
                     .target_groups = {"leerlingen vmbo", "leerlingen met een {extra}, \"vraag\""},
                     .results = {"Iedere leerling in beeld"},
                     .budget = {{2021, 12'500'000}, {2022, 0}}};
}

inline Measure SampleMeasure(MeasureName name = {kSampleLine, "overstapmonitor"}) {
  return Measure{.name = std::move(name),
                 .title = "Overstapmonitor",
                 .owner = OrganisationId("gemeente-amersfoort"),
                 .planned = {absl::CivilDay(2021, 9, 1), absl::CivilDay(2022, 7, 31)},
                 .milestones = {{"ontwerp", "Ontwerp", absl::CivilDay(2021, 10, 1), {}},
                                {"in-gebruik", "In gebruik", absl::CivilDay(2022, 3, 1), {}}}};
}

inline IndicatorLink SampleLink(IndicatorLinkName name = {kSampleLine, "vsv-mbo2"}) {
  return IndicatorLink{.name = std::move(name),
                       .title = "Nieuwe vsv'ers niveau 2",
                       .indicator = "indicators/vsv-percentage",
                       .organisation = OrganisationId("roc-midden-nederland"),
                       .level = "mbo2"};
}

inline SpecialAssignment SampleAssignment(SpecialAssignmentName name = {kSampleProgram,
                                                                        "warme-overdracht"}) {
  return SpecialAssignment{
      .name = std::move(name),
      .title = "Betere overdracht naar het mbo",
      .bottleneck = {"Ondersteuning begint te laat", "Analyse 2020", "Opgave", {}},
      .home_line = "3",
      .lead = OrganisationId("roc-midden-nederland"),
      .working_group_members = {OrganisationId("gemeente-amersfoort")},
      .short_term_goals = {"Iedere leerling een goede warme overdracht"},
      .results = {{.id = "behoefte-bekend", .title = "Behoefte bekend bij de start"},
                  {.id = "afspraken",
                   .title = "Afspraken gemaakt",
                   .due_on = absl::CivilDay(2023, 9, 1)}},
      .contact_organisation = OrganisationId("roc-midden-nederland"),
      .contact_role = "programmaregisseur"};
}

// A request of a caller; every id is another request.
inline RequestScope SampleScope(int id, std::string caller = "gemeente-amersfoort") {
  const std::string digits = std::to_string(100 + id);
  return {std::move(caller),
          "/vsv.programs.v1.Test/Call",
          "0192f0a0-0000-7000-8000-000000000" + digits,
          "hash-" + digits,
          "gemeente-amersfoort",
          "PROGRAMME_MANAGEMENT",
          std::string(32, 'a'),
          absl::UnixEpoch()};
}

}  // namespace vsv::programs
