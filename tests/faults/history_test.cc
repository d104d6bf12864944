// The checker is only worth something if it finds what it is for: each kind of damage, done to a
// good history by hand.
#include "tests/faults/history.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <utility>

namespace vsv::faults {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

History Good() {
  return {.acknowledged = {{"a", 1, "a1"}, {"b", 1, "b1"}, {"a", 2, "a2"}, {"a", 3, "a3"}},
          .stored = {{"a", 3, "a3"}, {"b", 1, "b1"}},
          .published = {{"00", 1, "a", 1}, {"00", 2, "b", 1}, {"00", 3, "a", 2}, {"00", 4, "a", 3}},
          .held = {{"m", "a", "a3"}, {"n", "a", "-"}},
          .shown = {{"m", "a", "a3"}, {"n", "a", "-"}}};
}

TEST(BrokenPromises, OfAGoodHistoryAreNone) {
  EXPECT_THAT(BrokenPromises(Good()), IsEmpty());
}

TEST(BrokenPromises, TellALostWrite) {
  History history = Good();
  history.stored[0] = {"a", 2, "a2"};
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("writes lost")));
}

TEST(BrokenPromises, TellALostResource) {
  History history = Good();
  history.stored.pop_back();
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("lost altogether")));
}

TEST(BrokenPromises, TellADoubledWrite) {
  History history = Good();
  history.stored[0].version = 4;
  history.published.push_back({"00", 5, "a", 4});
  EXPECT_THAT(BrokenPromises(history),
              ElementsAre(HasSubstr("writes doubled"), HasSubstr("published up to version 4")));
}

TEST(BrokenPromises, TellAnotherValueThanTheAcknowledgedOne) {
  History history = Good();
  history.stored[0].value = "a2";
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("holds 'a2'")));
}

TEST(BrokenPromises, TellWhatNobodyAskedFor) {
  History history = Good();
  history.stored.push_back({"c", 1, "c1"});
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("nobody's asking")));
}

TEST(BrokenPromises, TellAGapInThePositions) {
  History history = Good();
  history.published[2].position = 4;
  history.published[3].position = 5;
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("position 4 follows 2")));
}

TEST(BrokenPromises, TellAChangeThatIsMissingFromTheFeed) {
  History history = Good();
  history.published.pop_back();
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("published up to version 2 of 3")));
}

TEST(BrokenPromises, TellAChangeThatIsPublishedTwice) {
  History history = Good();
  history.published.push_back({"00", 5, "a", 3});
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("version 3 is published after 3")));
}

TEST(BrokenPromises, TellChangesInTheWrongOrder) {
  History history = Good();
  std::swap(history.published[2].version, history.published[3].version);
  EXPECT_FALSE(BrokenPromises(history).empty());
}

TEST(BrokenPromises, TellARowThatNeverGotAPosition) {
  History history = Good();
  history.unpublished = 1;
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("never got a position")));
}

TEST(BrokenPromises, TellAWriteThatStaysInDoubt) {
  History history = Good();
  history.unanswered = {"a write 4: UNKNOWN"};
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("in doubt: a write 4")));
}

TEST(BrokenPromises, TellASubscriberThatMissesAChange) {
  History history = Good();
  history.held[0].content = "a2";
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("m holds another a")));
}

TEST(BrokenPromises, TellASubscriberThatMissesAResource) {
  History history = Good();
  history.held.pop_back();
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("n misses a")));
}

TEST(BrokenPromises, TellASubscriberThatKeepsWhatItIsNotShown) {
  History history = Good();
  history.shown.pop_back();
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("n holds a, which it is not shown")));
}

TEST(BrokenPromises, TellClientsThatDoNotKeepTheirOwnOrder) {
  History history = Good();
  history.acknowledged.erase(history.acknowledged.begin());
  EXPECT_FALSE(BrokenPromises(history).empty());
}

}  // namespace
}  // namespace vsv::faults
