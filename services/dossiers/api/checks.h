// Collects every violation of a request before it is refused.
#pragma once

#include "libs/errors/errors.h"
#include "services/dossiers/api/limits.h"

#include "google/type/date.pb.h"

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/message.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {

// One request. Parse what is needed, then ask Status() before using any of it.
class Checks {
 public:
  // The limits of every field of the request.
  explicit Checks(const google::protobuf::Message& request) {
    CheckLimits(request, "", violations_);
  }

  // The value, or a default one with the violations noted.
  template <typename T>
  T Take(absl::StatusOr<T> parsed) {
    if (parsed.ok()) return *std::move(parsed);
    Note(parsed.status());
    return T();
  }

  void Require(bool holds, const std::string& field, const std::string& description) {
    if (!holds) errors::AddViolation(violations_, field, description);
  }

  // Whether a further violation would be told.
  bool HasRoom() const { return violations_.size() < errors::kMaxViolations; }

  // A day that must not be in the future.
  void NotAfter(const google::type::Date& date, absl::CivilDay today, const std::string& field);

  std::vector<errors::Violation>& violations() { return violations_; }

  // FIELD_INVALID with all of them, or the first other error that was taken; OK when there is none.
  absl::Status Status() const;

 private:
  void Note(const absl::Status& status);

  std::vector<errors::Violation> violations_;
  absl::Status other_;
};

}  // namespace vsv::dossiers
