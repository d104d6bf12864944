// Reads the fields of a request into the domain, collecting everything that is wrong with them.
#pragma once

#include "libs/errors/errors.h"

#include "google/type/date.pb.h"

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::aip {

// Each method takes a value and the path of its field; what it cannot read it notes and answers
// with an empty value. A service derives from it for the types of its own domain.
class FieldReader {
 public:
  void Violate(absl::string_view field, absl::string_view description) {
    errors::AddViolation(violations_, field, description);
  }

  void ViolateAll(const std::vector<errors::Violation>& violations) {
    for (const errors::Violation& violation : violations)
      Violate(violation.field, violation.description);
  }

  // The violations that a status carries; its message on `field` when it carries none.
  void TakeOver(const absl::Status& status, absl::string_view field);

  std::vector<errors::Violation>& violations() { return violations_; }

  const std::vector<errors::Violation>& violations() const { return violations_; }

  // FIELD_INVALID with all of them, or OK.
  absl::Status status() const;

  // Text of `min` to `max` characters, without space at either end.
  std::string Text(absl::string_view text, absl::string_view field, size_t min, size_t max);
  absl::CivilDay Day(const google::type::Date& date, absl::string_view field);
  // In canonical form.
  std::string RequestId(absl::string_view text);
  // The version in an etag; nullopt for an empty one, which is refused where it is `required`. What
  // was never given out matches no version: it is refused as a mismatch, behind the request id.
  std::optional<int64_t> Etag(absl::string_view etag, absl::string_view field, bool required);

 private:
  std::vector<errors::Violation> violations_;
};

}  // namespace vsv::aip
