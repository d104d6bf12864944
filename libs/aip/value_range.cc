#include "libs/aip/value_range.h"

#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"

#include "absl/time/civil_time.h"

#include <cstdint>
#include <memory>

namespace vsv::aip {
namespace {

constexpr int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr int64_t kLastSecond = 253'402'300'799;   // 9999-12-31T23:59:59Z
constexpr int64_t kMaxDurationSeconds = 315'576'000'000;
constexpr int32_t kNanosPerSecond = 1'000'000'000;

bool InRange(const google::protobuf::Timestamp& time) {
  return time.seconds() >= kFirstSecond && time.seconds() <= kLastSecond && time.nanos() >= 0 &&
         time.nanos() < kNanosPerSecond;
}

bool InRange(const google::protobuf::Duration& duration) {
  const bool one_sign = (duration.seconds() >= 0 && duration.nanos() >= 0) ||
                        (duration.seconds() <= 0 && duration.nanos() <= 0);
  return one_sign && duration.seconds() >= -kMaxDurationSeconds &&
         duration.seconds() <= kMaxDurationSeconds && duration.nanos() > -kNanosPerSecond &&
         duration.nanos() < kNanosPerSecond;
}

bool Exists(const google::type::Date& date) {
  if (date.year() < 1 || date.year() > 9999) return false;
  const absl::CivilDay day(date.year(), date.month(), date.day());
  return day.year() == date.year() && day.month() == date.month() && day.day() == date.day();
}

// Works for generated messages and for dynamic ones of the same type alike.
template <typename T>
T As(const google::protobuf::Message& message) {
  T value;
  value.ParsePartialFromString(message.SerializePartialAsString());
  return value;
}

}  // namespace

std::string RangeProblem(const google::protobuf::Message& message) {
  const std::string& type = message.GetDescriptor()->full_name();
  if (type == "google.protobuf.Timestamp") {
    return InRange(As<google::protobuf::Timestamp>(message)) ? ""
                                                             : "is no moment of years 1 to 9999";
  }
  if (type == "google.protobuf.Duration") {
    return InRange(As<google::protobuf::Duration>(message)) ? "" : "is no duration in range";
  }
  if (type == "google.type.Date") {
    return Exists(As<google::type::Date>(message)) ? "" : "is no day that exists";
  }
  return "";
}

}  // namespace vsv::aip
