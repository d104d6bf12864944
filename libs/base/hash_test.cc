#include "libs/base/hash.h"

#include "libs/base/random.h"

#include "gtest/gtest.h"

#include <string>

#include "rapidcheck/gtest.h"

namespace vsv::base {
namespace {

TEST(Sha256, MatchesThePublishedVector) {  // FIPS 180-4, "abc"
  EXPECT_EQ(HexEncode(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HmacSha256, MatchesThePublishedVector) {  // RFC 4231, test case 2
  EXPECT_EQ(HexEncode(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(ConstantTimeEquals, TellsEqualFromUnequal) {
  EXPECT_TRUE(ConstantTimeEquals("abc", "abc"));
  EXPECT_TRUE(ConstantTimeEquals("", ""));
  EXPECT_FALSE(ConstantTimeEquals("abc", "abd"));
  EXPECT_FALSE(ConstantTimeEquals("abc", "ab"));
}

RC_GTEST_PROP(Hex, ReadsBackWhatItWrote, (const std::string& bytes)) {
  RC_ASSERT(HexDecode(HexEncode(bytes)) == bytes);
}

RC_GTEST_PROP(Base64Url, ReadsBackWhatItWroteAndHasOneTextForOneValue, (const std::string& bytes)) {
  const std::string text = Base64UrlEncode(bytes);
  RC_ASSERT(Base64UrlDecode(text) == bytes);
  RC_ASSERT(text.find_first_of("+/=") == std::string::npos);
  RC_ASSERT(!Base64UrlDecode(text + "=").has_value());
}

TEST(HexDecode, RefusesWhatIsNoHex) {
  EXPECT_FALSE(HexDecode("abc").has_value());
  EXPECT_FALSE(HexDecode("zz").has_value());
  EXPECT_EQ(HexDecode("AbCd"), std::string("\xab\xcd"));
}

TEST(Base64UrlDecode, RefusesLooseBitsAndForeignCharacters) {
  EXPECT_EQ(Base64UrlDecode("QQ"), "A");
  EXPECT_FALSE(Base64UrlDecode("QR").has_value());  // the same byte with loose bits behind it
  EXPECT_FALSE(Base64UrlDecode("Q Q").has_value());
  EXPECT_FALSE(Base64UrlDecode("Q+/=").has_value());
}

TEST(RandomBytes, GivesTheNumberAskedForAndNeverTheSame) {
  EXPECT_EQ(RandomBytes(0), "");
  EXPECT_EQ(RandomBytes(33).size(), 33u);
  EXPECT_NE(RandomBytes(16), RandomBytes(16));
}

}  // namespace
}  // namespace vsv::base
