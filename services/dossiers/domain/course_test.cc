#include "services/dossiers/domain/course.h"

#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/testing/builders.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

using testing::RowIn;
using ::vsv::testing::HasReason;
using enum DossierState;

// The course as the field tells it, written down a second time: who does what from which states to
// which.
struct Expectation {
  Event event;
  Actor actor;
  std::map<DossierState, DossierState> steps;
};

std::vector<Expectation> Course(bool late_entrant) {
  const std::map<DossierState, DossierState> writable = {
      {kADone, kBInProgress},  {kBInProgress, kBInProgress},
      {kBDone, kBInProgress},  {kAgreementPending, kBInProgress},
      {kAgreed, kBInProgress}, {kRejected, kBInProgress}};
  std::map<DossierState, DossierState> part_a = writable;
  part_a[kAInProgress] = kAInProgress;
  std::map<DossierState, DossierState> b_done = {{kBInProgress, kBDone}};
  if (late_entrant) b_done[kADone] = kBDone;
  std::map<DossierState, DossierState> withdrawable;
  for (const DossierState state :
       {kAInProgress, kADone, kBInProgress, kBDone, kAgreementPending, kAgreed, kSent, kRejected}) {
    withdrawable[state] = kWithdrawn;
  }
  const Actor sender = Actor::kDelivering;
  const Actor addressee = Actor::kAddressee;
  return {
      {Event::kWritePartA, sender, part_a},
      {Event::kWrite, sender, writable},
      {Event::kCompletePartA, sender, {{kAInProgress, kADone}}},
      {Event::kCompletePartB, sender, b_done},
      {Event::kRecordView,
       sender,
       {{kBDone, kAgreementPending}, {kAgreementPending, kAgreementPending}, {kAgreed, kAgreed}}},
      {Event::kConfirmAgreement, sender, {{kAgreementPending, kAgreed}}},
      {Event::kSend, sender, {{kAgreed, kSent}}},
      {Event::kAccept, addressee, {{kSent, kAccepted}}},
      {Event::kReject, addressee, {{kSent, kRejected}}},
      {Event::kProcess, addressee, {{kAccepted, kProcessed}}},
      {Event::kWithdraw, sender, withdrawable}};
}

std::string Label(const Expectation& expected, DossierState state, Actor actor, bool late) {
  return absl::StrCat("event ", static_cast<int>(expected.event), " in ", Name(state), " by actor ",
                      static_cast<int>(actor), late ? " of a late entrant" : "");
}

void Check(const Expectation& expected, DossierState state, Actor actor, bool late) {
  SCOPED_TRACE(Label(expected, state, actor, late));
  Dossier dossier = RowIn(state).dossier;
  dossier.late_entrant = late;
  const absl::StatusOr<DossierState> next = Next(dossier, expected.event, actor);
  if (actor != expected.actor) {
    EXPECT_THAT(next, HasReason("ROLE_REQUIRED"));
  } else if (const auto step = expected.steps.find(state); step != expected.steps.end()) {
    EXPECT_THAT(next, ::vsv::testing::IsOkAndHolds(step->second));
  } else {
    EXPECT_THAT(next, HasReason("STATE_CONFLICT"));
  }
}

TEST(Course, AllowsExactlyTheStepsOfTheFieldForEveryStateAndActor) {
  int cases = 0;
  for (const bool late : {false, true}) {
    for (const Expectation& expected : Course(late)) {
      for (int state = 0; state <= static_cast<int>(kWithdrawn); ++state) {
        for (const Actor actor : {Actor::kDelivering, Actor::kAddressee, Actor::kOther}) {
          Check(expected, static_cast<DossierState>(state), actor, late);
          ++cases;
        }
      }
    }
  }
  EXPECT_EQ(cases, 2 * 11 * 11 * 3);
}

TEST(Course, ARecallBringsADossierBackFromTheAddresseeAndFromNowhereElse) {
  for (int number = 0; number <= static_cast<int>(kWithdrawn); ++number) {
    const auto state = static_cast<DossierState>(number);
    const bool there = state == kSent || state == kAccepted || state == kProcessed;
    EXPECT_EQ(Next(RowIn(state).dossier, Event::kRecall, Actor::kOther).ok(), there) << Name(state);
  }
}

TEST(Course, AnInstitutionThatSendsToItselfIsWhicheverTheEventAsksFor) {
  Dossier dossier = RowIn(kSent).dossier;
  dossier.receiving = dossier.delivering;
  EXPECT_EQ(ActorFor(dossier, Event::kAccept, dossier.delivering), Actor::kAddressee);
  EXPECT_EQ(ActorFor(dossier, Event::kWithdraw, dossier.delivering), Actor::kDelivering);
}

TEST(Course, AConflictSaysWhereItStandsAndWhatWasNeeded) {
  const auto next = Next(RowIn(kBInProgress).dossier, Event::kSend, Actor::kDelivering);
  const auto detail = errors::DetailOf(next.status());
  ASSERT_TRUE(detail.has_value());
  EXPECT_EQ(detail->metadata.at("state"), "B_IN_PROGRESS");
  EXPECT_EQ(detail->metadata.at("needed"), "AGREED");
}

TEST(Course, EnteringAStateNotesWhenAndStayingInOneDoesNot) {
  Dossier dossier = RowIn(kSent).dossier;
  const absl::Time sent = dossier.state_times.at(kSent);
  Enter(dossier, kSent, sent + absl::Hours(5));
  EXPECT_EQ(dossier.state_times.at(kSent), sent);
  Enter(dossier, kAccepted, sent + absl::Hours(6));
  EXPECT_EQ(dossier.state_times.at(kAccepted), sent + absl::Hours(6));
}

}  // namespace
}  // namespace vsv::dossiers
