#include "services/outcomes/api/pupil_keys.h"

#include "libs/base/hash.h"

#include "absl/strings/str_cat.h"

namespace vsv::outcomes {

std::string PupilKeys::KeyOf(absl::string_view cohort_name, const base::Pgn& pgn) const {
  // Neither part can hold a line feed.
  return base::HmacSha256(key_, absl::StrCat(cohort_name, "\n", pgn.value()));
}

}  // namespace vsv::outcomes
