#include "libs/pg/transaction.h"

#include "libs/errors/errors.h"
#include "libs/pg/connection.h"
#include "libs/pg/pool.h"
#include "libs/pg/sqlstate.h"
#include "libs/testing/eventually.h"
#include "libs/testing/pg_database.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace vsv::pg {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using vsv::testing::Eventually;
using vsv::testing::HasReason;
using vsv::testing::IsOk;
using vsv::testing::StatusIs;

constexpr Statement kInsert{"tests.insert", "INSERT INTO accounts (id, amount) VALUES ($1, $2)"};
constexpr Statement kAdd{"tests.add", "UPDATE accounts SET amount = amount + $2 WHERE id = $1"};
constexpr Statement kSum{"tests.sum", "SELECT sum(amount)::bigint AS total FROM accounts"};
constexpr Statement kSleep{"tests.sleep", "SELECT 1 AS one FROM pg_sleep($1)"};
constexpr Statement kKillMe{"tests.kill_me",
                            "SELECT pg_terminate_backend(pg_backend_pid()) AS done"};
constexpr Statement kVisible{"tests.visible", "SELECT count(*) AS n FROM secrets"};
constexpr Statement kBadCast{"tests.bad_cast", "SELECT $1::text::int AS n"};

class InTransaction : public ::testing::Test {
 protected:
  void SetUp() override {
    database_->Superuser(R"sql(
      CREATE TABLE accounts (id text NOT NULL, amount bigint NOT NULL,
        CONSTRAINT accounts_pkey PRIMARY KEY (id), CONSTRAINT accounts_amount_check CHECK (amount >= 0));
      CREATE TABLE secrets (organisation_id text NOT NULL);
      ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
      ALTER TABLE secrets FORCE ROW LEVEL SECURITY;
      CREATE POLICY secrets_app ON secrets TO vsv_pgtest_app USING
        (organisation_id = ANY (string_to_array(nullif(current_setting('vsv.callers', true), ''), ',')));
      INSERT INTO secrets VALUES ('a'), ('b'), ('c');
      GRANT ALL ON accounts, secrets TO vsv_pgtest_app)sql");
  }

  static absl::Time In(absl::Duration time) { return absl::Now() + time; }

  absl::Status Run(const std::function<absl::Status(Transaction&)>& body,
                   Mode mode = Mode::kReadWrite, absl::Duration time = absl::Seconds(10)) {
    return RunInTransaction(database_->app(), mode, In(time), {}, body);
  }

  // So that what follows has its time for itself.
  void Connect() {
    VSV_EXPECT_OK(Run([](Transaction&) { return absl::OkStatus(); }));
  }

  int64_t Total() {
    return std::stoll("0" + database_->Superuser("SELECT sum(amount) FROM accounts")[0]);
  }

  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::Empty("pgtest", {});
};

absl::Status Insert(Transaction& tx, const std::string& id, int64_t amount) {
  return tx.Execute(kInsert, Params().Text(id).Int(amount)).status();
}

TEST_F(InTransaction, CommitsWhenTheBodyIsOk) {
  VSV_ASSERT_OK(Run([](Transaction& tx) { return Insert(tx, "a", 5); }));
  EXPECT_EQ(Total(), 5);
}

TEST_F(InTransaction, RollsBackAndReturnsTheBodysStatus) {
  const absl::Status status = Run([](Transaction& tx) {
    const absl::Status inserted = Insert(tx, "a", 5);
    return inserted.ok() ? errors::StateConflict("not now") : inserted;
  });
  EXPECT_THAT(status, HasReason("STATE_CONFLICT"));
  EXPECT_EQ(Total(), 0);
}

TEST_F(InTransaction, ABodyThatIgnoresAFailedStatementDoesNotCommit) {
  const absl::Status status = Run([](Transaction& tx) {
    EXPECT_THAT(Insert(tx, "a", 5), IsOk());
    EXPECT_FALSE(Insert(tx, "a", 6).ok());
    return absl::OkStatus();
  });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal));
  EXPECT_EQ(Total(), 0);
}

TEST_F(InTransaction, ViolationsNameTheConstraintAndNeverTheRow) {
  VSV_ASSERT_OK(Run([](Transaction& tx) { return Insert(tx, "secret-value", 5); }));
  const absl::Status twice = Run([](Transaction& tx) { return Insert(tx, "secret-value", 5); });
  EXPECT_EQ(ConstraintOf(twice), "accounts_pkey");
  EXPECT_THAT(twice.ToString(), Not(HasSubstr("secret-value")));
  const absl::Status negative = Run([](Transaction& tx) { return Insert(tx, "other", -1); });
  EXPECT_EQ(ConstraintOf(negative), "accounts_amount_check");
  const absl::Status cast = Run(
      [](Transaction& tx) { return tx.Execute(kBadCast, Params().Text("secret-value")).status(); });
  EXPECT_THAT(cast, StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(cast.ToString(), Not(HasSubstr("secret-value")));
}

TEST_F(InTransaction, AFailingRowUnderASavepointLeavesItsNeighbours) {
  VSV_ASSERT_OK(Run([](Transaction& tx) {
    EXPECT_THAT(tx.Savepoint([&] { return Insert(tx, "a", 1); }), IsOk());
    EXPECT_FALSE(tx.Savepoint([&] { return Insert(tx, "a", 2); }).ok());
    return tx.Savepoint([&] { return Insert(tx, "b", 3); });
  }));
  EXPECT_EQ(Total(), 4);
}

TEST_F(InTransaction, ReadOnlyRefusesToWrite) {
  EXPECT_THAT(Run([](Transaction& tx) { return Insert(tx, "a", 5); }, Mode::kReadOnly),
              StatusIs(absl::StatusCode::kInternal));
}

TEST_F(InTransaction, TheRowContextIsTheTransactionsAlone) {
  int64_t seen = -1;
  const auto count = [&seen](Transaction& tx) -> absl::Status {
    auto rows = tx.Execute(kVisible);
    if (!rows.ok()) return rows.status();
    seen = (*rows)[0].Int("n");
    return absl::OkStatus();
  };
  Pool one({database_->app_url(), 1, "one", nullptr, nullptr});
  VSV_ASSERT_OK(RunInTransaction(one, Mode::kReadOnly, In(absl::Seconds(5)), {{"a", "c"}}, count));
  EXPECT_EQ(seen, 2);
  // The same connection again, without context: nothing is visible, nothing fails.
  VSV_ASSERT_OK(RunInTransaction(one, Mode::kReadOnly, In(absl::Seconds(5)), {}, count));
  EXPECT_EQ(seen, 0);
  EXPECT_THAT(RunInTransaction(one, Mode::kReadOnly, In(absl::Seconds(5)), {{"a,b"}}, count),
              StatusIs(absl::StatusCode::kInternal));
}

TEST_F(InTransaction, IsCancelledAtItsDeadlineOnTheServerToo) {
  Connect();
  const absl::Time start = absl::Now();
  const absl::Status status =
      Run([](Transaction& tx) { return tx.Execute(kSleep, Params().Double(30)).status(); },
          Mode::kReadWrite, absl::Seconds(1));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_LT(absl::Now() - start, absl::Seconds(20));
  EXPECT_EQ(database_->Superuser(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
                "state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()")[0],
            "0");
}

TEST_F(InTransaction, AnEarlierDeadlineThatASavepointCaughtStillEndsIt) {
  Connect();
  const absl::Status status = Run(
      [](Transaction& tx) {
        EXPECT_THAT(Insert(tx, "a", 1), IsOk());
        (void)tx.Savepoint([&] { return tx.Execute(kSleep, Params().Double(30)).status(); });
        return absl::OkStatus();
      },
      Mode::kReadWrite, absl::Seconds(2));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_EQ(Total(), 0);
}

TEST_F(InTransaction, ConcurrentSerializableTransactionsAreRunAgainUntilAllAreDone) {
  VSV_ASSERT_OK(Run([](Transaction& tx) { return Insert(tx, "a", 0); }));
  std::atomic<int> bodies{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 10; ++n) {
        EXPECT_THAT(Run(
                        [&](Transaction& tx) -> absl::Status {
                          ++bodies;
                          auto rows = tx.Execute(kSum);
                          if (!rows.ok()) return rows.status();
                          return tx.Execute(kAdd, Params().Text("a").Int(1)).status();
                        },
                        Mode::kSerializable, absl::Seconds(60)),
                    IsOk());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Total(), 60);
  EXPECT_GT(bodies.load(), 60) << "no conflict was met: the test shows nothing";
}

TEST_F(InTransaction, AConflictThatLastsIsReportedAtTheDeadline) {
  Connect();
  int bodies = 0;
  const absl::Status status = Run(
      [&](Transaction&) {
        ++bodies;
        return errors::TransactionConflict();
      },
      Mode::kReadWrite, absl::Seconds(2));
  EXPECT_THAT(status, HasReason("TRANSACTION_CONFLICT"));
  EXPECT_GT(bodies, 2);
}

TEST_F(InTransaction, AConnectionLostInTheBodyIsUnavailableAndReplaced) {
  EXPECT_THAT(Run([](Transaction& tx) { return tx.Execute(kKillMe).status(); }),
              HasReason("DATABASE_UNAVAILABLE"));
  VSV_EXPECT_OK(Run([](Transaction& tx) { return Insert(tx, "a", 1); }));
}

TEST_F(InTransaction, ConnectionsThatDiedInThePoolAreReplacedUnseen) {
  VSV_ASSERT_OK(Run([](Transaction& tx) { return Insert(tx, "a", 1); }));
  database_->Superuser(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test-app' "
      "AND "
      "datname = current_database()");
  EXPECT_TRUE(Eventually([this] {
    return database_->Superuser(
               "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test-app' AND "
               "datname = current_database()")[0] == "0";
  }));
  VSV_EXPECT_OK(Run([](Transaction& tx) { return Insert(tx, "b", 1); }));
}

TEST_F(InTransaction, ALostAnswerToCommitLeavesTheOutcomeUnknown) {
  // A deferred trigger holds the COMMIT long enough for its backend to be killed in the middle of
  // it.
  database_->Superuser(R"sql(
    CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(20); RETURN NULL; END';
    CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON accounts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dawdle())sql");
  std::thread killer([this] {
    while (
        database_->Superuser(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query = 'COMMIT' "
            "AND state = 'active' AND datname = current_database()")[0] == "0") {
      absl::SleepFor(absl::Milliseconds(10));
    }
  });
  const absl::Status status = Run([](Transaction& tx) { return Insert(tx, "a", 1); });
  killer.join();
  EXPECT_THAT(status, HasReason("OUTCOME_UNKNOWN"));
}

// Deadlines of 0 to 2 ms strike before, during and after the preparation of a statement.
TEST_F(InTransaction, ADeadlineAtAnyMomentLeavesAUsableStatement) {
  Pool one({database_->app_url(), 1, "one", nullptr, nullptr});
  std::vector<std::string> names;
  for (int i = 0; i < 100; ++i) names.push_back(absl::StrCat("tests.moment_", i));
  for (size_t i = 0; i < names.size(); ++i) {
    const Statement statement{names[i].c_str(), "SELECT count(*) AS n FROM accounts"};
    const auto read = [&](Transaction& tx) { return tx.Execute(statement).status(); };
    (void)RunInTransaction(one, Mode::kReadOnly,
                           In(absl::Microseconds(20 * static_cast<int64_t>(i))), {}, read);
    VSV_ASSERT_OK(RunInTransaction(one, Mode::kReadOnly, In(absl::Seconds(5)), {}, read));
  }
}

TEST_F(InTransaction, AMigrationUnderAPreparedStatementIsNotSeenByTheCaller) {
  constexpr Statement kAll{"tests.all", "TABLE accounts"};
  Pool one({database_->app_url(), 1, "one", nullptr, nullptr});
  const auto read = [&](Transaction& tx) { return tx.Execute(kAll).status(); };
  VSV_ASSERT_OK(RunInTransaction(one, Mode::kReadOnly, In(absl::Seconds(5)), {}, read));
  database_->Superuser("ALTER TABLE accounts ADD COLUMN note text");
  VSV_EXPECT_OK(RunInTransaction(one, Mode::kReadOnly, In(absl::Seconds(5)), {}, read));
}

}  // namespace
}  // namespace vsv::pg
