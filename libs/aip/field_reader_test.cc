#include "libs/aip/field_reader.h"

#include "libs/aip/etag.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::aip {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> FieldsOf(FieldReader& reader) {
  std::vector<std::string> fields;
  for (const errors::Violation& violation : reader.violations()) fields.push_back(violation.field);
  return fields;
}

TEST(FieldReader, CountsCharactersAndNotBytes) {
  FieldReader reader;
  EXPECT_EQ(reader.Text("één", "fits", 1, 3), "één");
  reader.Text("één", "short", 4, 9);
  reader.Text("één", "long", 1, 2);
  reader.Text("\xff", "no_text", 0, 9);
  reader.Text(" één", "space", 1, 9);
  EXPECT_THAT(FieldsOf(reader), ElementsAre("short", "long", "no_text", "space"));
}

TEST(FieldReader, CollectsEverythingThatIsWrong) {
  FieldReader reader;
  EXPECT_TRUE(reader.status().ok());
  google::type::Date date;
  date.set_year(2023);
  date.set_month(2);
  date.set_day(29);
  reader.Day(date, "day");
  reader.RequestId("not an id");
  reader.TakeOver(absl::InvalidArgumentError("of another kind"), "other");
  EXPECT_THAT(FieldsOf(reader), ElementsAre("day", "request_id", "other"));
  EXPECT_EQ(errors::ReasonOf(reader.status()), "FIELD_INVALID");
}

TEST(FieldReader, TakesAForeignEtagForAVersionThatNeverWas) {
  FieldReader reader;
  EXPECT_EQ(reader.Etag(EtagOf(7), "etag", true), 7);
  EXPECT_EQ(reader.Etag("", "etag", false), std::nullopt);
  EXPECT_LT(*reader.Etag("made up", "etag", true), 0);
  EXPECT_TRUE(reader.status().ok());
  reader.Etag("", "etag", true);
  EXPECT_THAT(FieldsOf(reader), ElementsAre("etag"));
}

}  // namespace
}  // namespace vsv::aip
