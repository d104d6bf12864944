#include "libs/aip/filter.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/base/utf8.h"
#include "libs/errors/errors.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace vsv::aip {
namespace {

bool IsWordCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '-' ||
         c == ':' || c == '+';
}

absl::string_view TypeHint(FilterType type) {
  switch (type) {
    case FilterType::kText:
      return "quoted text";
    case FilterType::kEnum:
      return "one of the field's values";
    case FilterType::kBool:
      return "true or false";
    case FilterType::kInteger:
      return "a whole number";
    case FilterType::kDate:
      return "a day, e.g. 2024-04-01";
    case FilterType::kTime:
      return "a moment, e.g. 2024-04-01T12:00:00Z";
  }
  return "";
}

bool HasOrder(FilterType type) {
  return type == FilterType::kInteger || type == FilterType::kDate || type == FilterType::kTime;
}

std::optional<FilterValue> ConvertValue(const FilterField& field, const std::string& text) {
  switch (field.type) {
    case FilterType::kText:
      return FilterValue(text);
    case FilterType::kEnum: {
      const auto& values = field.enum_values;
      if (std::find(values.begin(), values.end(), text) == values.end()) return std::nullopt;
      return FilterValue(text);
    }
    case FilterType::kBool:
      if (text != "true" && text != "false") return std::nullopt;
      return FilterValue(text == "true");
    case FilterType::kInteger: {
      int64_t number = 0;
      if (!absl::SimpleAtoi(text, &number)) return std::nullopt;
      return FilterValue(number);
    }
    case FilterType::kDate: {
      const std::optional<absl::CivilDay> day = base::ParseIsoDate(text);
      if (!day.has_value()) return std::nullopt;
      return FilterValue(*day);
    }
    case FilterType::kTime: {
      absl::Time time;
      if (!absl::ParseTime(absl::RFC3339_full, text, &time, nullptr)) return std::nullopt;
      return FilterValue(time);
    }
  }
  return std::nullopt;
}

class Parser {
 public:
  Parser(absl::string_view text, absl::Span<const FilterField> fields)
      : text_(text), fields_(fields) {}

  absl::StatusOr<std::vector<Condition>> Parse() {
    std::vector<Condition> conditions;
    SkipSpace();
    if (AtEnd()) return conditions;
    while (true) {
      VSV_ASSIGN_OR_RETURN(Condition condition, ParseCondition());
      if (conditions.size() == kMaxFilterConditions) {
        return Error(at_, absl::StrCat("more than ", kMaxFilterConditions, " conditions"));
      }
      conditions.push_back(std::move(condition));
      SkipSpace();
      if (AtEnd()) return conditions;
      const size_t start = at_;
      if (TakeWord() != "AND") return Error(start, "expected AND");
      SkipSpace();
    }
  }

 private:
  bool AtEnd() const { return at_ == text_.size(); }

  void SkipSpace() {
    while (!AtEnd() && absl::ascii_isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }

  absl::string_view TakeWord() {
    const size_t start = at_;
    while (!AtEnd() && IsWordCharacter(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  static absl::Status Error(size_t at, absl::string_view what) {
    return errors::FieldInvalid("filter", absl::StrCat("position ", at + 1, ": ", what));
  }

  absl::StatusOr<Condition> ParseCondition() {
    const size_t field_at = at_;
    const absl::string_view name = TakeWord();
    const FilterField* field = FindField(name);
    if (field == nullptr) return Error(field_at, "expected one of " + FieldNames());
    SkipSpace();
    const size_t operator_at = at_;
    const std::optional<FilterOperator> op = TakeOperator();
    if (!op.has_value()) return Error(operator_at, "expected one of = != < <= > >=");
    const bool ordering = *op != FilterOperator::kEqual && *op != FilterOperator::kNotEqual;
    if (ordering && !HasOrder(field->type)) {
      return Error(operator_at, absl::StrCat(field->name, " takes = and != only"));
    }
    SkipSpace();
    const size_t value_at = at_;
    VSV_ASSIGN_OR_RETURN(const std::string text, TakeValue(*field));
    std::optional<FilterValue> value = ConvertValue(*field, text);
    if (!value.has_value()) {
      return Error(value_at, absl::StrCat(field->name, " takes ", TypeHint(field->type)));
    }
    return Condition{field->name, *op, *std::move(value)};
  }

  const FilterField* FindField(absl::string_view name) const {
    for (const FilterField& field : fields_) {
      if (field.name == name) return &field;
    }
    return nullptr;
  }

  std::string FieldNames() const {
    return absl::StrJoin(fields_, ", ", [](std::string* out, const FilterField& field) {
      absl::StrAppend(out, field.name);
    });
  }

  std::optional<FilterOperator> TakeOperator() {
    static constexpr std::pair<const char*, FilterOperator> kOperators[] = {
        {"!=", FilterOperator::kNotEqual},
        {"<=", FilterOperator::kLessOrEqual},
        {">=", FilterOperator::kGreaterOrEqual},
        {"=", FilterOperator::kEqual},
        {"<", FilterOperator::kLess},
        {">", FilterOperator::kGreater}};
    for (const auto& [sign, op] : kOperators) {
      if (!absl::StartsWith(text_.substr(at_), sign)) continue;
      at_ += absl::string_view(sign).size();
      return op;
    }
    return std::nullopt;
  }

  absl::StatusOr<std::string> TakeValue(const FilterField& field) {
    const size_t start = at_;
    if (!AtEnd() && text_[at_] == '"') return TakeQuoted();
    const absl::string_view word = TakeWord();
    if (word.empty() || field.type == FilterType::kText) {
      return Error(start, absl::StrCat(field.name, " takes ", TypeHint(field.type)));
    }
    return std::string(word);
  }

  absl::StatusOr<std::string> TakeQuoted() {
    const size_t start = at_++;
    std::string value;
    while (!AtEnd() && text_[at_] != '"') {
      if (text_[at_] == '\\') {
        ++at_;
        if (AtEnd() || (text_[at_] != '"' && text_[at_] != '\\')) {
          return Error(at_ - 1, "a backslash stands only before \" or \\");
        }
      }
      value.push_back(text_[at_++]);
    }
    if (AtEnd()) return Error(start, "this quote is never closed");
    ++at_;
    return value;
  }

  absl::string_view text_;
  absl::Span<const FilterField> fields_;
  size_t at_ = 0;
};

}  // namespace

absl::StatusOr<std::vector<Condition>> ParseFilter(absl::string_view filter,
                                                   absl::Span<const FilterField> fields) {
  if (filter.size() > kMaxFilterBytes) {
    return errors::FieldInvalid("filter",
                                absl::StrCat("is longer than ", kMaxFilterBytes, " bytes"));
  }
  if (!base::IsValidUtf8(filter)) return errors::FieldInvalid("filter", "is not UTF-8");
  return Parser(filter, fields).Parse();
}

}  // namespace vsv::aip
