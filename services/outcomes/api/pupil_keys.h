// Keyed hashes under which the pupils of a cohort are kept instead of their numbers.
#pragma once

#include "libs/base/pgn.h"

#include "absl/strings/string_view.h"

#include <string>
#include <utility>

namespace vsv::outcomes {

// Immutable, thread-safe.
class PupilKeys {
 public:
  // `key`: a secret of at least 32 bytes, of this service alone.
  explicit PupilKeys(std::string key) : key_(std::move(key)) {}

  // HMAC-SHA256 over cohort and number: the same pupil in two cohorts has two keys, so that they
  // cannot be joined.
  std::string KeyOf(absl::string_view cohort_name, const base::Pgn& pgn) const;

 private:
  std::string key_;
};

}  // namespace vsv::outcomes
