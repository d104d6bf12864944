#include "libs/aip/request_id.h"

#include "libs/base/uuid.h"
#include "libs/errors/errors.h"

#include "absl/strings/ascii.h"

namespace vsv::aip {

absl::StatusOr<std::string> CanonicalRequestId(absl::string_view text) {
  std::string id = absl::AsciiStrToLower(text);
  if (!base::IsUuid(id) || id == "00000000-0000-0000-0000-000000000000") {
    return errors::FieldInvalid("request_id",
                                "must be a UUID, e.g. 7d3f1c3e-9a55-4c55-8f0e-2b6d1f0a9c11");
  }
  return id;
}

}  // namespace vsv::aip
