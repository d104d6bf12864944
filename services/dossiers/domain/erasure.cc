#include "services/dossiers/domain/erasure.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace vsv::dossiers {

std::string ErasureReference(absl::Time erased_at) {
  return absl::StrCat(absl::ToUnixMicros(erased_at));
}

std::optional<absl::Time> ErasedAt(absl::string_view reference) {
  int64_t micros = 0;
  if (!absl::SimpleAtoi(reference, &micros)) return std::nullopt;
  return absl::FromUnixMicros(micros);
}

}  // namespace vsv::dossiers
