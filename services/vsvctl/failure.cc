#include "services/vsvctl/failure.h"

#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include <array>
#include <optional>
#include <utility>

namespace vsv::vsvctl {
namespace {

constexpr std::array<std::pair<absl::string_view, absl::string_view>, 12> kRemedies = {{
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
    {"OUTCOME_UNKNOWN", "repeat the same request with the same request_id"},
}};

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
  return text;
}

}  // namespace vsv::vsvctl
