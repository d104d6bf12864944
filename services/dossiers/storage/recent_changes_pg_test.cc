#include "services/dossiers/storage/recent_changes.h"

#include "libs/base/clock.h"
#include "libs/testing/eventually.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/storage/struck_stores.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace vsv::dossiers {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::vsv::testing::Eventually;

class RecentChangesTest : public ::testing::Test {
 protected:
  RecentChangesTest() : recent_(world_.db().worker(), clock_, /*kept_per_region=*/20) {}

  Positions At(int64_t position) const { return {{world_.region, position}}; }

  void Read() {
    world_.Sequence();
    VSV_ASSERT_OK(recent_.Read(absl::Now() + absl::Seconds(10)));
  }

  // Dossiers that may concern an organisation behind a position.
  std::set<std::string> Concerning(absl::string_view organisation, int64_t after = 0) {
    const std::optional<ChangesFound> found =
        recent_.Find(At(after), OrganisationId(std::string(organisation)), 100);
    EXPECT_TRUE(found.has_value());
    std::set<std::string> dossiers;
    if (!found.has_value()) return dossiers;
    for (const feed::FeedEntry& entry : found->entries) dossiers.insert(entry.resource_id);
    return dossiers;
  }

  TestWorld world_;
  base::SystemClock clock_;
  RecentChanges recent_;
};

TEST_F(RecentChangesTest, AChangeConcernsWhoStandsInARelationServesTheResidenceOrHoldsSomething) {
  recent_.KeepFrom(At(0));
  const DossierId id = world_.Create("999900001").dossier.id;
  Read();
  for (const char* organisation : {"school", "town", "rmc", "attendance"}) {
    EXPECT_THAT(Concerning(organisation), SizeIs(1)) << organisation;
  }
  for (const char* organisation : {"other-school", "mbo", "far-town", "far-rmc", "care"}) {
    EXPECT_THAT(Concerning(organisation), IsEmpty()) << organisation;
  }
  world_.Apply(id, "mbo");
  world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  Read();
  EXPECT_THAT(Concerning("mbo"), SizeIs(1));
  EXPECT_THAT(Concerning("care"), SizeIs(1));
  EXPECT_THAT(Concerning("other-mbo"), IsEmpty());
}

TEST_F(RecentChangesTest, AHolderIsConcernedAlthoughItsRelationHasEnded) {
  const DossierId id = world_.Sent("999900001").dossier.id;
  VSV_ASSERT_OK(world_.Get(world_.As("mbo"), id));
  world_.db().Superuser(
      "UPDATE dossier_parties SET to_at = now() WHERE organisation_id = 'mbo'; "
      "SELECT 1");
  recent_.KeepFrom(At(0));
  Read();
  EXPECT_THAT(Concerning("mbo"), SizeIs(1));
}

TEST_F(RecentChangesTest, WhatWasLookedUpIsNotBelievedOnceTheRegisterHasChanged) {
  recent_.KeepFrom(At(0));
  world_.Create("999900001");
  Read();
  EXPECT_THAT(Concerning("far-town"), IsEmpty());
  world_.db().Superuser("UPDATE projection_cursors SET cursor = 'further'; SELECT 1");
  Read();
  EXPECT_THAT(Concerning("far-town"), SizeIs(1)) << "the judgement decides";
  const DossierId later = world_.Create("999900002").dossier.id;
  Read();
  EXPECT_FALSE(Concerning("far-town").contains(later.value()));
}

TEST_F(RecentChangesTest, KeepsOnlySoMuchAndSaysWhatItDoesNotCover) {
  EXPECT_FALSE(recent_.Covers(At(0))) << "nobody has asked for the region";
  recent_.KeepFrom(At(0));
  EXPECT_TRUE(recent_.Covers(At(0)));
  EXPECT_FALSE(recent_.Covers({{world_.region, 0}, {RegionId("19"), 0}}));
  for (int i = 10; i < 40; ++i) world_.Create(absl::StrCat("9999001", i));
  Read();
  EXPECT_FALSE(recent_.Covers(At(0)));
  EXPECT_EQ(recent_.Find(At(0), OrganisationId("town"), 10), std::nullopt);
  VSV_ASSERT_OK_AND_ASSIGN(const Positions heads,
                           world_.changes().Heads({world_.region}, absl::Now() + absl::Seconds(5)));
  EXPECT_TRUE(recent_.Covers(heads));
  const int64_t beyond = heads.at(world_.region) + 1;
  EXPECT_FALSE(recent_.Covers(At(beyond)));
}

TEST_F(RecentChangesTest, ALimitStopsBeforeWhatIsLeftOut) {
  recent_.KeepFrom(At(0));
  for (int i = 1; i < 6; ++i) world_.Create(absl::StrCat("99990000", i));
  Read();
  std::set<std::string> seen;
  Positions at = At(0);
  int rounds = 0;
  for (bool more = true; more; ++rounds) {
    const std::optional<ChangesFound> found = recent_.Find(at, OrganisationId("town"), 2);
    ASSERT_TRUE(found.has_value());
    for (const feed::FeedEntry& entry : found->entries) {
      EXPECT_TRUE(seen.insert(entry.resource_id).second) << "told twice";
    }
    EXPECT_EQ(found->current_as_of.has_value(), !found->more);
    at = found->positions;
    more = found->more;
  }
  EXPECT_THAT(seen, SizeIs(5));
  EXPECT_EQ(rounds, 3);
}

// What many subscribers get of the shared end of the feed, at the same time and batched, is what
// each gets who reads for itself.
TEST_F(RecentChangesTest, ManySubscribersAtOnceEndWithWhatEachIsShown) {
  const std::vector<std::string> subscribers = {"town", "rmc", "school", "mbo", "far-town"};
  const Positions start = At(0);
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int i = 10; i < 30; ++i) {
      const DossierId id = world_.Create(absl::StrCat("9999003", i)).dossier.id;
      if (i % 3 == 0) world_.Apply(id, "mbo");
      world_.Sequence();
    }
    done = true;
  });
  std::vector<std::map<DossierId, int64_t>> held(subscribers.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < subscribers.size(); ++i) {
    threads.emplace_back([&, i] {
      Positions at = start;
      for (bool last = false; !last;) {
        last = done;
        for (bool more = true; more;) {
          const absl::StatusOr<DossierChanges> batch = world_.changes().Changes(
              {world_.As(subscribers[i], Purpose::kTransition), at, {.rows = 3}});
          VSV_ASSERT_OK(batch);
          for (const DossierChangeRow& change : batch->changes) {
            if (const auto* row = std::get_if<DossierRow>(&change.change)) {
              held[i][row->dossier.id] = row->dossier.version;
            }
          }
          EXPECT_FALSE(batch->epoch.empty());
          at = batch->positions;
          more = batch->more;
        }
      }
    });
  }
  writer.join();
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 0; i < subscribers.size(); ++i) {
    VSV_ASSERT_OK_AND_ASSIGN(
        const Page<DossierRow> shown,
        world_.store().List(
            {world_.As(subscribers[i]), world_.region, {}, std::nullopt, {.rows = 200}}));
    EXPECT_EQ(held[i].size(), shown.rows.size()) << subscribers[i];
    for (const DossierRow& row : shown.rows) {
      EXPECT_EQ(held[i][row.dossier.id], row.dossier.version) << subscribers[i];
    }
  }
}

// Its receipt is not there yet when the withdrawal is looked up for somebody else; so the
// withdrawal waits for it.
TEST_F(RecentChangesTest, WhoTakesASnapshotMeanwhileIsToldOfAWithdrawal) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const ConsentId consent = world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  world_.Sequence();
  const absl::Time soon = absl::Now() + absl::Seconds(20);
  StruckChangeStore* shared = nullptr;
  Positions town;
  const auto town_follows = [&] {
    VSV_ASSERT_OK_AND_ASSIGN(const DossierChanges read,
                             (*shared)->Changes({world_.As("town", Purpose::kRmc), town, {}}));
    town = read.positions;
  };
  std::thread withdraw;
  std::atomic<bool> withdrawn{false};
  const auto strike = [&](const char* name, absl::Duration, absl::StatusCode) {
    if (withdraw.joinable() || absl::string_view(name) != "dossiers.put_holdings") return;
    withdraw = std::thread([&] {
      VSV_EXPECT_OK(world_.Withdraw(id, consent));
      withdrawn = true;
    });
    EXPECT_TRUE(Eventually([&] { return withdrawn || world_.SomebodyWaits(); }));
    world_.Sequence();
    town_follows();
  };
  StruckChangeStore changes(world_, strike);
  shared = &changes;
  VSV_ASSERT_OK_AND_ASSIGN(town, changes->Heads({world_.region}, soon));
  town_follows();
  VSV_ASSERT_OK_AND_ASSIGN(const Positions before, changes->Heads({world_.region}, soon));
  VSV_ASSERT_OK_AND_ASSIGN(
      const Page<DossierRow> snapshot,
      changes->Snapshot({world_.As("care", Purpose::kSupport), world_.region, std::nullopt, {}}));
  withdraw.join();
  ASSERT_THAT(snapshot.rows, SizeIs(1));
  world_.Sequence();
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChanges tail,
                           changes->Changes({world_.As("care", Purpose::kSupport), before, {}}));
  ASSERT_THAT(tail.changes, SizeIs(1));
  EXPECT_TRUE(std::holds_alternative<Tombstone>(tail.changes.front().change));
}

TEST_F(RecentChangesTest, WhatWasTakenBackMeanwhileIsNotHandedOut) {
  const DossierId id = world_.Create("999900001").dossier.id;
  const ConsentId consent = world_.GiveConsent(id, "care", Category::kSupport, Purpose::kSupport);
  const DossierId sent = world_.Sent("999900006").dossier.id;
  const ConsentId care_consent =
      world_.GiveConsent(sent, "mbo", Category::kExtraCare, Purpose::kTransition);
  int reads = 0;
  std::function<void()> meanwhile;
  const auto strike = [&](const char* name, absl::Duration, absl::StatusCode) {
    if (absl::string_view(name) == "dossiers.get_dossiers" && ++reads == 1) meanwhile();
  };
  StruckStore store(world_, strike);
  const GetCommand by_care{world_.As("care", Purpose::kSupport), world_.region, id};
  const auto read = [&](const GetCommand& command) {
    reads = 0;
    return store->Get({command}).front();
  };
  // What takes nothing back keeps nobody from reading.
  meanwhile = [&] { world_.Apply(id, "mbo"); };
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow row, read(by_care));
  EXPECT_EQ(row.dossier.version, 2);
  EXPECT_EQ(reads, 1);
  world_.db().Superuser("DELETE FROM holdings; SELECT 1");
  meanwhile = [&] { VSV_EXPECT_OK(world_.Withdraw(id, consent)); };
  EXPECT_THAT(read(by_care), testing::HasReason("DOSSIER_NOT_FOUND"));
  EXPECT_EQ(reads, 2);
  // Of what is left the wall between shows the dossier as before.
  meanwhile = [&] { VSV_EXPECT_OK(world_.Withdraw(sent, care_consent)); };
  VSV_ASSERT_OK_AND_ASSIGN(const DossierRow left, read({world_.As("mbo"), world_.region, sent}));
  EXPECT_FALSE(left.granted.Contains(Category::kExtraCare));
  EXPECT_TRUE(left.granted.Contains(Category::kProcess));
  EXPECT_EQ(reads, 2);
}

}  // namespace
}  // namespace vsv::dossiers
