#include "tests/load/workloads.h"

#include "libs/base/clock.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "libs/rpc/dynamic_call.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"
#include "vsv/dossiers/v1/import_service.pb.h"
#include "vsv/partners/v1/organisation_requests.pb.h"
#include "vsv/programs/v1/transition_requests.pb.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include <atomic>
#include <utility>

namespace vsv::load {
namespace {

namespace dossiers = ::vsv::dossiers::v1;
namespace partners = ::vsv::partners::v1;
namespace programs = ::vsv::programs::v1;

constexpr int kPageSize = 50;
constexpr int kBatchSize = 200;
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

void SetDate(int year, int month, int day, google::type::Date& date) {
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
}

Workload GetDossier(const WorkloadOptions& options) {
  return {.method = absl::StrCat(kDossierService, "GetDossier"),
          .metadata = {{"vsv-purpose", "rmc"}},
          .request = [options](absl::BitGen& random) {
            dossiers::GetDossierRequest request;
            request.set_name(AnyDossier(options, random));
            return request.SerializeAsString();
          }};
}

// A school writes the career section.
Workload UpdateDossier(const WorkloadOptions& options) {
  return {.method = absl::StrCat(kDossierService, "UpdateDossier"),
          .metadata = {{"vsv-purpose", "transition"}},
          .request = [options](absl::BitGen& random) {
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
  return {.method = absl::StrCat(kDossierService, "UpdateDossier"),
          .metadata = {{"vsv-purpose", "transition"}},
          .request = [options](absl::BitGen& random) {
            dossiers::UpdateDossierRequest request;
            request.mutable_dossier()->set_name(AnyDossier(options, random));
            SetDate(2026, absl::Uniform(random, 9, 12), 1,
                    *request.mutable_dossier()->mutable_due_date());
            request.mutable_update_mask()->add_paths("due_date");
            request.set_request_id(NewRequestId());
            return request.SerializeAsString();
          }};
}

// Another pupil than any before: numbers in order that pass the eleven test, from where the clock
// stands, so that runs one after the other do not meet. By chance, some thousand pupils of a school
// would hold one twice.
std::string NewPgn() {
  static const base::SystemClock clock;
  constexpr int64_t kFirst = 10'000'000;
  constexpr int64_t kAll = 90'000'000;
  static std::atomic<int64_t> next = absl::ToUnixMillis(clock.Now()) * 16 % kAll;
  while (true) {
    const int64_t digits = kFirst + next++ % kAll;
    int64_t sum = 0;
    int64_t weight = 2;
    for (int64_t rest = digits; rest > 0; rest /= 10) sum += weight++ * (rest % 10);
    if (sum % 11 != 10) return absl::StrCat(digits, sum % 11);
  }
}

// As many as one call takes, for BatchCreateDossiersRequest and ImportDossiersRequest.
template <typename Requests>
std::string NewDossiers(const std::string& region) {
  Requests message;
  message.set_parent(absl::StrCat("regions/", region));
  for (int i = 0; i < kBatchSize; ++i) {
    dossiers::CreateDossierRequest& one = *message.add_requests();
    one.set_parent(message.parent());
    one.set_request_id(NewRequestId());
    dossiers::Dossier& dossier = *one.mutable_dossier();
    dossier.set_origin(dossiers::ORIGIN_VO_SCHOOL);
    dossier.set_school_year("2025-2026");
    SetDate(2026, 9, 1, *dossier.mutable_due_date());
    dossier.set_pgn(NewPgn());
    dossier.mutable_administrative()->set_given_names("Sanne Johanna");
    dossier.mutable_administrative()->set_family_name("Bakker");
    SetDate(2009, 4, 1 + i % 28, *dossier.mutable_administrative()->mutable_birth_date());
    dossier.mutable_career()->set_study_choice("Allround timmerman");
  }
  return message.SerializeAsString();
}

Workload BatchCreateDossiers(const WorkloadOptions& options) {
  return {.method = absl::StrCat(kDossierService, "BatchCreateDossiers"),
          .metadata = {{"vsv-purpose", "transition"}},
          .request = [region = options.region](absl::BitGen&) {
            return NewDossiers<dossiers::BatchCreateDossiersRequest>(region);
          }};
}

Workload ImportDossiers(const WorkloadOptions& options) {
  return {.method = "/vsv.dossiers.v1.ImportService/ImportDossiers",
          .on_a_stream = true,
          .metadata = {{"vsv-purpose", "transition"}},
          .request = [region = options.region](absl::BitGen&) {
            return NewDossiers<dossiers::ImportDossiersRequest>(region);
          }};
}

Workload GetOrganisation(const WorkloadOptions& options) {
  return {.method = "/vsv.partners.v1.PartnersService/GetOrganisation",
          .metadata = {{"vsv-purpose", "registry"}},
          .request = [options](absl::BitGen& random) {
            partners::GetOrganisationRequest request;
            const auto i = absl::Uniform<size_t>(random, 0, options.organisations.size());
            request.set_name(absl::StrCat("organisations/", options.organisations[i]));
            return request.SerializeAsString();
          }};
}

Workload LineStatus(const WorkloadOptions& options) {
  programs::GetLineStatusRequest request;
  request.set_name(options.line);
  return {.method = "/vsv.programs.v1.ProgramsService/GetLineStatus",
          .metadata = {{"vsv-purpose", "programme_management"}},
          .request = [bytes = request.SerializeAsString()](absl::BitGen&) { return bytes; }};
}

dossiers::ListDossiersRequest PageRequest(const WorkloadOptions& options) {
  dossiers::ListDossiersRequest request;
  request.set_parent(absl::StrCat("regions/", options.region));
  request.set_page_size(kPageSize);
  request.set_page_token(options.page_token);
  return request;
}

Workload ListPage(const WorkloadOptions& options) {
  return {.method = absl::StrCat(kDossierService, "ListDossiers"),
          .metadata = {{"vsv-purpose", "rmc"}},
          .request = [bytes = PageRequest(options).SerializeAsString()](absl::BitGen&) {
            return bytes;
          }};
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
  if (kind == "batch_create") return BatchCreateDossiers(options);
  if (kind == "import") return ImportDossiers(options);
  if (kind == "get_organisation") return GetOrganisation(options);
  if (kind == "line_status") return LineStatus(options);
  if (kind == "list_page") return ListPage(options);
  return absl::InvalidArgumentError(absl::StrCat("there is no workload '", kind, "'"));
}

}  // namespace vsv::load
