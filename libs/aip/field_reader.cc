#include "libs/aip/field_reader.h"

#include "libs/aip/etag.h"
#include "libs/aip/proto_time.h"
#include "libs/aip/request_id.h"
#include "libs/base/utf8.h"

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace vsv::aip {
namespace {

constexpr int64_t kNoVersion = -1;

}  // namespace

void FieldReader::TakeOver(const absl::Status& status, absl::string_view field) {
  const std::optional<errors::Detail> detail = errors::DetailOf(status);
  if (!detail.has_value() || detail->violations.empty()) {
    Violate(field, status.message());
    return;
  }
  ViolateAll(detail->violations);
}

absl::Status FieldReader::status() const {
  return violations_.empty() ? absl::OkStatus() : errors::FieldsInvalid(violations_);
}

std::string FieldReader::Text(absl::string_view text, absl::string_view field, size_t min,
                              size_t max) {
  const size_t length = base::Utf8Length(text).value_or(max + 1);
  if (length < min || length > max) {
    Violate(field, absl::StrCat("must have ", min, " to ", max, " characters"));
  } else if (absl::StripAsciiWhitespace(text).size() != text.size()) {
    Violate(field, "must not begin or end with a space");
  }
  return std::string(text);
}

absl::CivilDay FieldReader::Day(const google::type::Date& date, absl::string_view field) {
  const std::optional<absl::CivilDay> day = FromProto(date);
  if (!day.has_value()) Violate(field, "must be a day that exists, with year, month and day");
  return day.value_or(absl::CivilDay());
}

std::string FieldReader::RequestId(absl::string_view text) {
  absl::StatusOr<std::string> canonical = CanonicalRequestId(text);
  if (canonical.ok()) return *std::move(canonical);
  TakeOver(canonical.status(), "request_id");
  return "";
}

std::optional<int64_t> FieldReader::Etag(absl::string_view etag, absl::string_view field,
                                         bool required) {
  if (!etag.empty()) return VersionOf(etag).value_or(kNoVersion);
  if (required) Violate(field, "must be set: the version that the change was decided on");
  return std::nullopt;
}

}  // namespace vsv::aip
