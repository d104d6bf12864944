// Reads the fields of a request into the domain, collecting everything that is wrong with them.
#pragma once

#include "libs/aip/resource_name.h"
#include "libs/errors/errors.h"
#include "services/outcomes/domain/decimal.h"
#include "services/outcomes/domain/education.h"
#include "services/outcomes/domain/period.h"

#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"
#include "vsv/outcomes/v1/value.pb.h"

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

// Each method takes a value and the path of its field; what it cannot read it notes and answers
// with an empty value.
class FieldReader {
 public:
  void Violate(absl::string_view field, absl::string_view description) {
    violations_.push_back({std::string(field), std::string(description)});
  }

  const std::vector<errors::Violation>& violations() const { return violations_; }

  // FIELD_INVALID with all of them, or OK.
  absl::Status status() const;

  // Text of `min` to `max` bytes.
  std::string Text(absl::string_view text, absl::string_view field, size_t min, size_t max);
  // Id of a new resource: `^[a-z][a-z0-9-]{1,62}$`.
  std::string Slug(absl::string_view id, absl::string_view field);
  std::string Indicator(absl::string_view name, absl::string_view field);
  std::string Ambition(absl::string_view name, absl::string_view field);
  std::string Organisation(absl::string_view name, absl::string_view field);
  std::string Region(absl::string_view name, absl::string_view field);
  // (region, id).
  std::vector<std::string> Cohort(absl::string_view name, absl::string_view field);

  outcomes::Period Period(absl::string_view text, absl::string_view field);
  outcomes::Decimal Decimal(const v1::Decimal& value, absl::string_view field);
  // Unspecified is kTotal.
  outcomes::Level Level(v1::Level level, absl::string_view field);
  absl::CivilDay Day(const google::type::Date& date, absl::string_view field);
  // Microseconds: what the database keeps.
  absl::Time Moment(const google::protobuf::Timestamp& time);
  std::string RequestId(absl::string_view text);
  // nullopt for an empty etag, which is refused where it is `required`. What is no etag of ours
  // matches no version.
  std::optional<int64_t> Etag(absl::string_view etag, absl::string_view field, bool required);

  // An enum of the contract whose values start at 1 where the domain's start at 0.
  template <typename Domain, typename Proto>
  Domain Value(Proto value, absl::string_view field) {
    if (static_cast<int>(value) <= 0) {
      Violate(field, "must be set");
      return Domain{};
    }
    return static_cast<Domain>(static_cast<int>(value) - 1);
  }

 private:
  std::vector<std::string> Ids(const aip::ResourcePattern& pattern, absl::string_view name,
                               absl::string_view field, size_t count);
  void TakeOver(const absl::Status& status, absl::string_view field);

  std::vector<errors::Violation> violations_;
};

}  // namespace vsv::outcomes
