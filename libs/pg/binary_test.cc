#include "libs/pg/binary.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <limits>
#include <string>

namespace vsv::pg {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using std::string_literals::operator""s;

TEST(Binary, ReadsIntegersOfEachSize) {
  EXPECT_EQ(ReadInteger("\xff\xfe"s), -2);
  EXPECT_EQ(ReadInteger("\0\1\0\0"s), 65536);
  EXPECT_EQ(ReadInteger("\x80\0\0\0\0\0\0\0"s), std::numeric_limits<int64_t>::min());
  for (const std::string& bytes : {""s, "\0"s, "\0\0\0"s, "\0\0\0\0\0\0\0\0\0"s})
    EXPECT_EQ(ReadInteger(bytes), std::nullopt) << bytes.size();
}

TEST(Binary, ReadsBooleans) {
  EXPECT_EQ(ReadBool("\1"s), true);
  EXPECT_EQ(ReadBool("\0"s), false);
  EXPECT_EQ(ReadBool(""), std::nullopt);
}

TEST(Binary, ReadsTimesFrom2000On) {
  EXPECT_EQ(ReadTime("\0\0\0\0\0\0\0\0"s), absl::FromUnixSeconds(946'684'800));
  EXPECT_EQ(ReadTime("\xff\xff\xff\xff\xff\xff\xff\xff"s),
            absl::FromUnixSeconds(946'684'800) - absl::Microseconds(1));
  EXPECT_EQ(ReadTime("\x7f\xff\xff\xff\xff\xff\xff\xff"s), absl::InfiniteFuture());
  EXPECT_EQ(ReadTime("\x80\0\0\0\0\0\0\0"s), absl::InfinitePast());
  EXPECT_EQ(ReadTime("\0\0\0\0"s), std::nullopt);
}

TEST(Binary, ReadsDaysFrom2000OnButNoInfiniteOnes) {
  EXPECT_EQ(ReadDay("\0\0\0\0"s), absl::CivilDay(2000, 1, 1));
  EXPECT_EQ(ReadDay("\0\0\0\x3c"s), absl::CivilDay(2000, 3, 1)) << "over a leap day";
  EXPECT_EQ(ReadDay("\xff\xff\xff\xff"s), absl::CivilDay(1999, 12, 31));
  for (const std::string& bytes : {"\x7f\xff\xff\xff"s, "\x80\0\0\0"s, "\0\0"s, ""s})
    EXPECT_EQ(ReadDay(bytes), std::nullopt);
}

TEST(Binary, ReadsUuids) {
  EXPECT_EQ(ReadUuid("\x01\x93\x5a\xbc\xde\xf0\x71\x23\x84\x56\x78\x9a\xbc\xde\xf0\x12"s),
            "01935abc-def0-7123-8456-789abcdef012");
  EXPECT_EQ(ReadUuid("\1\2"), std::nullopt);
}

const std::string kHead = "\0\0\0\1\0\0\0\1\0\0\0\x19"s;  // one dimension, NULLs, text

TEST(Binary, ReadsArraysWithoutAndWithOneDimension) {
  const auto none = ReadArray("\0\0\0\0\0\0\0\0\0\0\0\x19"s);
  ASSERT_TRUE(none.has_value());
  EXPECT_EQ(none->element_type, 25U);
  EXPECT_THAT(none->elements, IsEmpty());
  const std::string bytes =
      kHead + "\0\0\0\3\0\0\0\1"s + "\0\0\0\2ab"s + "\xff\xff\xff\xff"s + "\0\0\0\0"s;
  const auto three = ReadArray(bytes);
  ASSERT_TRUE(three.has_value());
  EXPECT_THAT(three->elements, ElementsAre("ab", std::nullopt, ""));
}

TEST(Binary, RefusesWhatIsNoSuchArray) {
  for (const std::string& bytes :
       {""s, "\0\0\0\0"s, kHead, kHead + "\0\0\0\1\0\0\0\1"s,
        kHead + "\0\0\0\1\0\0\0\1\0\0\0\2a"s,         // an element is cut off
        kHead + "\0\0\0\1\0\0\0\1\0\0\0\1ab"s,        // something behind it
        kHead + "\xff\xff\xff\xff\0\0\0\1"s,          // more elements than bytes
        kHead + "\0\0\0\1\0\0\0\1\xff\xff\xff\xfe"s,  // a length that is none
        "\0\0\0\2"s + kHead.substr(4), "\0\0\0\0\0\0\0\2\0\0\0\x19"s}) {
    EXPECT_FALSE(ReadArray(bytes).has_value()) << bytes.size();
  }
}

}  // namespace
}  // namespace vsv::pg
