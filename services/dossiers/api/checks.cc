#include "services/dossiers/api/checks.h"

#include "libs/aip/proto_time.h"

#include <optional>

namespace vsv::dossiers {

void Checks::NotAfter(const google::type::Date& date, absl::CivilDay today,
                      const std::string& field) {
  const std::optional<absl::CivilDay> day = aip::FromProto(date);
  Require(!day.has_value() || *day <= today, field, "expected a day that is not in the future");
}

void Checks::Note(const absl::Status& status) {
  const std::optional<errors::Detail> detail = errors::DetailOf(status);
  if (detail.has_value() && !detail->violations.empty()) {
    for (const errors::Violation& violation : detail->violations)
      errors::AddViolation(violations_, violation.field, violation.description);
  } else if (other_.ok()) {
    other_ = status;
  }
}

absl::Status Checks::Status() const {
  if (!violations_.empty()) return errors::FieldsInvalid(violations_);
  return other_;
}

}  // namespace vsv::dossiers
