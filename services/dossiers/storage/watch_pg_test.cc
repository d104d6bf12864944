// Following the dossiers: nothing lost, nothing kept, nothing foreign.
#include "libs/base/clock.h"
#include "libs/base/local_date.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/related_rules.h"
#include "services/dossiers/storage/basis_sweeper.h"
#include "services/dossiers/storage/subscriber.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Watch : public ::testing::Test {
 protected:
  std::vector<DossierChangeRow> Next(Subscriber& subscriber) {
    world_.Sequence();
    return subscriber.Follow();
  }

  int64_t Sweep() {
    const base::SystemClock clock;
    BasisSweeper sweeper(world_.db().worker(), clock, {.chunk = 2});
    const absl::StatusOr<int64_t> told = sweeper.RunOnce(absl::Now() + absl::Seconds(10));
    EXPECT_THAT(told, testing::IsOk());
    return told.value_or(-1);
  }

  // The one application of mbo, as it lists it.
  ApplicationId ListedApplication() {
    const absl::StatusOr<Page<ApplicationRow>> applications = world_.related().ListApplications(
        {world_.As("mbo"), world_.region, std::nullopt, std::nullopt, {}, {}});
    EXPECT_THAT(applications, testing::IsOk());
    if (!applications.ok() || applications->rows.size() != 1) return ApplicationId();
    return applications->rows.front().application.id;
  }

  TestWorld world_;
};

TEST_F(Watch, GivesWhatIsGrantedAndSkipsWhatIsNot) {
  const DossierId id = world_.Create("999900001").dossier.id;
  world_.Create("999900002", "other-school");
  Subscriber town(world_, "town", Purpose::kRmc);
  EXPECT_THAT(Next(town), SizeIs(1));
  ASSERT_THAT(town.held, SizeIs(1));
  EXPECT_EQ(town.held[id], CategorySet({Category::kProcess, Category::kAdministrative}));
  EXPECT_THAT(Next(town), IsEmpty());
}

TEST_F(Watch, AWithdrawnConsentIsFollowedByATombstoneForWhatWasHeldOnItAlone) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const ConsentId consent = world_.GiveConsent(id, "town", Category::kExtraCare, Purpose::kRmc);
  Subscriber town(world_, "town", Purpose::kRmc);
  Next(town);
  EXPECT_TRUE(town.held[id].Contains(Category::kExtraCare));
  const Positions before = town.positions;
  VSV_ASSERT_OK(world_.Withdraw(id, consent));
  const std::vector<Tombstone> gone = Tombstones(Next(town));
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(gone[0].categories, CategorySet({Category::kExtraCare}));
  EXPECT_EQ(gone[0].reason, RecallReason::kConsentWithdrawn);
  EXPECT_EQ(town.held[id], CategorySet({Category::kProcess, Category::kAdministrative}));
  // The answer was lost on its way: whoever comes back with the older cursor is told again.
  town.positions = before;
  EXPECT_THAT(Tombstones(Next(town)), SizeIs(1));
  EXPECT_THAT(Next(town), IsEmpty());
  EXPECT_EQ(world_.db()
                .Superuser("SELECT count(*) FROM holdings WHERE category = 'EXTRA_CARE' AND "
                           "basis = 'CONSENT' AND recalled_at IS NOT NULL")
                .front(),
            "1")
      << "the receipt is kept";
}

TEST_F(Watch, NothingOfASnapshotIsGivenWithoutReceiptsAndAuditEntry) {
  world_.Create("999900001");
  const auto snapshot = [this] {
    return world_.changes().Snapshot(
        {world_.As("town", Purpose::kRmc), world_.region, std::nullopt, {.rows = 7}});
  };
  for (const char* table : {"holdings", "audit_entries", "audit_entry_subjects"}) {
    world_.db().Superuser(absl::StrCat(
        "ALTER TABLE ", table, " ADD CONSTRAINT closed CHECK (region_id IS NULL) NOT VALID"));
    EXPECT_FALSE(snapshot().ok()) << table;
    world_.db().Superuser(absl::StrCat("ALTER TABLE ", table, " DROP CONSTRAINT closed"));
  }
  VSV_ASSERT_OK_AND_ASSIGN(const Page<DossierRow> given, snapshot());
  EXPECT_THAT(given.rows, SizeIs(1));
}

// Receipts that are there are left as they are; one that was recalled is none.
TEST_F(Watch, WhatASnapshotGivesAgainAfterARecallIsRecalledAgain) {
  const DossierId id = world_.Create("999900001").dossier.id;
  ConsentId consent = world_.GiveConsent(id, "town", Category::kExtraCare, Purpose::kRmc);
  Subscriber town(world_, "town", Purpose::kRmc);
  for (int i = 0; i < 2; ++i) {
    world_.Sequence();
    town.Snapshot();
    EXPECT_TRUE(town.held[id].Contains(Category::kExtraCare));
    VSV_ASSERT_OK(world_.Withdraw(id, consent));
    EXPECT_THAT(Tombstones(Next(town)), SizeIs(1));
    EXPECT_FALSE(town.held[id].Contains(Category::kExtraCare));
    consent = world_.GiveConsent(id, "town", Category::kExtraCare, Purpose::kRmc);
  }
}

TEST_F(Watch, WhatIsHeldOnLawIsKeptWhenAConsentForItIsWithdrawn) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  const ConsentId consent = world_.GiveConsent(id, "mbo", Category::kSupport, Purpose::kTransition);
  Subscriber mbo(world_, "mbo", Purpose::kTransition);
  Next(mbo);
  VSV_ASSERT_OK(world_.Withdraw(id, consent));
  EXPECT_THAT(Tombstones(Next(mbo)), IsEmpty());
  EXPECT_TRUE(mbo.held[id].Contains(Category::kSupport));
}

TEST_F(Watch, WhatWasGotByReadingIsRecalledToo) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  const ConsentId consent =
      world_.GiveConsent(id, "mbo", Category::kExtraCare, Purpose::kTransition);
  VSV_ASSERT_OK(world_.Get(world_.As("mbo"), id));
  VSV_ASSERT_OK(world_.Withdraw(id, consent));
  Subscriber mbo(world_, "mbo", Purpose::kTransition);
  // At least once: it stands at the beginning, and every change up to the withdrawal tells it.
  EXPECT_THAT(Tombstones(Next(mbo)), Not(IsEmpty()));
  EXPECT_FALSE(mbo.held[id].Contains(Category::kExtraCare));
}

TEST_F(Watch, NoEnrolmentTakesTheWholeDossierBackAlthoughNothingIsVisible) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  Subscriber mbo(world_, "mbo", Purpose::kTransition);
  Next(mbo);
  ASSERT_THAT(mbo.held, SizeIs(1));
  const Asker asker = world_.As("mbo");
  const ApplicationId application = ListedApplication();
  MutateCommand close = world_.Mutation(asker, id, [&](const DossierRow& row) {
    return CloseApplication(row, asker, application, ApplicationState::kNoEnrolment);
  });
  close.target.application = application;
  VSV_ASSERT_OK(world_.store().Mutate({close}).front());
  const std::vector<Tombstone> gone = Tombstones(Next(mbo));
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(gone[0].categories, kAllCategories);
  EXPECT_EQ(gone[0].reason, RecallReason::kNoEnrolment);
  EXPECT_THAT(mbo.held, IsEmpty());
  // What happens to the dossier afterwards is not the mbo's to know.
  world_.Apply(id, "other-mbo");
  EXPECT_THAT(Next(mbo), IsEmpty());
}

TEST_F(Watch, WhoLostADossierIsToldNeitherWhatOthersAreGrantedOfItNorOfItsErasure) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const ConsentId consent = world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  Subscriber care(world_, "care", Purpose::kSupport);
  Subscriber town(world_, "town", Purpose::kRmc);
  ASSERT_THAT(Next(care), SizeIs(1));
  ASSERT_THAT(Next(town), SizeIs(1));
  const Positions before = care.positions;
  VSV_ASSERT_OK(world_.Withdraw(id, consent));
  ASSERT_THAT(Tombstones(Next(care)), SizeIs(1));
  Next(town);
  // Nobody writes any more, and the town is told of an end at the version in which care was.
  world_.EndAgreements();
  EXPECT_EQ(Sweep(), 1);
  EXPECT_THAT(Tombstones(Next(town)), SizeIs(1));
  EXPECT_THAT(Next(care), IsEmpty());
  VSV_ASSERT_OK(world_.Erase(id));
  EXPECT_THAT(Next(care), IsEmpty());
  // With a cursor of before it is told what it was told then.
  care.positions = before;
  const std::vector<Tombstone> again = Tombstones(Next(care));
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].reason, RecallReason::kConsentWithdrawn);
}

TEST_F(Watch, AnErasedDossierIsFollowedByATombstoneForWhoeverHeldIt) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  Subscriber school(world_, "school", Purpose::kTransition);
  Subscriber mbo(world_, "mbo", Purpose::kTransition);
  Subscriber town(world_, "town", Purpose::kRmc);
  for (Subscriber* subscriber : {&school, &mbo, &town}) {
    Next(*subscriber);
    ASSERT_THAT(subscriber->held, SizeIs(1));
  }
  const Positions before = mbo.positions;
  VSV_ASSERT_OK(world_.Erase(id));
  for (Subscriber* subscriber : {&school, &mbo, &town}) {
    const std::vector<DossierChangeRow> changes = Next(*subscriber);
    ASSERT_THAT(changes, SizeIs(1));
    const std::vector<Tombstone> gone = Tombstones(changes);
    ASSERT_THAT(gone, SizeIs(1));
    EXPECT_EQ(gone[0].dossier, id);
    EXPECT_EQ(gone[0].categories, kAllCategories);
    EXPECT_EQ(gone[0].reason, RecallReason::kErased);
    EXPECT_THAT(subscriber->held, IsEmpty());
    EXPECT_THAT(Next(*subscriber), IsEmpty());
  }
  // Whoever comes back with an older cursor is told again, and so is who missed it all this time.
  mbo.positions = before;
  EXPECT_THAT(Tombstones(Next(mbo)), SizeIs(1));
  Subscriber second(world_, "town", Purpose::kRmc);
  EXPECT_THAT(Tombstones(Next(second)), Not(IsEmpty()));
  // Who never had it learns nothing of it.
  for (const char* stranger : {"other-mbo", "other-school", "rmc", "care"}) {
    Subscriber other(world_, stranger, Purpose::kRmc);
    EXPECT_THAT(Next(other), IsEmpty()) << stranger;
    Subscriber fresh(world_, stranger, Purpose::kTransition);
    fresh.Snapshot();
    EXPECT_THAT(fresh.held, IsEmpty());
    EXPECT_THAT(Next(fresh), IsEmpty()) << stranger;
  }
  EXPECT_EQ(Sweep(), 0);
}

TEST_F(Watch, WhoHoldsAnApplicationOrAConsentAloneIsToldOfTheErasure) {
  const DossierId id = world_.ReadyToSend("999900001").dossier.id;
  world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  Subscriber mbo(world_, "mbo", Purpose::kTransition);
  Subscriber care(world_, "care", Purpose::kSupport);
  EXPECT_THAT(Next(mbo), IsEmpty());
  care.positions = mbo.positions;
  ASSERT_FALSE(ListedApplication().value().empty());
  VSV_ASSERT_OK(world_.Erase(id));
  for (Subscriber* subscriber : {&mbo, &care}) {
    const std::vector<Tombstone> gone = Tombstones(Next(*subscriber));
    ASSERT_THAT(gone, SizeIs(1));
    EXPECT_EQ(gone[0].reason, RecallReason::kErased);
    EXPECT_THAT(Next(*subscriber), IsEmpty());
  }
}

TEST_F(Watch, WhoReadTheApplicationsOrConsentsAloneIsToldWhenItMayNoMore) {
  for (const bool erased : {false, true}) {
    const DossierId id = world_.ReadyToSend(erased ? "999900001" : "999900002").dossier.id;
    world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
    Subscriber town(world_, "town", Purpose::kRmc);
    Subscriber care(world_, "care", Purpose::kSupport);
    world_.Sequence();
    VSV_ASSERT_OK_AND_ASSIGN(
        town.positions, world_.changes().Heads({world_.region}, absl::Now() + absl::Seconds(10)));
    care.positions = town.positions;
    const auto listed = world_.related().ListApplications(
        {world_.As("town", Purpose::kRmc), world_.region, id, std::nullopt, {}, {}});
    VSV_ASSERT_OK(listed);
    ASSERT_THAT(listed->rows, SizeIs(1));
    const auto consents =
        world_.related().ListConsents({world_.As("care", Purpose::kSupport), world_.region, id});
    VSV_ASSERT_OK(consents);
    ASSERT_THAT(*consents, SizeIs(1));
    if (erased) {
      VSV_ASSERT_OK(world_.Erase(id));
    } else {
      world_.EndAgreements();
      VSV_ASSERT_OK(world_.Withdraw(id, consents->front().consent.id));
      EXPECT_EQ(Sweep(), 1);
    }
    for (Subscriber* subscriber : {&town, &care}) {
      const std::vector<Tombstone> gone = Tombstones(Next(*subscriber));
      ASSERT_THAT(gone, SizeIs(1));
      EXPECT_EQ(gone[0].dossier, id);
    }
    world_.RenewAgreements();
  }
}

TEST_F(Watch, WhoseConsentHasNotBegunIsNotToldOfTheErasure) {
  const DossierId id = world_.Create("999900001").dossier.id;
  world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  world_.PostponeConsents();
  Subscriber care(world_, "care", Purpose::kSupport);
  VSV_ASSERT_OK(world_.Erase(id));
  EXPECT_THAT(Next(care), IsEmpty());
}

TEST_F(Watch, WhoDecidesOnAnApplicationIsNotToldToGiveUpWhatItNeverGot) {
  const DossierId id = world_.ReadyToSend("999900001").dossier.id;
  Subscriber mbo(world_, "mbo", Purpose::kTransition);
  const Asker asker = world_.As("mbo");
  const ApplicationId application = ListedApplication();
  MutateCommand offer = world_.Mutation(
      asker, id, [&](const DossierRow& row) { return OfferPlace(row, asker, application); });
  offer.target.application = application;
  VSV_ASSERT_OK(world_.store().Mutate({offer}).front());
  EXPECT_THAT(Next(mbo), IsEmpty());
}

TEST_F(Watch, TheSweepGoesOnPastReceiptsOfWhatIsGone) {
  for (int i = 1; i < 6; ++i) world_.Create(absl::StrCat("99990000", i));
  Subscriber town(world_, "town", Purpose::kRmc);
  Next(town);
  VSV_ASSERT_OK(world_.Erase(town.held.begin()->first));
  // As it would be had nobody noted that the erasure told them.
  world_.db().Superuser("UPDATE holdings SET ended_noted_at = NULL; SELECT 1");
  world_.EndAgreements();
  EXPECT_EQ(Sweep(), 4);
}

TEST_F(Watch, AnAgreementThatEndsIsToldWithoutAWriteAndOnce) {
  const DossierId id = world_.Create("999900001").dossier.id;
  for (int i = 2; i < 6; ++i) world_.Create(absl::StrCat("99990000", i));
  Subscriber town(world_, "town", Purpose::kRmc);
  Next(town);
  EXPECT_EQ(Sweep(), 0);
  world_.EndAgreements();
  EXPECT_EQ(Sweep(), 5);
  EXPECT_EQ(Sweep(), 0);
  const std::vector<Tombstone> gone = Tombstones(Next(town));
  ASSERT_THAT(gone, SizeIs(5));
  EXPECT_EQ(gone[0].reason, RecallReason::kBasisEnded);
  EXPECT_THAT(town.held, IsEmpty());
  // A new agreement, a new delivery, and an end that is told again.
  world_.RenewAgreements();
  VSV_ASSERT_OK(world_.Get(world_.As("town", Purpose::kRmc), id));
  world_.EndAgreements();
  EXPECT_EQ(Sweep(), 1);
  EXPECT_THAT(Tombstones(Next(town)), SizeIs(1));
}

TEST_F(Watch, AConsentThatBeginsLaterIsToldWhenItBeginsAndOnce) {
  const DossierId id = world_.Create("999900001").dossier.id;
  world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  world_.PostponeConsents();
  Subscriber care(world_, "care", Purpose::kSupport);
  EXPECT_EQ(Sweep(), 0);
  EXPECT_THAT(Next(care), IsEmpty());
  // The next day.
  world_.db().Superuser(
      "UPDATE consents SET valid_from = valid_from - 1, recorded_at = recorded_at - interval '1 "
      "day'; SELECT 1");
  EXPECT_EQ(Sweep(), 1);
  EXPECT_THAT(Next(care), SizeIs(1));
  EXPECT_THAT(care.held, SizeIs(1));
  EXPECT_EQ(Sweep(), 0);
}

// Another process, or a batch that waits, may still judge by the day before.
TEST_F(Watch, AConsentThatBeginsIsToldAgainWhenNobodyJudgesByTheDayBefore) {
  const DossierId id = world_.Create("999900001").dossier.id;
  world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  world_.PostponeConsents();
  const absl::Time midnight = base::StartOfLocalDay(base::LocalDay(absl::Now()) + 1);
  const auto told_at = [&](absl::Duration since) {
    const base::FakeClock clock(midnight + since);
    BasisSweeper sweeper(world_.db().worker(), clock, {});
    return sweeper.RunOnce(absl::Now() + absl::Seconds(10)).value_or(-1);
  };
  EXPECT_EQ(told_at(-absl::Seconds(1)), 0);
  EXPECT_EQ(told_at(absl::Seconds(1)), 1);
  EXPECT_EQ(told_at(absl::Seconds(100)), 0);
  EXPECT_EQ(told_at(absl::Seconds(125)), 1);
  EXPECT_EQ(told_at(absl::Hours(1)), 0);
}

// What is judged by a register of which nobody knows how old it is would be told wrongly; that it
// was not judged may not count as a pass.
TEST_F(Watch, ASweepByAStaleRegisterIsNoneAndIsMadeUpFor) {
  world_.Create("999900001");
  Subscriber town(world_, "town", Purpose::kRmc);
  Next(town);
  world_.EndAgreements();
  const base::SystemClock clock;
  BasisSweeper sweeper(world_.db().worker(), clock, {});
  for (const absl::Duration age : {absl::Minutes(1), -absl::Minutes(1)}) {
    world_.SetRegisterAge(age);
    EXPECT_THAT(sweeper.RunOnce(absl::Now() + absl::Seconds(10)),
                testing::HasReason("PROJECTION_STALE"))
        << age;
  }
  world_.SetRegisterAge(absl::ZeroDuration());
  EXPECT_EQ(Sweep(), 1);
}

TEST_F(Watch, AStoppedSweeperDoesNotGoOnWithItsPass) {
  const base::SystemClock clock;
  BasisSweeper sweeper(world_.db().worker(), clock, {.interval = absl::Hours(1)});
  sweeper.Start();
  sweeper.Stop();
  EXPECT_THAT(sweeper.RunOnce(absl::Now() + absl::Seconds(10)),
              vsv::testing::StatusIs(absl::StatusCode::kCancelled));
}

TEST_F(Watch, SnapshotAndTailLeaveNoGapUnderConcurrentWrites) {
  for (int i = 0; i < 12; ++i) world_.Create(absl::StrCat("9999001", 10 + i));
  world_.Sequence();
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int i = 0; i < 20; ++i) {
      const DossierId id = world_.Create(absl::StrCat("9999002", 10 + i)).dossier.id;
      if (i % 3 == 0) world_.Apply(id, "mbo");
    }
    done = true;
  });
  std::thread sequencer([&] {
    while (!done) world_.Sequence();
  });
  Subscriber town(world_, "town", Purpose::kRmc);
  town.Snapshot();
  while (!done) town.Follow();
  writer.join();
  sequencer.join();
  Next(town);
  VSV_ASSERT_OK_AND_ASSIGN(
      const Page<DossierRow> all,
      world_.store().List(
          {world_.As("town", Purpose::kRmc), world_.region, {}, std::nullopt, {.rows = 200}}));
  ASSERT_THAT(all.rows, SizeIs(32));
  EXPECT_EQ(town.versions.size(), all.rows.size());
  for (const DossierRow& row : all.rows)
    EXPECT_EQ(town.versions[row.dossier.id], row.dossier.version);
}

}  // namespace
}  // namespace vsv::dossiers
