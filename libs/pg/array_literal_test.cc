#include "libs/pg/array_literal.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::pg {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

TEST(ArrayLiteral, ReadsPlainQuotedAndNullElements) {
  EXPECT_THAT(
      ParseArrayLiteral(R"({a,"b c","say \"hi\"","back\\slash",NULL,"NULL",""})"),
      Optional(ElementsAre("a", "b c", "say \"hi\"", "back\\slash", std::nullopt, "NULL", "")));
}

TEST(ArrayLiteral, ReadsTheEmptyArray) {
  EXPECT_THAT(ParseArrayLiteral("{}"), Optional(IsEmpty()));
}

TEST(ArrayLiteral, RefusesWhatIsNoOneDimensionalArray) {
  for (const char* text :
       {"", "{", "a,b", "{a", "{a,}", "{,a}", "{{a}}", R"({"a)", R"({"a\)", "{a}b}", "{a}}"}) {
    EXPECT_EQ(ParseArrayLiteral(text), std::nullopt) << text;
  }
}

TEST(Bytea, ReadsHexAndRefusesTheRest) {
  EXPECT_EQ(ParseBytea("\\x"), "");
  EXPECT_EQ(ParseBytea("\\x00fF10"), std::string("\x00\xff\x10", 3));
  for (const char* text : {"", "\\", "00", "\\x0", "\\x0g", "\\y00"})
    EXPECT_EQ(ParseBytea(text), std::nullopt);
}

}  // namespace
}  // namespace vsv::pg
