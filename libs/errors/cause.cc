#include "libs/errors/cause.h"

#include "absl/strings/cord.h"

namespace vsv::errors {
namespace {

constexpr char kPayloadUrl[] = "vsv.errors/cause";

}  // namespace

absl::Status WithCause(absl::Status status, absl::string_view cause) {
  status.SetPayload(kPayloadUrl, absl::Cord(cause));
  return status;
}

std::string CauseOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayloadUrl);
  return payload.has_value() ? std::string(*payload) : std::string();
}

}  // namespace vsv::errors
