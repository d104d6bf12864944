#include "services/vsvctl/failure.h"

#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include <array>
#include <optional>
#include <utility>

namespace vsv::vsvctl {
namespace {

constexpr std::array<std::pair<absl::string_view, absl::string_view>, 11> kRemedies = {{
    {"FIELD_INVALID", "mend the fields named above and try again"},
    {"CREDENTIAL_INVALID",
     "register the certificate first: ./run cert --oin OIN --purpose PURPOSE, or ask the register "
     "keeper"},
    {"PURPOSE_NOT_PERMITTED", "name a purpose the credential was issued for: --purpose PURPOSE"},
    {"ROLE_REQUIRED", "call as an organisation whose task this is: --as OIN"},
    {"PROJECTION_STALE",
     "the service has lost touch with partners; see ./run status, then try again"},
    {"DATABASE_UNAVAILABLE", "see ./run status, then try again"},
    {"OVERLOADED", "try again in a moment"},
    {"TOO_MANY_STREAMS", "end the watches and imports that nobody needs, then try again"},
    {"ETAG_MISMATCH", "somebody else was first: read again, then repeat"},
    {"PAGE_TOKEN_INVALID", "start again at the first page"},
    {"CURSOR_EXPIRED", "remove the cursor file and begin afresh"},
}};

constexpr char kRequestId[] = "request_id";

std::string Remedy(const absl::Status& status, const std::string& reason) {
  for (const auto& [known, remedy] : kRemedies) {
    if (known == reason) return std::string(remedy);
  }
  if (absl::IsNotFound(status) && !reason.empty()) {
    return "check the name; what your organisation may not see does not exist for it either";
  }
  if (absl::IsUnavailable(status)) return "is the service running? ./run status";
  return "";
}

}  // namespace

absl::Status WithRequestId(const absl::Status& status, const std::string& request_id) {
  const bool may_be_done =
      absl::IsUnknown(status) || absl::IsDeadlineExceeded(status) || absl::IsUnavailable(status);
  if (!may_be_done || request_id.empty()) return status;
  errors::Detail detail = errors::DetailOf(status).value_or(errors::Detail());
  detail.metadata[kRequestId] = request_id;
  return errors::Make(status.code(), status.message(), std::move(detail));
}

std::string Explain(const absl::Status& status) {
  const std::optional<errors::Detail> detail = errors::DetailOf(status);
  const std::string reason = detail ? detail->reason : "";
  std::string text =
      absl::StrCat(absl::StatusCodeToString(status.code()), reason.empty() ? "" : " ", reason, ": ",
                   std::string(status.message()), "\n");
  if (detail) {
    for (const errors::Violation& violation : detail->violations) {
      absl::StrAppend(&text, "  ", violation.field, ": ", violation.description, "\n");
    }
    for (const auto& [key, value] : detail->metadata) {
      absl::StrAppend(&text, "  ", key, " = ", value, "\n");
    }
    if (detail->retry_after) {
      absl::StrAppend(&text, "  try again after ", absl::FormatDuration(*detail->retry_after),
                      "\n");
    }
  }
  const std::string remedy = Remedy(status, reason);
  if (!remedy.empty()) absl::StrAppend(&text, "  -> ", remedy, "\n");
  if (detail && detail->metadata.contains(kRequestId)) {
    absl::StrAppend(&text,
                    "  -> the change may have been made; repeat the same request within 72 hours "
                    "with this request_id, and it is made once\n");
  }
  return text;
}

int ExitCodeOf(const absl::Status& status) {
  if (status.ok()) return 0;
  return absl::IsInvalidArgument(status) && !errors::DetailOf(status) ? 2 : 1;
}

}  // namespace vsv::vsvctl
