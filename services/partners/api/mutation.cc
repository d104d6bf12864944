#include "services/partners/api/mutation.h"

#include "libs/aip/request_id.h"

namespace vsv::partners {

std::string internal::CanonicalId(absl::string_view request_id, FieldReader& reader) {
  absl::StatusOr<std::string> canonical = aip::CanonicalRequestId(request_id);
  if (canonical.ok()) return *std::move(canonical);
  if (const auto detail = errors::DetailOf(canonical.status()))
    reader.ViolateAll(detail->violations);
  return "";
}

}  // namespace vsv::partners
