#include "libs/base/identifiers.h"

#include "libs/base/csv.h"
#include "libs/base/pgn.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include <fstream>
#include <sstream>
#include <string>

#include "rapidcheck/gtest.h"

namespace vsv::base {
namespace {

TEST(NormaliseBrin, TakesTwoDigitsAndTwoLetters) {
  EXPECT_EQ(NormaliseBrin("25LH"), "25LH");
  EXPECT_EQ(NormaliseBrin("25lh"), "25LH");
  for (const char* text : {"", "25L", "25LH0", "2LHH", "25L1", " 25LH", "25\xC3\x89"}) {
    EXPECT_FALSE(NormaliseBrin(text).has_value()) << text;
  }
  EXPECT_EQ(NormaliseBrinLocation("25lh03"), "25LH03");
  EXPECT_FALSE(NormaliseBrinLocation("25LH").has_value());
}

TEST(NormaliseOin, TakesLetters) {
  EXPECT_EQ(NormaliseOin("0000000700000AV00000"), "0000000700000AV00000");
  EXPECT_EQ(NormaliseOin("0000000700000av00000"), "0000000700000AV00000");
}

TEST(NormaliseOin, TakesAKnownPrefixAMainNumberAndZeros) {
  EXPECT_EQ(NormaliseOin("00000001003214345000"), "00000001003214345000");
  EXPECT_EQ(NormaliseOin("00000003123456780000"), "00000003123456780000");
  EXPECT_FALSE(NormaliseOin("00000003123456789000").has_value()) << "KvK has 8 digits";
  EXPECT_FALSE(NormaliseOin("00000001003214345001").has_value()) << "the suffix is not zero";
  EXPECT_FALSE(NormaliseOin("00000001000000000000").has_value()) << "no main number";
  EXPECT_FALSE(NormaliseOin("00000042003214345000").has_value()) << "an unknown prefix";
  EXPECT_FALSE(NormaliseOin("0000000100321434AB00").has_value()) << "an RSIN has digits only";
  EXPECT_FALSE(NormaliseOin("0000000100321434500").has_value()) << "19 characters";
  EXPECT_FALSE(NormaliseOin("").has_value());
}

TEST(NormaliseOin, KnowsExactlyThePrefixesOfTheReferenceList) {
  std::ifstream file("data/oin_prefixes.csv");
  std::stringstream text;
  text << file.rdbuf();
  const absl::StatusOr<CsvTable> table = ReadCsvTable(text.str());
  ASSERT_TRUE(table.ok()) << table.status();
  size_t known = 0;
  for (int prefix = 0; prefix < 200; ++prefix) {
    const std::string digits = absl::StrCat(absl::Dec(prefix, absl::kZeroPad8));
    if (NormaliseOin(absl::StrCat(digits, "123456780000")).has_value()) ++known;
  }
  EXPECT_EQ(known, table->rows.size());
  for (const std::vector<std::string>& row : table->rows) {
    EXPECT_TRUE(NormaliseOin(absl::StrCat(row[0], "123456780000")).has_value()) << row[0];
  }
}

TEST(NormaliseMunicipalityCode, GivesOneFormForBoth) {
  EXPECT_EQ(NormaliseMunicipalityCode("0307"), "GM0307");
  EXPECT_EQ(NormaliseMunicipalityCode("GM0307"), "GM0307");
  EXPECT_EQ(NormaliseMunicipalityCode("gm0307"), "GM0307");
  EXPECT_FALSE(NormaliseMunicipalityCode("307").has_value());
  EXPECT_FALSE(NormaliseMunicipalityCode("GM030").has_value());
}

TEST(NormaliseSwv, GivesOneFormForBoth) {
  EXPECT_EQ(NormaliseSwv("VO2602"), "VO2602");
  EXPECT_EQ(NormaliseSwv("VO-26-02"), "VO2602");
  EXPECT_EQ(NormaliseSwv("vo-26-02"), "VO2602");
  EXPECT_FALSE(NormaliseSwv("PO2602").has_value());
  EXPECT_FALSE(NormaliseSwv("VO-2602").has_value());
}

TEST(NormaliseRmcCode, RunsFromOneToForty) {
  EXPECT_EQ(NormaliseRmcCode("01"), "01");
  EXPECT_EQ(NormaliseRmcCode("40"), "40");
  for (const char* text : {"00", "41", "1", "001", "4A", ""}) {
    EXPECT_FALSE(NormaliseRmcCode(text).has_value()) << text;
  }
}

TEST(NormaliseKvk, TakesEightDigits) {
  EXPECT_EQ(NormaliseKvk("12345678"), "12345678");
  EXPECT_FALSE(NormaliseKvk("1234567").has_value());
  EXPECT_FALSE(NormaliseKvk("1234567A").has_value());
}

RC_GTEST_PROP(NormaliseIdentifier, LeavesACanonicalFormAsItIs, (const std::string& text)) {
  for (const IdentifierScheme scheme :
       {IdentifierScheme::kBrin, IdentifierScheme::kBrinLocation, IdentifierScheme::kOin,
        IdentifierScheme::kKvk, IdentifierScheme::kMunicipalityCode, IdentifierScheme::kSwv,
        IdentifierScheme::kRmcCode}) {
    const std::optional<std::string> canonical = NormaliseIdentifier(scheme, text);
    if (canonical.has_value()) RC_ASSERT(NormaliseIdentifier(scheme, *canonical) == canonical);
    RC_ASSERT(!ExpectedForm(scheme).empty());
  }
}

// The worked examples.
TEST(Pgn, KnowsABsnAndAnOnderwijsnummer) {
  ASSERT_TRUE(Pgn::Parse("111222333").has_value());
  EXPECT_EQ(Pgn::Parse("111222333")->kind(), PgnKind::kBsn);
  EXPECT_FALSE(Pgn::Parse("111252333").has_value());
  ASSERT_TRUE(Pgn::Parse("101222331").has_value());
  EXPECT_EQ(Pgn::Parse("101222331")->kind(), PgnKind::kOnderwijsnummer);
  // No onderwijsnummer: its sum is 66, which makes it a BSN.
  ASSERT_TRUE(Pgn::Parse("100252333").has_value());
  EXPECT_EQ(Pgn::Parse("100252333")->kind(), PgnKind::kBsn);
}

TEST(Pgn, RefusesZerosAndOtherForms) {
  for (const char* text : {"", "000000000", "11122233", "1112223330", "11122233a", " 11222333"}) {
    EXPECT_FALSE(Pgn::Parse(text).has_value()) << text;
  }
}

// Changing one digit of a valid number never gives a valid number of the same kind: that is what
// the test is for.
RC_GTEST_PROP(Pgn, CatchesAnyOneWrongDigit, ()) {
  const std::string body = absl::StrCat(*rc::gen::inRange(10'000'000, 100'000'000));
  std::string text;
  for (char last = '0'; last <= '9' && text.empty(); ++last) {
    if (Pgn::Parse(body + last).has_value()) text = body + last;
  }
  RC_PRE(!text.empty());
  std::string wrong = text;
  const auto at = static_cast<size_t>(*rc::gen::inRange(0, 9));
  wrong[at] = static_cast<char>('0' + (wrong[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
  const std::optional<Pgn> other = Pgn::Parse(wrong);
  RC_ASSERT(!other.has_value() || other->kind() != Pgn::Parse(text)->kind());
}

}  // namespace
}  // namespace vsv::base
