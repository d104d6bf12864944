// Many callers at once on PostgreSQL: they share transactions, and nothing else.
#include "libs/testing/status_matchers.h"
#include "services/dossiers/storage/coalescing_dossier_store.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>

namespace vsv::dossiers {
namespace {

using ::testing::ElementsAre;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;
using ::vsv::testing::StatusIs;

constexpr int kCallers = 32;
constexpr char kMethod[] = "/test/Coalesced";

// Holds a lock on all dossiers, so that who comes waits.
class LockedTable {
 public:
  explicit LockedTable(TestWorld& world) : pool_({.url = world.db().owner_url()}) {
    thread_ = std::thread([this] {
      VSV_EXPECT_OK(pg::RunInTransaction(
          pool_, pg::Mode::kReadWrite, absl::Now() + absl::Seconds(60), {},
          [this](pg::Transaction& tx) {
            const absl::Status locked =
                tx.Execute({"test.lock", "LOCK TABLE dossiers IN ACCESS EXCLUSIVE MODE"}).status();
            locked_.Notify();
            release_.WaitForNotification();
            return locked;
          }));
    });
    locked_.WaitForNotification();
  }

  ~LockedTable() {
    release_.Notify();
    thread_.join();
  }

 private:
  pg::Pool pool_;
  absl::Notification locked_;
  absl::Notification release_;
  std::thread thread_;
};

// A change that holds the lock on its dossier until it is told to end.
class SlowChange {
 public:
  SlowChange(TestWorld& world, MutateCommand command) {
    command.decide = [this, decide = command.decide](const DossierRow& row) {
      deciding_.Notify();
      release_.WaitForNotification();
      return decide(row);
    };
    thread_ = std::thread([&world, command = std::move(command)] {
      VSV_EXPECT_OK(world.store().Mutate({command}).front());
    });
    deciding_.WaitForNotification();
  }

  ~SlowChange() { End(); }

  void End() {
    if (!thread_.joinable()) return;
    release_.Notify();
    thread_.join();
  }

 private:
  absl::Notification deciding_;
  absl::Notification release_;
  std::thread thread_;
};

// One call among many: of the dossier's own school, or of another, for which it does not exist.
struct Caller {
  Asker asker;
  DossierId id;
  bool own;
};

class CoalescingPgTest : public ::testing::Test {
 protected:
  CoalescingPgTest() {
    std::vector<CreateCommand> commands;
    for (int i = 0; i < kCallers; ++i) {
      commands.push_back(world_.CreateCommandFor(absl::StrCat(999900000 + i), SchoolOf(i)));
    }
    for (const absl::StatusOr<DossierRow>& made : world_.store().Create(commands)) {
      VSV_EXPECT_OK(made);
      if (made.ok()) made_.push_back(made->dossier);
    }
  }

  static const char* SchoolOf(int i) { return i % 2 == 0 ? "school" : "other-school"; }

  Caller CallerOf(int i) const {
    const bool own = i % 4 != 3;
    Caller caller{world_.As(SchoolOf(own ? i : i + 1)), made_[static_cast<size_t>(i)].id, own};
    caller.asker.method = kMethod;
    caller.asker.deadline = caller.asker.now + absl::Seconds(60);
    return caller;
  }

  // As many days later as the caller's number.
  MutateCommand MutationOf(int i) const {
    const Caller caller = CallerOf(i);
    return world_.Mutation(caller.asker, caller.id, [i](const DossierRow& row) {
      DossierChange change;
      change.dossier = row.dossier;
      change.dossier.due_on += i;
      change.operation = "TEST";
      return absl::StatusOr<DossierChange>(change);
    });
  }

  pg::CoalescerOptions Coalescing() {
    pg::CoalescerOptions options;
    options.longest = absl::Seconds(60);
    options.on_batch = [this](int size) {
      const std::lock_guard<std::mutex> lock(mutex_);
      sizes_.push_back(size);
    };
    return options;
  }

  // Each caller on a thread of its own; `call(i)` for 0..31. The first is in a batch before the
  // others come, and all of them wait before it can end.
  template <typename Call>
  void AllWaitForTheFirst(Call call) {
    std::vector<std::thread> threads;
    {
      const LockedTable locked(world_);
      threads.emplace_back([&] { call(0); });
      while (sizes().empty()) std::this_thread::yield();
      for (int i = 1; i < kCallers; ++i) threads.emplace_back([&, i] { call(i); });
      const absl::Time latest = absl::Now() + absl::Seconds(30);
      while (store_.waiting() < kCallers - 1 && absl::Now() < latest) std::this_thread::yield();
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_THAT(sizes(), ElementsAre(1, kCallers - 1));
    EXPECT_THAT(Transactions(), ElementsAre("2"));
  }

  // Transactions that have left audit rows of the calls.
  std::vector<std::string> Transactions() {
    return world_.db().Superuser(absl::StrCat(
        "SELECT count(DISTINCT xmin::text) FROM audit_entries WHERE method = '", kMethod, "'"));
  }

  void ExpectOwn(int i, const absl::StatusOr<DossierRow>& verdict) {
    const Caller caller = CallerOf(i);
    if (!caller.own) {
      EXPECT_THAT(verdict, HasReason("DOSSIER_NOT_FOUND")) << i;
      return;
    }
    ASSERT_THAT(verdict, IsOk()) << i;
    EXPECT_EQ(verdict->dossier.id, caller.id);
    EXPECT_EQ(verdict->dossier.delivering, caller.asker.organisation);
  }

  std::vector<int> sizes() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return sizes_;
  }

  TestWorld world_;
  base::SystemClock clock_;
  std::vector<Dossier> made_;
  std::mutex mutex_;
  std::vector<int> sizes_;
  CoalescingDossierStore store_{world_.store(),
                                world_.store(),
                                clock_,
                                {.create = Coalescing(),
                                 .get = Coalescing(),
                                 .mutate = Coalescing(),
                                 .take_back = Coalescing()}};
};

TEST_F(CoalescingPgTest, ReadersThatWaitShareATransactionAndEachSeesItsOwn) {
  AllWaitForTheFirst([this](int i) {
    const Caller caller = CallerOf(i);
    ExpectOwn(i, store_.Get({GetCommand{caller.asker, world_.region, caller.id}}).front());
  });
}

TEST_F(CoalescingPgTest, WhoLeavesBeforeItsBatchHasDoneNothing) {
  MutateCommand command = MutationOf(0);
  command.asker.cancelled = [] { return true; };
  EXPECT_EQ(store_.Mutate({command}).front().status().code(), absl::StatusCode::kCancelled);
  EXPECT_THAT(Transactions(), ElementsAre("0")) << "not even asked for";
  command.asker.cancelled = [] { return false; };
  EXPECT_THAT(store_.Mutate({command}).front(), IsOk());
}

TEST_F(CoalescingPgTest, WritersThatWaitShareATransactionAndEachDecidesItsOwn) {
  AllWaitForTheFirst([this](int i) {
    const absl::StatusOr<DossierRow> verdict = store_.Mutate({MutationOf(i)}).front();
    ExpectOwn(i, verdict);
    if (!verdict.ok()) return;
    EXPECT_EQ(verdict->dossier.due_on, made_[static_cast<size_t>(i)].due_on + i);
  });
  for (int i = 0; i < kCallers; ++i) {
    const auto stored = world_.Get(world_.As(SchoolOf(i)), made_[static_cast<size_t>(i)].id);
    ASSERT_THAT(stored, IsOk());
    EXPECT_EQ(stored->dossier.version, CallerOf(i).own ? 2 : 1) << i;
  }
}

// A batch of changes is in the middle of it, and others wait for the next.
TEST_F(CoalescingPgTest, WhatTakesSomethingBackWaitsBehindNothingThatDoesNot) {
  absl::Notification begun;
  absl::Notification release;
  MutateCommand slow = MutationOf(0);
  slow.decide = [&, decide = slow.decide](const DossierRow& row) {
    begun.Notify();
    release.WaitForNotification();
    return decide(row);
  };
  std::thread first([&] { EXPECT_THAT(store_.Mutate({slow}).front(), IsOk()); });
  begun.WaitForNotification();
  std::thread second([&] { EXPECT_THAT(store_.Mutate({MutationOf(1)}).front(), IsOk()); });
  while (store_.waiting() == 0) std::this_thread::yield();

  MutateCommand urgent = MutationOf(2);
  urgent.asker.urgent = true;
  urgent.asker.deadline = absl::Now() + absl::Seconds(5);
  EXPECT_THAT(store_.Mutate({urgent}).front(), IsOk());
  EXPECT_EQ(store_.waiting(), 1) << "the other waits still";
  release.Notify();
  first.join();
  second.join();
}

TEST_F(CoalescingPgTest, BatchesFormUnderLoadOfThemselves) {
  constexpr int kRounds = 8;
  std::vector<std::thread> threads;
  for (int i = 0; i < kCallers; ++i) {
    threads.emplace_back([this, i] {
      const Caller caller = CallerOf(i);
      for (int round = 0; round < kRounds; ++round) {
        ExpectOwn(i, store_.Mutate({MutationOf(i)}).front());
        ExpectOwn(i, store_.Get({GetCommand{caller.asker, world_.region, caller.id}}).front());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  constexpr int kCalls = kCallers * kRounds * 2;
  const std::vector<int> all = sizes();
  EXPECT_EQ(std::accumulate(all.begin(), all.end(), 0), kCalls);
  EXPECT_LT(static_cast<int>(all.size()), kCalls / 4) << "fewer than four in a batch";
}

// Connections are lost again and again; each caller repeats until it is acknowledged, and what is
// acknowledged is there at once and once.
TEST_F(CoalescingPgTest, AcknowledgedIsDoneOnceForEachCallerAlthoughConnectionsAreLost) {
  constexpr int kRounds = 8;
  std::atomic<int> acknowledged = 0;
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kCallers; i += 2) {
    threads.emplace_back([&, i] {
      const Asker asker = CallerOf(i).asker;
      const DossierId& id = made_[static_cast<size_t>(i)].id;
      for (int version = 2; version < 2 + kRounds; ++version) {
        const MutateCommand command = MutationOf(i);
        absl::StatusOr<DossierRow> verdict = store_.Mutate({command}).front();
        while (!verdict.ok() && absl::Now() < asker.deadline) {
          ++failed;
          verdict = store_.Mutate({command}).front();
        }
        ASSERT_THAT(verdict, IsOk());
        EXPECT_EQ(verdict->dossier.version, version);
        absl::StatusOr<DossierRow> stored = world_.Get(asker, id);
        while (!stored.ok() && absl::Now() < asker.deadline) stored = world_.Get(asker, id);
        ASSERT_THAT(stored, IsOk());
        EXPECT_EQ(stored->dossier.version, version);
        ++acknowledged;
      }
    });
  }
  constexpr int kAll = kCallers / 2 * kRounds;
  for (int wave = 1; wave <= 4; ++wave) {
    const absl::Time latest = absl::Now() + absl::Seconds(30);
    while (acknowledged < kAll * wave / 5 && absl::Now() < latest) std::this_thread::yield();
    world_.db().Superuser(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND usename LIKE '%_app'");
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(acknowledged, kAll);
  RecordProperty("failed", failed);
}

// Transactions of a store of its own that begin with `statement`.
class CountedStore {
 public:
  CountedStore(TestWorld& world, const char* statement)
      : statement_(statement),
        pool_({.url = world.db().app_url(),
               .on_statement =
                   [this](const char* name, absl::Duration, absl::StatusCode) {
                     if (absl::string_view(name) == statement_) ++transactions_;
                   }}),
        store_(pool_, world.keys(), clock_, {}) {}

  PgDossierStore& store() { return store_; }

  int transactions() const { return transactions_; }

 private:
  base::SystemClock clock_;
  const std::string statement_;
  std::atomic<int> transactions_ = 0;
  pg::Pool pool_;
  PgDossierStore store_;
};

// Of 32 one is bad: 1 + 2 log2(32), and no more.
constexpr int kTransactionsAroundOne = 11;

TEST_F(CoalescingPgTest, ABadMutationIsFoundByHalvingAndTheOthersAreDone) {
  CountedStore counted(world_, "dossiers.lock_dossiers");
  std::vector<MutateCommand> commands;
  for (int i = 0; i < kCallers; ++i) {
    commands.push_back(MutationOf(i));
    commands.back().asker = world_.As(SchoolOf(i));
  }
  commands[20].decide = [](const DossierRow& row) {
    DossierChange change;
    change.dossier = row.dossier;
    change.operation = "TEST";
    change.view = PersonView();  // without an id: the database refuses it
    return absl::StatusOr<DossierChange>(change);
  };
  const auto verdicts = counted.store().Mutate(commands);
  for (int i = 0; i < kCallers; ++i) {
    EXPECT_EQ(verdicts[static_cast<size_t>(i)].ok(), i != 20) << i;
  }
  EXPECT_THAT(verdicts[20], StatusIs(absl::StatusCode::kInternal));
  EXPECT_LE(counted.transactions(), kTransactionsAroundOne);
}

TEST_F(CoalescingPgTest, ABadNewDossierIsFoundByHalvingAndTheOthersAreMade) {
  CountedStore counted(world_, "dossiers.insert_dossiers");
  std::vector<CreateCommand> commands;
  for (int i = 0; i < kCallers; ++i) {
    commands.push_back(world_.CreateCommandFor(absl::StrCat(999901000 + i), SchoolOf(i)));
  }
  commands[7].sections.push_back(commands[7].sections.front());  // twice
  const auto verdicts = counted.store().Create(commands);
  for (int i = 0; i < kCallers; ++i) {
    EXPECT_EQ(verdicts[static_cast<size_t>(i)].ok(), i != 7) << i;
  }
  EXPECT_LE(counted.transactions(), kTransactionsAroundOne);
}

TEST_F(CoalescingPgTest, ADossierThatCannotBeReadFailsItsReaderAlone) {
  CountedStore counted(world_, "dossiers.get_dossiers");
  world_.db().Superuser(
      absl::StrCat("UPDATE pupils SET pgn_sealed = 'no seal of ours' WHERE id = '",
                   made_[9].pupil.value(), "'; SELECT 1"));
  std::vector<GetCommand> commands;
  for (int i = 0; i < kCallers; ++i) {
    commands.push_back({world_.As(SchoolOf(i)), world_.region, made_[static_cast<size_t>(i)].id});
  }
  const auto verdicts = counted.store().Get(commands);
  for (int i = 0; i < kCallers; ++i) {
    EXPECT_EQ(verdicts[static_cast<size_t>(i)].ok(), i != 9) << i;
  }
  EXPECT_LE(counted.transactions(), kTransactionsAroundOne);
}

TEST_F(CoalescingPgTest, WhoAsksTwiceInABatchIsAnsweredTwiceByOneTransaction) {
  CountedStore counted(world_, "dossiers.get_dossiers");
  const DossierId id = world_.Sent("999902000").dossier.id;
  const GetCommand command{world_.As("mbo"), world_.region, id};
  const auto verdicts = counted.store().Get({command, command});
  EXPECT_THAT(verdicts[0], IsOk());
  EXPECT_THAT(verdicts[1], IsOk());
  EXPECT_EQ(counted.transactions(), 1);
}

// Somebody else (another instance, a batch of another kind) is changing a dossier meanwhile.
TEST_F(CoalescingPgTest, ABusyDossierHoldsUpItsOwnWriterAlone) {
  SlowChange slow(world_, MutationOf(0));
  PgDossierStore together(world_.db().app(), world_.keys(), clock_, {.waits_for_rows = false});
  CoalescingDossierStore store(together, world_.store(), clock_,
                               {Coalescing(), Coalescing(), Coalescing()});
  std::atomic<int> others{0};
  std::atomic<bool> held_up{true};
  std::vector<std::thread> threads;
  for (int i = 0; i < kCallers; ++i) {
    threads.emplace_back([&, i] {
      const absl::StatusOr<DossierRow> verdict = store.Mutate({MutationOf(i)}).front();
      EXPECT_EQ(verdict.ok(), CallerOf(i).own) << i << ": " << verdict.status();
      if (i == 0) {
        held_up = false;
      } else {
        ++others;
      }
    });
  }
  const absl::Time latest = absl::Now() + absl::Seconds(30);
  while (others < kCallers - 1 && absl::Now() < latest) absl::SleepFor(absl::Milliseconds(5));
  EXPECT_EQ(others, kCallers - 1);
  EXPECT_TRUE(held_up);
  slow.End();
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(held_up);
}

// A first receipt needs the dossier to stand still. The others of a batch, and whoever takes
// something back, do not wait for it.
TEST_F(CoalescingPgTest, ABusyDossierHoldsUpItsOwnFirstReaderAlone) {
  SlowChange slow(world_, MutationOf(0));
  PgDossierStore together(world_.db().app(), world_.keys(), clock_, {.waits_for_rows = false});
  std::vector<GetCommand> reads;
  for (const int i : {0, 2}) {
    reads.push_back({world_.As("town", Purpose::kRmc), world_.region, made_[i].id});
  }
  const auto verdicts = together.Get(reads);
  EXPECT_THAT(verdicts[0], HasReason("TRANSACTION_CONFLICT"));
  VSV_EXPECT_OK(verdicts[1]);
  world_.Sequence();
  ChangesCommand follow{world_.As("town", Purpose::kRmc), {{world_.region, 0}}, {}};
  follow.asker.deadline = absl::Now() + absl::Milliseconds(300);
  EXPECT_FALSE(world_.changes().Changes(follow).ok());
  EXPECT_FALSE(world_.SomebodyWaits());
  slow.End();
  // Who was sent away has nothing of it, and who comes alone waits.
  EXPECT_THAT(world_.db().Superuser(absl::StrCat(
                  "SELECT count(*) FROM holdings WHERE dossier_id = '", made_[0].id.value(), "'")),
              ElementsAre("0"));
  VSV_EXPECT_OK(world_.store().Get({reads[0]}).front());
  follow.asker.deadline = absl::Now() + absl::Seconds(30);
  VSV_EXPECT_OK(world_.changes().Changes(follow));
}

// A page that gives something for the first time holds its dossiers still, in the order of their
// ids. While it waits for the last of them, the others can be changed.
TEST_F(CoalescingPgTest, APageWaitsForABusyDossierNoLongerThanOthersCanWaitForIt) {
  std::vector<int> own;
  for (int i = 0; i < kCallers; ++i) {
    if (CallerOf(i).own) own.push_back(i);
  }
  std::sort(own.begin(), own.end(),
            [this](int a, int b) { return CallerOf(a).id.value() < CallerOf(b).id.value(); });
  SlowChange slow(world_, MutationOf(own.back()));
  ListCommand page{world_.As("town", Purpose::kRmc), world_.region, {}, std::nullopt, {}};
  page.asker.deadline = absl::Now() + absl::Seconds(60);
  std::thread reader([&] { VSV_EXPECT_OK(world_.store().List(page)); });
  const absl::Time latest = absl::Now() + absl::Seconds(30);
  while (!world_.SomebodyWaits() && absl::Now() < latest) std::this_thread::yield();
  MutateCommand change = MutationOf(own.front());
  change.asker.deadline = absl::Now() + absl::Seconds(15);
  VSV_EXPECT_OK(world_.store().Mutate({change}).front());
  slow.End();
  reader.join();
}

}  // namespace
}  // namespace vsv::dossiers
