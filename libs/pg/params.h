// Parameters of a prepared statement, in order ($1, $2, ...).
#pragma once

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::pg {

// Each call appends one parameter and returns *this, so that a list reads like the statement's
// signature.
class Params {
 public:
  Params& Null();
  Params& Text(absl::string_view value);

  // A template, so that a literal or std::string does not have to choose between a view and an
  // optional.
  Params& Text(const std::same_as<std::optional<std::string>> auto& value) { return Add(value); }

  Params& Int(int64_t value);
  Params& Int(const std::optional<int64_t>& value);
  Params& Double(double value);
  Params& Bool(bool value);
  Params& Time(absl::Time value);  // timestamptz
  Params& Time(const std::optional<absl::Time>& value);
  Params& Day(absl::CivilDay value);  // date
  Params& Day(const std::optional<absl::CivilDay>& value);
  Params& Bytes(absl::string_view value);  // bytea

  // Arrays, for batch-shaped statements: `FROM unnest($1::text[], $2::bigint[]) AS c(id, version)`.
  // A nullopt is a NULL element.
  Params& TextArray(absl::Span<const std::string> values);
  Params& TextArray(absl::Span<const std::optional<std::string>> values);
  Params& IntArray(absl::Span<const int64_t> values);
  Params& IntArray(absl::Span<const std::optional<int64_t>> values);
  Params& BoolArray(const std::vector<bool>& values);
  Params& TimeArray(absl::Span<const std::optional<absl::Time>> values);
  Params& DayArray(absl::Span<const std::optional<absl::CivilDay>> values);
  Params& BytesArray(absl::Span<const std::string> values);
  Params& BytesArray(absl::Span<const std::optional<std::string>> values);

  // What libs/pg sends; nullopt is NULL.
  const std::vector<std::optional<std::string>>& values() const { return values_; }

  // Whether the value at the same place goes as raw bytes; all others go as text.
  const std::vector<bool>& binary() const { return binary_; }

 private:
  Params& Add(std::optional<std::string> value, bool binary = false);
  std::vector<std::optional<std::string>> values_;
  std::vector<bool> binary_;
};

}  // namespace vsv::pg
