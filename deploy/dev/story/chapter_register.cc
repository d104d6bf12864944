#include "libs/base/status_macros.h"

#include "vsv/partners/v1/agreement_requests.pb.h"
#include "vsv/partners/v1/organisation_requests.pb.h"
#include "vsv/partners/v1/region_requests.pb.h"
#include "vsv/programs/v1/measure_requests.pb.h"
#include "vsv/programs/v1/program_requests.pb.h"

#include "absl/strings/str_cat.h"

#include "deploy/dev/story/chapters.h"
#include "deploy/dev/story/pupils.h"
#include "deploy/dev/story/request_file.h"

namespace vsv::story {
namespace {

namespace partners = ::vsv::partners::v1;
namespace programs = ::vsv::programs::v1;

std::string Loaded(const LoadResult& result) {
  return absl::StrCat(result.sent, " accepted, ", result.already_there, " there before");
}

// An agreement opens nothing until it is signed; the signing names the version of the text that was
// signed.
absl::Status SignAgreements(Plot& plot) {
  partners::ListAgreementsRequest list;
  VSV_ASSIGN_OR_RETURN(const partners::ListAgreementsResponse agreements,
                       plot.stage.keeper().Call<partners::ListAgreementsResponse>(
                           "ListAgreements", list, "registry"));
  int in_force = 0;
  for (const partners::DataSharingAgreement& agreement : agreements.agreements()) {
    if (agreement.state() == partners::AGREEMENT_STATE_DRAFT) {
      partners::SignAgreementRequest sign;
      sign.set_name(agreement.name());
      sign.set_etag(agreement.etag());
      SetDate(absl::CivilDay(2021, 1, 15), sign.mutable_signing_date());
      VSV_RETURN_IF_ERROR(
          plot.stage.keeper()
              .Call<partners::DataSharingAgreement>("SignAgreement", sign, "registry")
              .status());
    }
    ++in_force;
  }
  return plot.narrator.Step(in_force == 2, "register-keeper", "SignAgreement, one per region",
                            absl::StrCat(in_force, " agreements signed"));
}

}  // namespace

absl::StatusOr<const Actor*> EnterSchool(Plot& plot, const std::string& id) {
  return plot.stage.Enter(
      id, {policy::v1::PURPOSE_TRANSITION, policy::v1::PURPOSE_SUPPORT, policy::v1::PURPOSE_AUDIT});
}

absl::StatusOr<const Actor*> EnterMbo(Plot& plot, const std::string& id) {
  return plot.stage.Enter(
      id, {policy::v1::PURPOSE_TRANSITION, policy::v1::PURPOSE_SUPPORT, policy::v1::PURPOSE_AUDIT,
           policy::v1::PURPOSE_OUTCOME_MONITORING, policy::v1::PURPOSE_PROGRAMME_MANAGEMENT});
}

absl::StatusOr<const Actor*> EnterMunicipality(Plot& plot, const std::string& id) {
  return plot.stage.Enter(id, {policy::v1::PURPOSE_RMC, policy::v1::PURPOSE_PROGRAMME_MANAGEMENT});
}

absl::Status TellRegister(Plot& plot) {
  plot.narrator.Chapter(1, "partners: who works together, and on what basis");
  const auto keeper = [&plot](const std::string&) -> absl::StatusOr<const Actor*> {
    return &plot.stage.keeper();
  };
  VSV_ASSIGN_OR_RETURN(const LoadResult loaded,
                       LoadRequests(plot.stage, "partners.json", "registry", keeper));
  VSV_RETURN_IF_ERROR(plot.narrator.Step(
      loaded.sent + loaded.already_there > 0, "register-keeper",
      "data/sample/partners.json: organisations, memberships, roles, agreements, a mandate",
      Loaded(loaded)));
  VSV_RETURN_IF_ERROR(SignAgreements(plot));

  partners::ListOrganisationsRequest municipalities;
  municipalities.set_filter("kind = \"MUNICIPALITY\"");
  VSV_ASSIGN_OR_RETURN(const partners::ListOrganisationsResponse listed,
                       plot.stage.keeper().Call<partners::ListOrganisationsResponse>(
                           "ListOrganisations", municipalities, "registry"));
  VSV_RETURN_IF_ERROR(plot.narrator.Step(
      listed.organisations_size() == 22, "register-keeper", "ListOrganisations kind = MUNICIPALITY",
      absl::StrCat(listed.organisations_size(), " municipalities in two regions")));

  partners::ResolveRegionRequest resolve;
  resolve.set_municipality_code("GM0342");
  SetDate(plot.today, resolve.mutable_reference_date());
  VSV_ASSIGN_OR_RETURN(const partners::ResolveRegionResponse region,
                       plot.stage.keeper().Call<partners::ResolveRegionResponse>(
                           "ResolveRegion", resolve, "registry"));
  return plot.narrator.Step(region.region().name() == "regions/16", "register-keeper",
                            "ResolveRegion GM0342 (Soest) today", region.region().name());
}

absl::Status TellPrograms(Plot& plot) {
  plot.narrator.Chapter(2, "programs: what the regions set out to do");
  const auto manager = [&plot](const std::string& id) { return EnterMunicipality(plot, id); };
  VSV_ASSIGN_OR_RETURN(const LoadResult loaded,
                       LoadRequests(plot.stage, "programs.json", "programme_management", manager));
  VSV_RETURN_IF_ERROR(plot.narrator.Step(
      loaded.sent + loaded.already_there > 0, "programme managers",
      "data/sample/programs.json: programmes, lines, measures, assignments", Loaded(loaded)));
  VSV_ASSIGN_OR_RETURN(const Actor* amersfoort, EnterMunicipality(plot, "gemeente-amersfoort"));
  programs::ListLinesRequest lines;
  lines.set_parent("regions/16/programs/aanpak-vsv-2021");
  VSV_ASSIGN_OR_RETURN(
      const programs::ListLinesResponse listed,
      amersfoort->Call<programs::ListLinesResponse>("ListLines", lines, "programme_management"));
  VSV_RETURN_IF_ERROR(plot.narrator.Step(listed.lines_size() == 4, "gemeente-amersfoort",
                                         "ListLines of aanpak-vsv-2021",
                                         absl::StrCat(listed.lines_size(), " lines")));
  for (const programs::ProgramLine& line : listed.lines())
    plot.narrator.Detail(absl::StrCat(line.name(), "  ", line.title()));
  programs::ListSpecialAssignmentsRequest assignments;
  assignments.set_parent("regions/16/programs/aanpak-vsv-2021");
  VSV_ASSIGN_OR_RETURN(const programs::ListSpecialAssignmentsResponse special,
                       amersfoort->Call<programs::ListSpecialAssignmentsResponse>(
                           "ListSpecialAssignments", assignments, "programme_management"));
  VSV_RETURN_IF_ERROR(
      plot.narrator.Step(special.special_assignments_size() == 2, "gemeente-amersfoort",
                         "ListSpecialAssignments (bijzondere opgaven)",
                         absl::StrCat(special.special_assignments_size(), " assignments")));
  for (const programs::SpecialAssignment& one : special.special_assignments()) {
    plot.narrator.Detail(absl::StrCat(one.title(), ": ", one.results_size(), " results, home line ",
                                      one.home_line(), ", crosses ", one.crossed_lines_size(),
                                      " lines"));
  }
  return absl::OkStatus();
}

}  // namespace vsv::story
