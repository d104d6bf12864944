// Moments and days between protos and the code.
#pragma once

#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <optional>

namespace vsv::aip {

// Nanoseconds are kept; `time` must be in the years 1 to 9999.
google::protobuf::Timestamp ToProto(absl::Time time);
absl::Time FromProto(const google::protobuf::Timestamp& time);

google::protobuf::Duration ToProto(absl::Duration duration);
absl::Duration FromProto(const google::protobuf::Duration& duration);

google::type::Date ToProto(absl::CivilDay day);
// nullopt for a day that does not exist, or a partial one (year 0, month 0, day 0).
std::optional<absl::CivilDay> FromProto(const google::type::Date& date);

}  // namespace vsv::aip
