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

constexpr const char* kErasedId = "018f0000-0000-7000-8000-00000000000e";

// An import of two rows, one of them refused, each repeated; and one dossier that was erased while
// it was changed.
History GoodOfPeople() {
  return {
      .acknowledged = {{kErasedId, 1, "e1"}},
      .stored = {{"i", 1, "row 1"}},
      .published = {{"16", 1, kErasedId, 1}, {"16", 2, "i", 1}, {"16", 3, kErasedId, 2}},
      .told = {{"row 1", "dossier i"},
               {"row 2", "refused ALREADY_EXISTS"},
               {"row 2", "refused ALREADY_EXISTS"},
               {"row 1", "dossier i"}},
      .erased = {{kErasedId, 5, /*raced=*/true}},
      .sightings = {{"town", kErasedId, 4}},
      .remnants = {{"feed", kErasedId}, {"request_records", kErasedId}},
      .registered = 1,
      .acts = {{"t1", "ImportDossiers", 1}, {"t1", "ImportDossiers", 1}, {"t2", "ListDossiers", 0}},
      .audited = {{"t1", "ImportDossiers", 4, 2}, {"t2", "ListDossiers", 1, 0}},
      .sealed = {{"dossiers", 5, 5}}};
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

TEST(BrokenPromises, OfAGoodHistoryOfPeopleAreNone) {
  EXPECT_THAT(BrokenPromises(GoodOfPeople()), IsEmpty());
  History done_before = GoodOfPeople();  // the refused write that raced with the erasure
  done_before.published[2].version = 2;
  done_before.published.push_back({"16", 4, kErasedId, 3});
  EXPECT_THAT(BrokenPromises(done_before), IsEmpty());
}

TEST(BrokenPromises, TellAnImportThatIsToldTwoThings) {
  History history = GoodOfPeople();
  history.told[3].answer = "refused ALREADY_EXISTS";
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("row 1: told 'dossier i' and then")));
}

TEST(BrokenPromises, TellAnImportThatMakesADossierTwice) {
  History history = GoodOfPeople();
  history.told[3].answer = "dossier j";
  history.stored.push_back({"j", 1, "row 1"});
  EXPECT_THAT(BrokenPromises(history),
              ElementsAre(HasSubstr("row 1: told"), HasSubstr("nobody's asking")));
}

TEST(BrokenPromises, TellTwoRowsThatWereToldOneDossier) {
  History history = GoodOfPeople();
  history.told.push_back({"row 3", "dossier i"});
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("the dossier of row 1")));
}

TEST(BrokenPromises, TellAnImportedDossierThatIsLost) {
  History history = GoodOfPeople();
  history.stored.clear();
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("i: lost altogether")));
}

TEST(BrokenPromises, TellARefusedRowThatLeftSomething) {
  History history = GoodOfPeople();
  history.remnants.push_back({"dossier_sections", "row-2"});
  EXPECT_THAT(BrokenPromises(history), ElementsAre("dossier_sections still has row-2"));
}

TEST(BrokenPromises, TellWhatWasErasedAndIsStoredAgain) {
  History history = GoodOfPeople();
  history.stored.push_back({kErasedId, 1, ""});
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("erased, and stored again")));
}

TEST(BrokenPromises, TellAReaderThatIsShownWhatWasErased) {
  History history = GoodOfPeople();
  history.sightings.push_back({"town", kErasedId, 6});
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("town was shown")));
}

TEST(BrokenPromises, TellASubscriberThatWasNotToldOfAnErasure) {
  History history = GoodOfPeople();
  history.held = {{"m", kErasedId, "e1"}};
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("which it is not shown")));
}

TEST(BrokenPromises, TellWhatTablesStillHaveOfWhoIsGone) {
  History history = GoodOfPeople();
  history.remnants.push_back({"subject_keys", kErasedId});
  history.remnants.push_back({"feed", "words of the erased"});
  EXPECT_THAT(BrokenPromises(history),
              ElementsAre(HasSubstr("subject_keys still has"), HasSubstr("feed still has words")));
}

TEST(BrokenPromises, TellAnErasureThatTheFeedDoesNotEndWith) {
  History history = GoodOfPeople();
  history.published.pop_back();
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("published up to 1")));
}

TEST(BrokenPromises, TellAWriteThatOutlivesTheErasure) {
  History history = GoodOfPeople();
  history.erased[0].raced = false;
  history.published.push_back({"16", 4, kErasedId, 3});
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("published up to 3")));
}

TEST(BrokenPromises, TellAnErasureThatIsNotInTheRegister) {
  History history = GoodOfPeople();
  history.registered = 0;
  history.unregistered = {"16 00ff"};
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("not in the register: 16 00ff"),
                                                   HasSubstr("0 in the register")));
}

TEST(BrokenPromises, TellAnAnswerWithoutAnEntryInTheTrail) {
  History history = GoodOfPeople();
  history.audited.pop_back();
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("answered, and not in the trail")));
}

TEST(BrokenPromises, TellAPersonWhomTheTrailDoesNotHave) {
  History history = GoodOfPeople();
  history.audited[0].people = 1;
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("about 2 people")));
}

TEST(BrokenPromises, TellEntriesThatWereNeverSealed) {
  History history = GoodOfPeople();
  history.sealed[0].leaves = 4;
  EXPECT_THAT(BrokenPromises(history), ElementsAre(HasSubstr("4 entries sealed of 5")));
}

}  // namespace
}  // namespace vsv::faults
