// The fields of figures, ambitions and cohorts.
#pragma once

#include "libs/aip/field_reader.h"
#include "libs/aip/resource_name.h"
#include "services/outcomes/domain/decimal.h"
#include "services/outcomes/domain/education.h"
#include "services/outcomes/domain/period.h"

#include "google/protobuf/timestamp.pb.h"
#include "vsv/outcomes/v1/value.pb.h"

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <string>
#include <vector>

namespace vsv::outcomes {

class FieldReader : public aip::FieldReader {
 public:
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
  // Microseconds: what the database keeps.
  absl::Time Moment(const google::protobuf::Timestamp& time);

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
};

}  // namespace vsv::outcomes
