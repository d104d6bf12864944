#include "services/dossiers/api/validate_content.h"

#include "libs/aip/proto_time.h"
#include "libs/base/school_year.h"
#include "services/dossiers/api/limits.h"
#include "services/dossiers/api/sections.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include <set>

namespace vsv::dossiers {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Violations = std::vector<errors::Violation>;

// Fewest digits of a Dutch phone number without its leading 0 that a text is taken to hold.
constexpr int kPhoneDigits = 9;
// Shorter fields hold codes and numbers of decisions, in which nine digits are no phone number.
constexpr int kProse = 100;

// True when a text holds a mail address, or a phone number: nine digits or more with nothing but
// spaces, dashes, dots, brackets and '+' between them.
bool HoldsContact(const Limit& limit, absl::string_view text) {
  if (limit.form == Form::kPhone || absl::StrContains(text, '@')) return true;
  if (limit.form != Form::kAny || limit.max < kProse) return false;
  int digits = 0;
  for (const char c : text) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      if (++digits >= kPhoneDigits) return true;
    } else if (!absl::StrContains(" -+().", c)) {
      digits = 0;
    }
  }
  return false;
}

void CheckNoContact(const Message& message, const std::string& path, Violations& violations);

void CheckFieldNoContact(const Message& message, const FieldDescriptor& field,
                         const std::string& path, Violations& violations) {
  const Reflection& reflection = *message.GetReflection();
  const int count = field.is_repeated() ? reflection.FieldSize(message, &field)
                                        : static_cast<int>(reflection.HasField(message, &field));
  for (int i = 0; i < count; ++i) {
    const std::string element = field.is_repeated() ? absl::StrCat(path, "[", i, "]") : path;
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      CheckNoContact(field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, i)
                                         : reflection.GetMessage(message, &field),
                     element, violations);
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      const Limit* limit = LimitOf(field);
      const std::string text = field.is_repeated()
                                   ? reflection.GetRepeatedString(message, &field, i)
                                   : reflection.GetString(message, &field);
      if (limit != nullptr && HoldsContact(*limit, text)) {
        errors::AddViolation(violations, element,
                             "no phone number or mail address with a secret address");
      }
    }
  }
}

void CheckNoContact(const Message& message, const std::string& path, Violations& violations) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  if (type.name() == "Address" || type.name() == "Contact") {
    errors::AddViolation(violations, path, "must be empty with a secret address");
    return;
  }
  for (int i = 0; i < type.field_count(); ++i) {
    CheckFieldNoContact(message, *type.field(i), absl::StrCat(path, ".", type.field(i)->name()),
                        violations);
  }
}

void CheckSubjects(const v1::Dossier& dossier, const std::string& path, Violations& violations) {
  std::set<std::string> seen;
  for (int i = 0; i < dossier.career().subjects_size(); ++i) {
    if (!seen.insert(dossier.career().subjects(i).subject_code()).second) {
      errors::AddViolation(violations, absl::StrCat(path, ".career.subjects[", i, "].subject_code"),
                           "is there twice");
    }
  }
}

void CheckAbsence(const v1::Dossier& dossier, int school_year, absl::CivilDay today,
                  const std::string& path, Violations& violations) {
  if (!dossier.has_absence()) return;
  const auto about = base::SchoolYear::Parse(dossier.absence().school_year());
  if (!about.has_value()) return;  // a violation of its form
  const std::string& said = dossier.school_year();
  if (!said.empty() && !base::SchoolYear::Parse(said).has_value()) return;  // and so is this
  const base::SchoolYear own(school_year);
  const bool running = base::SchoolYear::Of(today) <= own;
  if (*about == own.Previous() || (*about == own && running)) return;
  errors::AddViolation(violations, absl::StrCat(path, ".absence.school_year"),
                       "absence of the preceding school year only");
}

}  // namespace

void ValidateContent(const v1::Dossier& dossier, int school_year, absl::CivilDay today,
                     const std::string& path, Violations& violations) {
  CheckSubjects(dossier, path, violations);
  CheckAbsence(dossier, school_year, today, path, violations);
  const v1::TransferAdvice& advice = dossier.support().transfer_advice();
  if (advice.contact_needed() && advice.contact_person().empty()) {
    errors::AddViolation(violations, absl::StrCat(path, ".support.transfer_advice.contact_person"),
                         "required when contact is needed");
  }
  if (dossier.has_administrative()) {
    const auto birth = aip::FromProto(dossier.administrative().birth_date());
    if (birth.has_value() && (*birth > today || birth->year() < 1900)) {
      errors::AddViolation(violations, absl::StrCat(path, ".administrative.birth_date"),
                           "expected a day since 1900, not in the future");
    }
  }
}

void ValidateSecretAddress(const v1::Dossier& dossier, const std::string& path,
                           Violations& violations) {
  if (!dossier.administrative().secret_address()) return;
  const Reflection& reflection = *dossier.GetReflection();
  for (const Category category : kSectionCategories.Members()) {
    const FieldDescriptor* field = SectionField(category);
    if (field == nullptr || !reflection.HasField(dossier, field)) continue;
    CheckNoContact(reflection.GetMessage(dossier, field), absl::StrCat(path, ".", field->name()),
                   violations);
  }
}

bool SaysHandoverNeeded(const v1::Dossier& dossier) {
  return dossier.support().extra_support_needed() ||
         dossier.support().transfer_advice().contact_needed();
}

}  // namespace vsv::dossiers
