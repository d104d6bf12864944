#include "libs/audit/sealer.h"

#include "libs/audit/leaf.h"
#include "libs/audit/statements.h"
#include "libs/audit/testing_trail.h"

#include "absl/random/random.h"
#include "gmock/gmock.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace vsv::audit {
namespace {

using ::testing::HasSubstr;
using vsv::testing::HasReason;
using vsv::testing::IsOk;

constexpr pg::Statement kDawdle{"tests.dawdle", "SELECT 1 AS one FROM pg_sleep($1)"};

class SealerTest : public TrailTest {
 protected:
  std::vector<std::string> EntryIds() {
    return database_->Superuser("SELECT id FROM audit_entries ORDER BY id");
  }

  // Every committed entry is exactly one leaf, and the last checkpoint signs the tree over what the
  // entries say.
  void ExpectEveryEntryOneLeaf() {
    std::vector<std::string> leaves = Leaves();
    std::sort(leaves.begin(), leaves.end());
    EXPECT_EQ(leaves, EntryIds());
    Frontier tree;
    for (const std::string& digests : database_->Superuser(
             "SELECT encode(substr(s.digests, 64 * (n::int - 1) + 1, 64), 'hex') FROM "
             "audit_segments s, generate_series(1, cardinality(s.entry_ids)) AS n "
             "ORDER BY s.first_leaf + n")) {
      tree.Append(LeafHash(*base::HexDecode(digests)));
    }
    const auto last = OutsideLast();
    ASSERT_TRUE(last.has_value());
    EXPECT_EQ(last->checkpoint.head.size, tree.size());
    EXPECT_EQ(last->checkpoint.head.root, tree.Root());
    EXPECT_TRUE(IsSignedBy(last->note, {TestKey().public_key()}));
  }

  std::optional<KeptCheckpoint> OutsideLast() const {
    return *CheckpointFile::In(outside_.path(), "dossiers")->Last();
  }

  absl::Status Check(const Sealer& sealer) {
    return InWorker([&](pg::Transaction& tx) { return sealer.Check(tx); });
  }

  Backlog Waiting() {
    Backlog backlog;
    EXPECT_THAT(InWorker([&](pg::Transaction& tx) -> absl::Status {
                  VSV_ASSIGN_OR_RETURN(backlog, MeasureBacklog(tx));
                  return absl::OkStatus();
                }),
                IsOk());
    return backlog;
  }

  // Writers that dawdle before they commit, some for long, and some that change their mind.
  void WriteFromManySides(int writers, int writes_each) {
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
      threads.emplace_back([this, writes_each] {
        pg::Pool pool({database_->app_url(), 1, "writer", nullptr, nullptr});
        absl::BitGen random;
        for (int n = 0; n < writes_each; ++n) {
          const bool aborts = absl::Bernoulli(random, 0.1);
          const double seconds = absl::Uniform(random, 0.0, n % 20 == 0 ? 0.2 : 0.006);
          const absl::Status status = pg::RunInTransaction(
              pool, pg::Mode::kReadWrite, Soon(), {}, [&](pg::Transaction& tx) -> absl::Status {
                VSV_RETURN_IF_ERROR(Append(tx, {Act("a", {"s"}), Act("b", {"s", "t"})}));
                VSV_RETURN_IF_ERROR(tx.Execute(kDawdle, pg::Params().Double(seconds)));
                return aborts ? absl::AbortedError("") : absl::OkStatus();
              });
          EXPECT_EQ(status.ok(), !aborts) << status;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

  // A sealer that never rests, in a thread, as its chores would.
  std::thread Sealing(pg::Pool& pool, const Sealer& sealer, std::atomic<bool>& until) {
    return std::thread([&pool, &sealer, &until] {
      while (!until) {
        for (const pg::Chore& chore : sealer.Chores()) {
          // Errors are what a killed backend looks like; nothing may be lost of it.
          (void)pg::RunInTransaction(pool, pg::Mode::kReadWrite, Soon(), {},
                                     [&](pg::Transaction& tx) { return chore.run(tx).status(); });
        }
      }
    });
  }
};

TEST_F(SealerTest, SealsWhatIsThereAndKeepsItOutside) {
  const Sealer sealer = OpenSealer();
  Write(5);
  EXPECT_EQ(Waiting().entries, 5);
  VSV_ASSERT_OK(SealAll(sealer));
  ExpectEveryEntryOneLeaf();
  EXPECT_EQ(Waiting().entries, 0);
  Write(3);
  VSV_ASSERT_OK(SealAll(sealer));
  ExpectEveryEntryOneLeaf();
  // The empty trail, and two portions.
  EXPECT_EQ(OutsideLast()->checkpoint.number, 3);
  EXPECT_EQ(OutsideLast()->checkpoint.head.size, 8);
  VSV_EXPECT_OK(Check(sealer));
}

TEST_F(SealerTest, DoesNothingWhenNothingWasWritten) {
  const Sealer sealer = OpenSealer();
  Write(1);
  for (int i = 0; i < 4; ++i) VSV_ASSERT_OK(SealAll(sealer));
  EXPECT_EQ(Number("SELECT count(*) FROM audit_checkpoints"), 2);
}

TEST_F(SealerTest, GoesPortionByPortionAndOnAfterARestart) {
  Write(10);
  for (int i = 0; i < 8; ++i) {
    const Sealer sealer = OpenSealer(3);
    VSV_ASSERT_OK(InWorker([&](pg::Transaction& tx) { return sealer.Seal(tx).status(); }));
    if (i == 2) Write(2, "meanwhile");
    VSV_ASSERT_OK(Keep(sealer));
  }
  ExpectEveryEntryOneLeaf();
  EXPECT_EQ(Number("SELECT count(*) FROM audit_segments"), 5);
}

TEST_F(SealerTest, AnEntryThatCommitsLateIsSealedThenAndHoldsUpNobody) {
  const Sealer sealer = OpenSealer();
  VSV_ASSERT_OK(SealAll(sealer));
  std::vector<std::string> early;
  VSV_ASSERT_OK(InApp([&](pg::Transaction& tx) -> absl::Status {
    VSV_RETURN_IF_ERROR(Append(tx, {Act("early, held open", {"s"})}));
    // Those that begin later commit and are sealed, again and again.
    for (int round = 1; round <= 3; ++round) {
      Write(4, absl::StrCat("round-", round, "-"));
      EXPECT_THAT(SealAll(sealer), IsOk());
      EXPECT_EQ(Leaves().size(), 4U * static_cast<size_t>(round));
      EXPECT_EQ(Waiting().entries, 0);
    }
    return absl::OkStatus();
  }));
  EXPECT_EQ(Waiting().entries, 1);
  VSV_ASSERT_OK(SealAll(sealer));
  ExpectEveryEntryOneLeaf();
  EXPECT_EQ(Value("SELECT method FROM audit_entries WHERE id = '" + Leaves().back() + "'"),
            "early, held open");
  Write(1);
  VSV_ASSERT_OK(SealAll(sealer));
  ExpectEveryEntryOneLeaf();
}

TEST_F(SealerTest, OfManyWritersAndTwoSealersEveryCommittedEntryIsOneLeaf) {
  pg::Pool other({database_->worker_url(), 2, "other-worker", nullptr, nullptr});
  const Sealer one = OpenSealer(7);
  const Sealer two = OpenSealer(5);
  std::atomic<bool> done{false};
  std::thread first = Sealing(database_->worker(), one, done);
  std::thread second = Sealing(other, two, done);
  WriteFromManySides(6, 40);
  done = true;
  first.join();
  second.join();
  VSV_ASSERT_OK(SealAll(one));
  ExpectEveryEntryOneLeaf();
  EXPECT_GT(Number("SELECT count(*) FROM audit_segments"), 10);
}

TEST_F(SealerTest, KilledAtAnyMomentItLosesAndDoublesNothing) {
  const Sealer sealer = OpenSealer(4);
  std::atomic<bool> done{false};
  std::atomic<int> killed{0};
  std::thread sealing = Sealing(database_->worker(), sealer, done);
  std::thread killer([&] {
    while (!done) {
      killed += std::stoi(Value(
          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = "
          "'test-worker' AND datname = current_database() AND state <> 'idle'"));
      absl::SleepFor(absl::Milliseconds(20));
    }
  });
  WriteFromManySides(4, 60);
  done = true;
  sealing.join();
  killer.join();
  VSV_ASSERT_OK(SealAll(sealer));
  ExpectEveryEntryOneLeaf();
  EXPECT_GT(killed.load(), 0) << "nothing was killed: the test shows nothing";
}

TEST_F(SealerTest, WhatIsCommittedAndNotYetOutsideIsKeptLater) {
  const Sealer sealer = OpenSealer();
  for (int i = 0; i < 3; ++i) {
    Write(1);
    VSV_ASSERT_OK(InWorker([&](pg::Transaction& tx) { return sealer.Seal(tx).status(); }));
  }
  EXPECT_FALSE(OutsideLast().has_value());
  VSV_EXPECT_OK(Check(sealer));
  VSV_ASSERT_OK(Keep(sealer));
  EXPECT_EQ(OutsideLast()->checkpoint.number, 3);
}

TEST_F(SealerTest, RefusesADatabaseThatIsOlderThanWhatIsKnownOutsideUntilATrailBegins) {
  const Sealer sealer = OpenSealer();
  Write(2);
  VSV_ASSERT_OK(SealAll(sealer));
  Remember();
  Write(3, "lost");
  VSV_ASSERT_OK(SealAll(sealer));
  const KeptCheckpoint lost = *OutsideLast();
  RollBack();
  EXPECT_THAT(Check(sealer), HasReason("AUDIT_TRAIL_STALE"));
  Write(1);
  EXPECT_THAT(SealAll(sealer), HasReason("AUDIT_TRAIL_STALE"));
  EXPECT_EQ(OutsideLast()->note, lost.note);

  VSV_ASSERT_OK(BeginTrail(sealer));
  const Checkpoint begun = OutsideLast()->checkpoint;
  EXPECT_EQ(begun.restored_after, lost.checkpoint.head);
  EXPECT_EQ(begun.head.size, 2);
  EXPECT_NE(begun.head.trail, lost.checkpoint.head.trail);
  VSV_EXPECT_OK(Check(sealer));
  VSV_ASSERT_OK(SealAll(sealer));
  ExpectEveryEntryOneLeaf();
}

TEST_F(SealerTest, ATrailThatBeganAndIsNotYetOutsideIsNoReasonToRefuse) {
  const Sealer sealer = OpenSealer();
  Write(2);
  VSV_ASSERT_OK(SealAll(sealer));
  Remember();
  Write(3, "lost");
  VSV_ASSERT_OK(SealAll(sealer));
  RollBack();
  for (int i = 0; i < 2; ++i) {
    VSV_ASSERT_OK(InWorker([&](pg::Transaction& tx) { return sealer.BeginTrail(tx); }));
    VSV_EXPECT_OK(Check(sealer));
  }
  VSV_ASSERT_OK(SealAll(sealer));
  VSV_EXPECT_OK(Check(sealer));
  EXPECT_EQ(OutsideLast()->checkpoint.number, 4);
}

TEST_F(SealerTest, RefusesATreeThatIsNotThatOfItsCheckpoint) {
  const Sealer sealer = OpenSealer();
  Write(3);
  VSV_ASSERT_OK(SealAll(sealer));
  database_->Superuser("UPDATE audit_trail SET peaks = sha256('x') || sha256('y')");
  Write(1);
  EXPECT_THAT(SealAll(sealer), HasReason("AUDIT_TRAIL_CHANGED"));
  EXPECT_THAT(Check(sealer), HasReason("AUDIT_TRAIL_CHANGED"));
}

TEST_F(SealerTest, RefusesACheckpointThatIsNotTheOneKnownOutside) {
  const Sealer sealer = OpenSealer();
  Write(3);
  VSV_ASSERT_OK(SealAll(sealer));
  database_->Superuser("UPDATE audit_checkpoints SET note = note || ' ' WHERE number = 2");
  EXPECT_THAT(Check(sealer), HasReason("AUDIT_TRAIL_CHANGED"));
}

TEST_F(SealerTest, EveryColumnOfAnEntryIsInItsLeaf) {
  const std::vector<std::string> columns = database_->Superuser(
      "SELECT column_name FROM information_schema.columns WHERE table_name = 'audit_entries'");
  EXPECT_THAT(columns,
              ::testing::UnorderedElementsAreArray(kEntryColumns.begin(), kEntryColumns.end()));
  EXPECT_THAT(database_->Superuser("SELECT column_name FROM information_schema.columns WHERE "
                                   "table_name = 'audit_entry_subjects'"),
              ::testing::UnorderedElementsAre("region_id", "entry_id", "subject_hash"));
}

TEST_F(SealerTest, TheWorkerReadsNoEntryAndNobodyChoosesItsTransaction) {
  Write(1);
  for (const char* table : {"audit_entries", "audit_entry_subjects"}) {
    EXPECT_EQ(Value(absl::StrCat("SELECT has_table_privilege('vsv_audittest_worker', '", table,
                                 "', 'SELECT')")),
              "f");
  }
  const pg::Statement forged{
      "tests.forged",
      "INSERT INTO audit_entries (region_id, id, recorded_at, method, resource_kind, "
      "organisation_id, acting_organisation_id, purpose, processing_activity, categories, outcome, "
      "trace_id, transaction_id) VALUES ('16', gen_random_uuid(), now(), 'm', 'k', 'o', 'o', 'p', "
      "'a', '{}', 'GRANTED', 't', 3)"};
  EXPECT_FALSE(InApp([&](pg::Transaction& tx) { return tx.Execute(forged).status(); }).ok());
  EXPECT_FALSE(InWorker([&](pg::Transaction& tx) { return tx.Execute(forged).status(); }).ok());
}

TEST_F(SealerTest, EveryStatementPrepares) {
  for (const pg::Statement* statement : sql::kAll) {
    EXPECT_EQ(Value(absl::StrCat("PREPARE p AS ", statement->sql,
                                 "; SELECT count(*) FROM pg_prepared_statements")),
              "1")
        << statement->name;
  }
}

class SealersKey : public TrailTest {
 protected:
  std::string WhyNot(const std::string& file) const {
    return std::string(
        Sealer::Open({.service = "dossiers", .key_file = file, .directory = outside_.path()})
            .status()
            .message());
  }
};

TEST_F(SealersKey, IsRefusedByNameWhenItIsNotAsItMustBe) {
  EXPECT_EQ(WhyNot(key_file_), "");
  EXPECT_THAT(WhyNot("/nowhere/key"), HasSubstr("'/nowhere/key' No such file"));
  EXPECT_THAT(WhyNot(directory_.Write("open", kPrivateKey, 0640)), HasSubstr("chmod 0600"));
  EXPECT_THAT(WhyNot(directory_.Write("empty", "")), HasSubstr("no private key of Ed25519"));
  EXPECT_THAT(WhyNot(directory_.Write("other", "-----BEGIN PRIVATE KEY-----\n")),
              HasSubstr("no private key of Ed25519"));
}

}  // namespace
}  // namespace vsv::audit
