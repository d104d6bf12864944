#include "libs/rpc/status_bridge.h"

#include "libs/errors/errors.h"
#include "libs/obs/log.h"
#include "libs/obs/trace.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

#include "absl/strings/str_cat.h"

#include <utility>

namespace vsv::rpc {
namespace {

constexpr char kDomain[] = "vsv-regie";
// Details travel as metadata, of which a gRPC client takes 8 KiB and refuses the whole answer
// beyond; in base64 these become 6 KiB.
constexpr size_t kMaxViolationBytes = 4500;
constexpr size_t kBytesOfAViolation = 8;  // tags and lengths

// As many as fit; the last says how many more there are.
google::rpc::BadRequest BadRequestOf(const std::vector<errors::Violation>& violations) {
  google::rpc::BadRequest bad;
  size_t bytes = 0;
  for (size_t i = 0; i < violations.size(); ++i) {
    const errors::Violation& violation = violations[i];
    bytes += violation.field.size() + violation.description.size() + kBytesOfAViolation;
    google::rpc::BadRequest::FieldViolation* field = bad.add_field_violations();
    field->set_field(violation.field);
    if (bytes > kMaxViolationBytes) {
      field->set_description(absl::StrCat("and ", violations.size() - i, " more violations"));
      break;
    }
    field->set_description(violation.description);
  }
  return bad;
}

google::rpc::Status Detailed(const absl::Status& status, const errors::Detail& detail) {
  google::rpc::Status out;
  out.set_code(static_cast<int>(status.code()));
  out.set_message(std::string(status.message()));
  google::rpc::ErrorInfo info;
  info.set_domain(kDomain);
  info.set_reason(detail.reason);
  for (const auto& [key, value] : detail.metadata) (*info.mutable_metadata())[key] = value;
  out.add_details()->PackFrom(info);
  if (!detail.violations.empty()) out.add_details()->PackFrom(BadRequestOf(detail.violations));
  if (detail.retry_after.has_value()) {
    google::rpc::RetryInfo retry;
    const int64_t nanos = absl::ToInt64Nanoseconds(*detail.retry_after);
    retry.mutable_retry_delay()->set_seconds(nanos / 1'000'000'000);
    retry.mutable_retry_delay()->set_nanos(static_cast<int32_t>(nanos % 1'000'000'000));
    out.add_details()->PackFrom(retry);
  }
  return out;
}

grpc::Status Packed(const absl::Status& status, const errors::Detail& detail) {
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()),
                      Detailed(status, detail).SerializeAsString());
}

}  // namespace

std::string CodeName(absl::StatusCode code) {
  return absl::StatusCodeToString(code);
}

grpc::Status ToGrpc(const absl::Status& status, absl::string_view method,
                    absl::string_view trace_id) {
  if (status.ok()) return grpc::Status::OK;
  std::optional<errors::Detail> detail = errors::DetailOf(status);
  // gRPC's own cancellation needs no reason; everything else without one is a fault of ours.
  if (!detail.has_value() && status.code() == absl::StatusCode::kCancelled) {
    return grpc::Status(grpc::StatusCode::CANCELLED, "the caller cancelled");
  }
  if (detail.has_value() && status.code() != absl::StatusCode::kInternal)
    return Packed(status, *detail);

  const std::string incident = obs::NewTraceId().substr(0, 12);
  obs::Log(obs::Severity::kError, "incident",
           {{"incident", incident},
            {"method", std::string(method)},
            {"trace_id", std::string(trace_id)},
            {"code", CodeName(status.code())},
            {"cause", std::string(status.message())}});
  errors::Detail outward;
  outward.reason = "INTERNAL";
  outward.metadata = {{"incident", incident}};
  return Packed(absl::InternalError(absl::StrCat("something went wrong on our side; name incident ",
                                                 incident, " when you report it")),
                outward);
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  errors::Detail detail;
  google::rpc::Status packed;
  if (packed.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& any : packed.details()) {
      google::rpc::ErrorInfo info;
      google::rpc::BadRequest bad;
      google::rpc::RetryInfo retry;
      if (any.UnpackTo(&info)) {
        detail.reason = info.reason();
        for (const auto& [key, value] : info.metadata()) detail.metadata[key] = value;
      } else if (any.UnpackTo(&bad)) {
        for (const auto& field : bad.field_violations()) {
          detail.violations.push_back({field.field(), field.description()});
        }
      } else if (any.UnpackTo(&retry)) {
        detail.retry_after = absl::Seconds(retry.retry_delay().seconds()) +
                             absl::Nanoseconds(retry.retry_delay().nanos());
      }
    }
  }
  if (detail.reason.empty()) return absl::Status(code, status.error_message());
  return errors::Make(code, status.error_message(), std::move(detail));
}

}  // namespace vsv::rpc
