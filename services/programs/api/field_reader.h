// The fields of programmes.
#pragma once

#include "libs/aip/field_reader.h"
#include "services/programs/domain/program.h"

#include "google/type/date.pb.h"

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"

#include <set>
#include <string>
#include <vector>

namespace vsv::programs {

class FieldReader : public aip::FieldReader {
 public:
  using Texts = google::protobuf::RepeatedPtrField<std::string>;

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

  // Both days, the last not before the first.
  Period Days(const google::type::Date& start, absl::string_view start_field,
              const google::type::Date& end, absl::string_view end_field);
};

}  // namespace vsv::programs
