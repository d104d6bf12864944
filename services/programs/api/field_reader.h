// Reads the fields of a message into the domain and collects everything that is wrong with them.
#pragma once

#include "libs/errors/errors.h"
#include "services/programs/domain/program.h"

#include "google/type/date.pb.h"

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/repeated_field.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace vsv::programs {

// Each method takes a value and the path of its field; what it cannot read it notes, and answers
// with an empty value.
class FieldReader {
 public:
  using Texts = google::protobuf::RepeatedPtrField<std::string>;

  void Violate(absl::string_view field, absl::string_view description);

  std::vector<errors::Violation>& violations() { return violations_; }

  // FIELD_INVALID with all of them, or OK.
  absl::Status status() const;

  // Text of `min` to `max` characters, without space at either end.
  std::string Text(absl::string_view text, absl::string_view field, size_t min, size_t max);
  // At most 50 texts of 1 to `max` characters.
  std::vector<std::string> TextList(const Texts& texts, absl::string_view field, size_t max);
  // Slug of `min`..63 characters.
  std::string Slug(absl::string_view text, absl::string_view field, size_t min = 2);
  // Notes a second occurrence of an id.
  void Distinct(const std::string& id, absl::string_view field, std::set<std::string>& seen);

  OrganisationId Organisation(absl::string_view name, absl::string_view field);
  OrganisationId OptionalOrganisation(absl::string_view name, absl::string_view field);
  // At most 100, none twice.
  std::vector<OrganisationId> Organisations(const Texts& names, absl::string_view field);

  absl::CivilDay Day(const google::type::Date& date, absl::string_view field);
  // Both days, the last not before the first.
  Period Days(const google::type::Date& start, absl::string_view start_field,
              const google::type::Date& end, absl::string_view end_field);

 private:
  std::vector<errors::Violation> violations_;
};

}  // namespace vsv::programs
