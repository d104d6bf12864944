#include "libs/feed/cursor.h"

#include "libs/base/hash.h"
#include "libs/testing/status_matchers.h"

#include "gtest/gtest.h"

namespace vsv::feed {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using vsv::testing::HasReason;

const Cursor& Example() {
  static const Cursor* const kCursor = new Cursor{"epoch-1",
                                                  {{"16", 12}, {"19", 9'000'000'000}},
                                                  "o-amersfoort",
                                                  "filter",
                                                  "16|id:with:colons"};
  return *kCursor;
}

const CursorExpectation& Expected() {
  static const auto* const kExpected = new CursorExpectation{"epoch-1", "o-amersfoort", "filter"};
  return *kExpected;
}

TEST(Cursors, ComeBackAsTheyWent) {
  const Cursors cursors("key");
  VSV_ASSERT_OK_AND_ASSIGN(const Cursor cursor, cursors.Read(cursors.Make(Example()), Expected()));
  EXPECT_THAT(cursor.positions, ElementsAre(Pair("16", 12), Pair("19", 9'000'000'000)));
  EXPECT_EQ(cursor.snapshot, "16|id:with:colons");
  EXPECT_EQ(cursor.epoch, "epoch-1");
}

TEST(Cursors, AreInvalidWithASingleBitChanged) {
  const Cursors cursors("key");
  const std::string bytes = *base::Base64UrlDecode(cursors.Make(Example()));
  for (size_t i = 0; i < bytes.size() * 8; ++i) {
    std::string forged = bytes;
    forged[i / 8] = static_cast<char>(forged[i / 8] ^ (1 << (i % 8)));
    EXPECT_THAT(cursors.Read(base::Base64UrlEncode(forged), Expected()),
                HasReason("CURSOR_INVALID"))
        << i;
  }
}

TEST(Cursors, AreInvalidCutShortOrMadeUp) {
  const Cursors cursors("key");
  const std::string text = cursors.Make(Example());
  for (size_t length = 0; length < text.size(); ++length) {
    EXPECT_THAT(cursors.Read(text.substr(0, length), Expected()), HasReason("CURSOR_INVALID"))
        << length;
  }
  EXPECT_THAT(cursors.Read("not base64url!", Expected()), HasReason("CURSOR_INVALID"));
}

TEST(Cursors, AreInvalidUnderAnotherKeyForAnotherSubscriberOrFilter) {
  const Cursors cursors("key");
  const std::string text = cursors.Make(Example());
  EXPECT_THAT(Cursors("other key").Read(text, Expected()), HasReason("CURSOR_INVALID"));
  EXPECT_THAT(cursors.Read(text, {"epoch-1", "o-utrecht", "filter"}), HasReason("CURSOR_INVALID"));
  EXPECT_THAT(cursors.Read(text, {"epoch-1", "o-amersfoort", "other"}),
              HasReason("CURSOR_INVALID"));
}

TEST(Cursors, HaveExpiredInAnotherEpoch) {
  const Cursors cursors("key");
  EXPECT_THAT(cursors.Read(cursors.Make(Example()), {"epoch-2", "o-amersfoort", "filter"}),
              HasReason("CURSOR_EXPIRED"));
}

TEST(Cursors, FieldsCannotRunIntoEachOther) {
  const Cursors cursors("key");
  Cursor one = Example();
  one.subscriber = "ab";
  one.filter_hash = "c";
  EXPECT_THAT(cursors.Read(cursors.Make(one), {"epoch-1", "a", "bc"}), HasReason("CURSOR_INVALID"));
}

}  // namespace
}  // namespace vsv::feed
