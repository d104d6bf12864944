#include "libs/base/csv.h"

#include "libs/base/utf8.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "rapidcheck/gtest.h"

namespace vsv::base {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Row = std::vector<std::string>;

absl::StatusOr<std::vector<Row>> ReadAll(absl::string_view text, CsvOptions options = {}) {
  CsvReader reader(text, options);
  std::vector<Row> rows;
  Row row;
  while (true) {
    const absl::StatusOr<bool> more = reader.Next(row);
    if (!more.ok()) return more.status();
    if (!*more) return rows;
    rows.push_back(row);
  }
}

std::string ErrorOf(absl::string_view text, CsvOptions options = {}) {
  return std::string(ReadAll(text, options).status().message());
}

TEST(CsvReader, ReadsPlainAndQuotedFields) {
  EXPECT_THAT(*ReadAll("a,b\r\n\"x,\"\"y\"\"\nz\",\n"),
              ElementsAre(Row{"a", "b"}, Row{"x,\"y\"\nz", ""}));
  EXPECT_THAT(*ReadAll("a,b"), ElementsAre(Row{"a", "b"}));
  EXPECT_THAT(*ReadAll("a,"), ElementsAre(Row{"a", ""}));
  EXPECT_THAT(*ReadAll(""), ElementsAre());
}

TEST(CsvReader, SkipsAByteOrderMark) {
  EXPECT_THAT(*ReadAll("\xEF\xBB\xBF\"a\",b\n"), ElementsAre(Row{"a", "b"}));
}

TEST(CsvReader, SaysWhereItWentWrong) {
  EXPECT_EQ(ErrorOf("a,b\nc,d\"e\n"), "row 2, column 2: a quote inside a field that is not quoted");
  EXPECT_EQ(ErrorOf("a,b\nc,\"d"), "row 2, column 2: a quoted field is never closed");
  EXPECT_EQ(ErrorOf("\"a\"b"), "row 1, column 1: text behind a closing quote");
  EXPECT_EQ(ErrorOf("a\rb"), "row 1, column 1: a carriage return without a line feed");
  EXPECT_EQ(ErrorOf("a\nb,\xC3\x28"), "row 2, column 2: not UTF-8");
  EXPECT_EQ(ErrorOf(absl::string_view("a,b\0c", 5)), "row 1, column 2: holds NUL");
}

TEST(CsvReader, HoldsToItsLimits) {
  CsvOptions options;
  options.max_bytes = 20;
  options.max_rows = 2;
  options.max_columns = 3;
  options.max_field_bytes = 4;
  EXPECT_TRUE(ReadAll("aaaa,b,c\nd\n", options).ok());
  EXPECT_THAT(ErrorOf("a\nb\nc\n", options), HasSubstr("more than 2 rows"));
  EXPECT_THAT(ErrorOf("a,b,c,d\n", options), HasSubstr("more than 3 columns"));
  EXPECT_THAT(ErrorOf("aaaaa\n", options), HasSubstr("longer than 4 bytes"));
  EXPECT_THAT(ErrorOf(std::string(21, '\n'), options), HasSubstr("larger than 20 bytes"));
}

TEST(ReadCsvTable, WantsOneValueInEveryColumn) {
  const absl::StatusOr<CsvTable> table = ReadCsvTable("name;code\nx;1\n", {.separator = ';'});
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(*table->Column("code"), 1u);
  EXPECT_FALSE(table->Column("Code").ok());
  EXPECT_FALSE(ReadCsvTable("").ok());
  EXPECT_THAT(std::string(ReadCsvTable("a,a\n").status().message()), HasSubstr("named twice"));
  EXPECT_THAT(std::string(ReadCsvTable("a,b\n1,2\n3\n").status().message()),
              HasSubstr("row 3, column 1"));
}

rc::Gen<std::string> CsvText() {
  return rc::gen::container<std::string>(
      rc::gen::element('a', 'Z', '0', ' ', ',', ';', '"', '\n', '\r', '\t'));
}

RC_GTEST_PROP(Csv, ReadsBackWhatItWrote, ()) {
  const auto width = *rc::gen::inRange<size_t>(1, 5);
  const auto rows =
      *rc::gen::container<std::vector<Row>>(rc::gen::container<Row>(width, CsvText()));
  std::string text;
  for (const Row& row : rows) text += FormatCsvRow(row);
  const absl::StatusOr<std::vector<Row>> read = ReadAll(text);
  RC_ASSERT(read.ok());
  RC_ASSERT(*read == rows);
}

TEST(Csv, ReadsAByteOrderMarkThatIsPartOfAFieldBackAsItWas) {
  const std::vector<Row> rows = {
      {"\xEF\xBB\xBF"
       "a",
       "b"}};
  EXPECT_EQ(*ReadAll(FormatCsvRow(rows[0])), rows);
}

// Property: no input makes it crash or give out text that is not UTF-8.
RC_GTEST_PROP(Csv, GivesOutCleanTextOrAnError, (const std::string& bytes)) {
  const absl::StatusOr<std::vector<Row>> read = ReadAll(bytes);
  if (!read.ok()) return;
  for (const Row& row : *read) {
    for (const std::string& field : row) RC_ASSERT(IsValidUtf8(field));
  }
}

TEST(Utf8Length, CountsCharactersAndRefusesMalformedText) {
  EXPECT_EQ(Utf8Length(""), 0u);
  EXPECT_EQ(Utf8Length("Zo\xC3\xAB"), 3u);
  EXPECT_EQ(Utf8Length("\xF0\x9F\x99\x82"), 1u);
  for (const char* text : {"\xC3", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80",
                           "\xF4\x90\x80\x80", "\xFF", "\x80", "a\xE2\x82"}) {
    EXPECT_FALSE(Utf8Length(text).has_value()) << text;
  }
}

TEST(HasControlCharacter, AllowsLineFeedAndTab) {
  EXPECT_FALSE(HasControlCharacter("a\n\tb \xC3\xAB"));
  EXPECT_TRUE(HasControlCharacter(absl::string_view("a\0", 2)));
  EXPECT_TRUE(HasControlCharacter("a\x1b[0m"));
  EXPECT_TRUE(HasControlCharacter("a\r\n"));
  EXPECT_TRUE(HasControlCharacter("\x7f"));
  EXPECT_TRUE(HasControlCharacter("a\xC2\x85"));  // next line, C1
  EXPECT_TRUE(
      HasControlCharacter("\xE2\x80\xAE"
                          "cod.exe"));                   // right to left from here
  EXPECT_TRUE(HasControlCharacter("\xE2\x81\xA6"));      // an isolate
  EXPECT_TRUE(HasControlCharacter("\xE2\x80\xA8"));      // line separator
  EXPECT_TRUE(HasControlCharacter("\xEF\xBB\xBFname"));  // byte order mark
  // Joiners are letters' business in some scripts, and quotes and dashes live close by.
  EXPECT_FALSE(HasControlCharacter("\xE2\x80\x8D \xE2\x80\x99 \xE2\x80\x94 \xC2\xA0 \xE2\x81\xAA"));
}

}  // namespace
}  // namespace vsv::base
