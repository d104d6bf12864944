#include "libs/aip/filter.h"

#include "libs/aip/order_by.h"
#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <vector>

#include "rapidcheck/gtest.h"

namespace vsv::aip {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<FilterField>& Fields() {
  static const auto& fields = *new std::vector<FilterField>{
      {"name", FilterType::kText},        {"state", FilterType::kEnum, {"SENT", "ACCEPTED"}},
      {"provisional", FilterType::kBool}, {"count", FilterType::kInteger},
      {"due_date", FilterType::kDate},    {"update_time", FilterType::kTime}};
  return fields;
}

std::string ErrorOf(absl::string_view filter) {
  const absl::Status status = ParseFilter(filter, Fields()).status();
  if (status.ok()) return "";
  EXPECT_EQ(errors::ReasonOf(status), "FIELD_INVALID");
  const errors::Violation violation = errors::DetailOf(status)->violations.at(0);
  EXPECT_EQ(violation.field, "filter");
  return violation.description;
}

TEST(ParseFilter, ReadsAConjunctionOfTypedConditions) {
  const auto conditions = ParseFilter(
      R"( state = SENT AND due_date >= 2024-04-01 AND name != "a \"b\" \\ c" AND count<-3)"
      R"( AND provisional=true AND update_time > "2024-04-01T12:00:00+02:00")",
      Fields());
  ASSERT_TRUE(conditions.ok()) << conditions.status();
  ASSERT_THAT(*conditions, SizeIs(6));
  EXPECT_EQ((*conditions)[0].field, "state");
  EXPECT_EQ(std::get<std::string>((*conditions)[0].value), "SENT");
  EXPECT_EQ((*conditions)[1].op, FilterOperator::kGreaterOrEqual);
  EXPECT_EQ(std::get<absl::CivilDay>((*conditions)[1].value), absl::CivilDay(2024, 4, 1));
  EXPECT_EQ((*conditions)[2].op, FilterOperator::kNotEqual);
  EXPECT_EQ(std::get<std::string>((*conditions)[2].value), R"(a "b" \ c)");
  EXPECT_EQ((*conditions)[3].op, FilterOperator::kLess);
  EXPECT_EQ(std::get<int64_t>((*conditions)[3].value), -3);
  EXPECT_TRUE(std::get<bool>((*conditions)[4].value));
  EXPECT_EQ(std::get<absl::Time>((*conditions)[5].value),
            absl::FromCivil(absl::CivilHour(2024, 4, 1, 10), absl::UTCTimeZone()));
}

TEST(ParseFilter, TakesNothingForNoCondition) {
  EXPECT_THAT(*ParseFilter("", Fields()), IsEmpty());
  EXPECT_THAT(*ParseFilter("  \n", Fields()), IsEmpty());
}

TEST(ParseFilter, SaysWhereItWentWrong) {
  EXPECT_THAT(ErrorOf("secret = 1"), HasSubstr("position 1: expected one of name, state"));
  EXPECT_THAT(ErrorOf("count ~ 1"), HasSubstr("position 7: expected one of = !="));
  EXPECT_THAT(ErrorOf("count = x"), HasSubstr("position 9: count takes a whole number"));
  EXPECT_THAT(ErrorOf("count = 1 OR count = 2"), HasSubstr("position 11: expected AND"));
  EXPECT_THAT(ErrorOf("count = 1 and count = 2"), HasSubstr("position 11: expected AND"));
  EXPECT_THAT(ErrorOf("count = 1 AND"), HasSubstr("position 14: expected one of"));
  EXPECT_THAT(ErrorOf("state = LOST"), HasSubstr("one of the field's values"));
  EXPECT_THAT(ErrorOf("state > SENT"), HasSubstr("position 7: state takes = and != only"));
  EXPECT_THAT(ErrorOf("name = bare"), HasSubstr("position 8: name takes quoted text"));
  EXPECT_THAT(ErrorOf("name = \"open"), HasSubstr("position 8: this quote is never closed"));
  EXPECT_THAT(ErrorOf(R"(name = "a\n")"), HasSubstr("position 10: a backslash"));
  EXPECT_THAT(ErrorOf("due_date = 2024-02-30"), HasSubstr("due_date takes a day"));
  EXPECT_THAT(ErrorOf("update_time > 2024-02-03"), HasSubstr("update_time takes a moment"));
  EXPECT_THAT(ErrorOf("(count = 1)"), HasSubstr("position 1"));
  EXPECT_THAT(ErrorOf("count = 99999999999999999999"), HasSubstr("a whole number"));
  EXPECT_THAT(ErrorOf("name = \"\xff\""), HasSubstr("UTF-8"));
}

TEST(ParseFilter, HoldsToItsLimits) {
  std::string filter = "count = 1";
  for (size_t i = 1; i < kMaxFilterConditions; ++i) absl::StrAppend(&filter, " AND count = 1");
  EXPECT_EQ(ErrorOf(filter), "");
  EXPECT_THAT(ErrorOf(filter + " AND count = 1"), HasSubstr("more than 16 conditions"));
  EXPECT_THAT(ErrorOf(std::string(kMaxFilterBytes + 1, ' ')), HasSubstr("longer than"));
}

RC_GTEST_PROP(ParseFilter, ReadsBackAnyQuotedText, (const std::string& raw)) {
  std::string ascii;
  std::string quoted;
  for (const char c : raw) {
    if (c <= 0 || ascii.size() > 500) continue;
    ascii.push_back(c);
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  const auto conditions = ParseFilter(absl::StrCat("name = \"", quoted, "\""), Fields());
  RC_ASSERT(conditions.ok());
  RC_ASSERT(std::get<std::string>(conditions->at(0).value) == ascii);
}

RC_GTEST_PROP(ParseFilter, GivesConditionsOrAnErrorForAnyText, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("name", "count", "state", "=", "!=", "<", "AND", "\"", "\\",
                                    "SENT", "12", " ", "2024-01-01"));
  std::string text;
  for (const std::string& word : words) text += word;
  const auto conditions = ParseFilter(text, Fields());
  RC_ASSERT(conditions.ok() || errors::ReasonOf(conditions.status()) == "FIELD_INVALID");
}

TEST(ParseOrderBy, ReadsKeysAndDirections) {
  const std::vector<std::string> allowed = {"due_date", "name"};
  EXPECT_THAT(*ParseOrderBy("", allowed), IsEmpty());
  EXPECT_EQ(*ParseOrderBy(" due_date desc,name ", allowed),
            (std::vector<OrderKey>{{"due_date", true}, {"name", false}}));
  EXPECT_EQ(*ParseOrderBy("name asc", allowed), (std::vector<OrderKey>{{"name", false}}));
  for (const char* text : {"secret", "name up", "name,", "name, name desc", "name desc x", ","}) {
    EXPECT_EQ(errors::ReasonOf(ParseOrderBy(text, allowed).status()), "FIELD_INVALID") << text;
  }
}

}  // namespace
}  // namespace vsv::aip
