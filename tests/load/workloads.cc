#include "tests/load/workloads.h"

#include "libs/base/clock.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "libs/rpc/dynamic_call.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"
#include "vsv/partners/v1/organisation_requests.pb.h"
#include "vsv/programs/v1/transition_requests.pb.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include <utility>

namespace vsv::load {
namespace {

namespace dossiers = ::vsv::dossiers::v1;
namespace partners = ::vsv::partners::v1;
namespace programs = ::vsv::programs::v1;

constexpr int kPageSize = 50;
constexpr char kDossierService[] = "/vsv.dossiers.v1.DossierService/";

// The k-th dossier of a region has k in its id: see sql/seed_dossiers.sql.
std::string AnyDossier(const WorkloadOptions& options, absl::BitGen& random) {
  return absl::StrFormat("regions/%s/dossiers/00000000-0000-7000-80%s-%012x", options.region,
                         options.region,
                         absl::Uniform<int64_t>(absl::IntervalClosed, random, 1, options.dossiers));
}

std::string NewRequestId() {
  static const base::SystemClock clock;
  return base::NewUuidV7(clock);
}

Workload GetDossier(const WorkloadOptions& options) {
  return {absl::StrCat(kDossierService, "GetDossier"),
          {{"vsv-purpose", "rmc"}},
          [options](absl::BitGen& random) {
            dossiers::GetDossierRequest request;
            request.set_name(AnyDossier(options, random));
            return request.SerializeAsString();
          }};
}

// A school writes the career section.
Workload UpdateDossier(const WorkloadOptions& options) {
  return {absl::StrCat(kDossierService, "UpdateDossier"),
          {{"vsv-purpose", "transition"}},
          [options](absl::BitGen& random) {
            dossiers::UpdateDossierRequest request;
            request.mutable_dossier()->set_name(AnyDossier(options, random));
            dossiers::CareerSection& career = *request.mutable_dossier()->mutable_career();
            career.set_study_choice(
                absl::StrCat("Allround timmerman, keuze ", absl::Uniform(random, 1, 1'000'000)));
            career.set_motivation(
                "Works with wood since primary school and wants to learn the trade in a company.");
            request.mutable_update_mask()->add_paths("career");
            request.set_request_id(NewRequestId());
            return request.SerializeAsString();
          }};
}

// Moves a dossier between the counters of its line.
Workload MoveDueDate(const WorkloadOptions& options) {
  return {absl::StrCat(kDossierService, "UpdateDossier"),
          {{"vsv-purpose", "transition"}},
          [options](absl::BitGen& random) {
            dossiers::UpdateDossierRequest request;
            request.mutable_dossier()->set_name(AnyDossier(options, random));
            google::type::Date& due = *request.mutable_dossier()->mutable_due_date();
            due.set_year(2026);
            due.set_month(absl::Uniform(random, 9, 12));
            due.set_day(1);
            request.mutable_update_mask()->add_paths("due_date");
            request.set_request_id(NewRequestId());
            return request.SerializeAsString();
          }};
}

Workload GetOrganisation(const WorkloadOptions& options) {
  return {"/vsv.partners.v1.PartnersService/GetOrganisation",
          {{"vsv-purpose", "registry"}},
          [options](absl::BitGen& random) {
            partners::GetOrganisationRequest request;
            const auto i = absl::Uniform<size_t>(random, 0, options.organisations.size());
            request.set_name(absl::StrCat("organisations/", options.organisations[i]));
            return request.SerializeAsString();
          }};
}

Workload LineStatus(const WorkloadOptions& options) {
  programs::GetLineStatusRequest request;
  request.set_name(options.line);
  return {"/vsv.programs.v1.ProgramsService/GetLineStatus",
          {{"vsv-purpose", "programme_management"}},
          [bytes = request.SerializeAsString()](absl::BitGen&) { return bytes; }};
}

dossiers::ListDossiersRequest PageRequest(const WorkloadOptions& options) {
  dossiers::ListDossiersRequest request;
  request.set_parent(absl::StrCat("regions/", options.region));
  request.set_page_size(kPageSize);
  request.set_page_token(options.page_token);
  return request;
}

Workload ListPage(const WorkloadOptions& options) {
  return {absl::StrCat(kDossierService, "ListDossiers"),
          {{"vsv-purpose", "rmc"}},
          [bytes = PageRequest(options).SerializeAsString()](absl::BitGen&) { return bytes; }};
}

}  // namespace

absl::StatusOr<std::string> FindLastPage(const WorkloadOptions& options,
                                         const std::shared_ptr<grpc::Channel>& channel) {
  VSV_ASSIGN_OR_RETURN(const google::protobuf::MethodDescriptor* method,
                       rpc::FindMethod("vsv.dossiers.v1.DossierService.ListDossiers"));
  dossiers::ListDossiersRequest request = PageRequest(options);
  std::string last;
  while (true) {
    VSV_ASSIGN_OR_RETURN(
        const auto reply,
        rpc::CallUnary(channel, *method, request, {{"vsv-purpose", "rmc"}}, absl::Seconds(20)));
    const auto& page = static_cast<const dossiers::ListDossiersResponse&>(*reply);
    if (page.dossiers_size() > 0) last = request.page_token();
    if (page.next_page_token().empty()) return last;
    request.set_page_token(page.next_page_token());
  }
}

absl::StatusOr<Workload> MakeWorkload(absl::string_view kind, const WorkloadOptions& options) {
  if (kind == "get_dossier") return GetDossier(options);
  if (kind == "update_dossier") return UpdateDossier(options);
  if (kind == "move_due_date") return MoveDueDate(options);
  if (kind == "get_organisation") return GetOrganisation(options);
  if (kind == "line_status") return LineStatus(options);
  if (kind == "list_page") return ListPage(options);
  return absl::InvalidArgumentError(absl::StrCat("there is no workload '", kind, "'"));
}

}  // namespace vsv::load
