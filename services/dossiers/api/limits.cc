#include "services/dossiers/api/limits.h"

#include "libs/aip/field_behaviors.h"
#include "libs/aip/proto_time.h"
#include "libs/base/identifiers.h"
#include "libs/base/pgn.h"
#include "libs/base/school_year.h"
#include "libs/base/utf8.h"
#include "services/dossiers/api/limits_table.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include <algorithm>
#include <map>

namespace vsv::dossiers {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsPhone(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == ' ' || c == '+' || c == '-';
  });
}

bool IsEmail(absl::string_view text) {
  const size_t at = text.find('@');
  return at != absl::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == absl::string_view::npos && !absl::StrContains(text, ' ');
}

// What is expected, or "" when `text` has the form.
absl::string_view FormProblem(Form form, absl::string_view text) {
  const auto all = [&](auto test) { return std::all_of(text.begin(), text.end(), test); };
  switch (form) {
    case Form::kAny:
      return "";
    case Form::kFourDigits:
      return all([](char c) { return c >= '0' && c <= '9'; }) ? "" : "expected four digits";
    case Form::kSupportAlliance:
      return base::NormaliseSwv(text).has_value() ? "" : "expected a support alliance, e.g. VO2602";
    case Form::kMunicipality:
      return base::NormaliseMunicipalityCode(text).has_value()
                 ? ""
                 : "expected a municipality, e.g. GM0307";
    case Form::kSchoolYear:
      return base::SchoolYear::Parse(text).has_value() ? ""
                                                       : "expected a school year, e.g. 2025-2026";
    case Form::kPhone:
      return IsPhone(text) ? "" : "expected digits, spaces, '+' and '-'";
    case Form::kEmail:
      return IsEmail(text) ? "" : "expected a mail address";
    case Form::kHttpsUri:
      return absl::StartsWith(text, "https://") ? "" : "expected https://...";
    case Form::kCountry:
      return all([](char c) { return c >= 'A' && c <= 'Z'; }) ? "" : "expected two capitals";
    case Form::kPgn:
      return base::Pgn::Parse(text).has_value() ? "" : "expected 9 digits that pass the 11-test";
  }
  return "";
}

void CheckText(const Limit& limit, const std::string& text, const std::string& path,
               std::vector<errors::Violation>& violations) {
  if (text.empty()) return;
  const auto length = static_cast<int>(base::Utf8Length(text).value_or(0));
  if (length < limit.min || length > limit.max) {
    errors::AddViolation(
        violations, path,
        limit.min == limit.max
            ? absl::StrCat("expected ", limit.min, " characters")
            : absl::StrCat("expected ", limit.min, " to ", limit.max, " characters"));
    return;
  }
  const absl::string_view problem = FormProblem(limit.form, text);
  if (!problem.empty()) errors::AddViolation(violations, path, std::string(problem));
}

void CheckNumber(const Limit& limit, int64_t value, const std::string& path,
                 std::vector<errors::Violation>& violations) {
  if (value < limit.min || value > limit.max) {
    errors::AddViolation(violations, path, absl::StrCat("expected ", limit.min, " to ", limit.max));
  }
}

void CheckList(const Message& message, const FieldDescriptor& field, const std::string& path,
               std::vector<errors::Violation>& violations) {
  const Reflection& reflection = *message.GetReflection();
  const int count = reflection.FieldSize(message, &field);
  const Limit* limit = LimitOf(field);
  if (limit != nullptr && count > limit->max_count) {
    errors::AddViolation(violations, path, absl::StrCat("expected at most ", limit->max_count));
    return;
  }
  for (int i = 0; i < count; ++i) {
    const std::string element = absl::StrCat(path, "[", i, "]");
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      CheckLimits(reflection.GetRepeatedMessage(message, &field, i), element, violations);
    } else if (limit != nullptr && field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      const std::string text = reflection.GetRepeatedString(message, &field, i);
      if (text.empty()) errors::AddViolation(violations, element, "expected a text");
      CheckText(*limit, text, element, violations);
    }
  }
}

void CheckSingle(const Message& message, const FieldDescriptor& field, const std::string& path,
                 std::vector<errors::Violation>& violations) {
  const Reflection& reflection = *message.GetReflection();
  if (!reflection.HasField(message, &field)) return;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    CheckLimits(reflection.GetMessage(message, &field), path, violations);
    return;
  }
  const Limit* limit = LimitOf(field);
  if (limit == nullptr) return;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    CheckText(*limit, reflection.GetString(message, &field), path, violations);
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
    CheckNumber(*limit, reflection.GetInt32(message, &field), path, violations);
  }
}

// A period that says when it begins and ends does so in that order.
void CheckPeriod(const Message& message, const std::string& path,
                 std::vector<errors::Violation>& violations) {
  const FieldDescriptor* start = message.GetDescriptor()->FindFieldByName("start_date");
  const FieldDescriptor* end = message.GetDescriptor()->FindFieldByName("end_date");
  if (start == nullptr || end == nullptr) return;
  const Reflection& reflection = *message.GetReflection();
  if (!reflection.HasField(message, start) || !reflection.HasField(message, end)) return;
  const auto day = [&](const FieldDescriptor* field) {
    google::type::Date date;
    date.CopyFrom(reflection.GetMessage(message, field));
    return aip::FromProto(date);
  };
  const auto first = day(start);
  const auto last = day(end);
  if (first.has_value() && last.has_value() && *last < *first) {
    errors::AddViolation(violations, absl::StrCat(path, path.empty() ? "" : ".", "end_date"),
                         "expected not before start_date");
  }
}

}  // namespace

const Limit* LimitOf(const FieldDescriptor& field) {
  static const auto* by_name = [] {
    auto* limits = new std::map<absl::string_view, const Limit*>;  // never destroyed
    for (const Limit& limit : kLimits) limits->emplace(limit.field, &limit);
    return limits;
  }();
  constexpr absl::string_view kPackage = "vsv.dossiers.v1.";
  const auto found = by_name->find(absl::StripPrefix(field.full_name(), kPackage));
  return found == by_name->end() ? nullptr : found->second;
}

void CheckLimits(const Message& message, const std::string& path,
                 std::vector<errors::Violation>& violations) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (aip::HasBehavior(field, google::api::OUTPUT_ONLY)) continue;  // ignored on input
    const std::string field_path = absl::StrCat(path, path.empty() ? "" : ".", field.name());
    if (field.is_repeated()) {
      CheckList(message, field, field_path, violations);
    } else {
      CheckSingle(message, field, field_path, violations);
    }
  }
  CheckPeriod(message, path, violations);
}

}  // namespace vsv::dossiers
