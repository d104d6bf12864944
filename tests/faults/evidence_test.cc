// A history that shows nothing must not pass for one in which all was kept.
#include "tests/faults/evidence.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::faults {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Expected kExpected = {.subscribers = {"town.1", "programs"},
                            .trails = {"programs", "dossiers"}};

History Full() {
  return {.acknowledged = {{"e", 1, "e1"}},
          .held = {{"town.1", "a", "a1"}, {"programs", "o", "o1"}},
          .shown = {{"town.1", "a", "a1"}, {"programs", "o", "o1"}},
          .told = {{"row 1", "dossier i"}},
          .erased = {{"e", 5}},
          .sightings = {{"town", "e", 4}},
          .remnants = {{"feed", "e"}, {"holdings", "e"}},
          .registered = 1,
          .acts = {{"t1", "GetDossier", 1}},
          .sealed = {{"programs", 0, 0}, {"dossiers", 5, 5}}};
}

TEST(Unshown, OfAFullHistoryIsNothing) {
  EXPECT_THAT(Unshown(Full(), kExpected), IsEmpty());
}

TEST(Unshown, TellsClientsThatDidNothing) {
  History history = Full();
  history.acknowledged.clear();
  history.told.clear();
  history.acts.clear();
  EXPECT_THAT(Unshown(history, kExpected),
              ElementsAre(HasSubstr("acknowledged"), HasSubstr("imported"), HasSubstr("answer")));
  history = Full();
  history.erased.clear();
  history.sightings.clear();
  EXPECT_THAT(Unshown(history, kExpected), ElementsAre(HasSubstr("erased"), HasSubstr("saw")));
}

TEST(Unshown, TellsEachSubscriberThatWasNotCompared) {
  History history = Full();
  history.shown.pop_back();
  history.held.pop_back();
  EXPECT_THAT(Unshown(history, kExpected), ElementsAre("nothing was shown to programs"));
  history.shown.clear();
  history.held.clear();
  EXPECT_THAT(Unshown(history, kExpected),
              ElementsAre("nothing was shown to town.1", "nothing was shown to programs"));
}

TEST(Unshown, TellsTablesThatWereNotSearched) {
  History history = Full();
  history.remnants = {{"holdings", "e"}};
  EXPECT_THAT(Unshown(history, kExpected), ElementsAre(HasSubstr("not searched for 1")));
}

TEST(Unshown, TellsTrailsThatWereNotLookedAt) {
  History history = Full();
  history.sealed = {{"dossiers", 5, 5}};
  EXPECT_THAT(Unshown(history, kExpected), ElementsAre("nobody looked at the trail of programs"));
  history.sealed = {{"dossiers", 0, 0}, {"programs", 0, 0}};
  EXPECT_THAT(Unshown(history, kExpected), ElementsAre("no trail has an entry"));
}

}  // namespace
}  // namespace vsv::faults
