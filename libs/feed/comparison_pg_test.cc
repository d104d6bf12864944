// The claim that the whole feed rests on, measured: readers that follow a database sequence lose
// rows, readers of the sequencer's positions lose none and reorder none. See docs/adr.
#include "libs/feed/testing_feed.h"

#include "absl/random/random.h"

#include <atomic>
#include <map>
#include <set>
#include <thread>

namespace vsv::feed {
namespace {

constexpr int kWriters = 8;
constexpr int kWritesEach = 150;
constexpr int kResources = 10;

constexpr pg::Statement kLock{
    "tests.lock",
    "UPDATE resources SET version = version + 1 WHERE id = $1 RETURNING version, region_id"};
constexpr pg::Statement kLogNaively{"tests.log_naively",
                                    "INSERT INTO naive_log (resource_id, version) VALUES ($1, $2)"};
constexpr pg::Statement kDawdle{"tests.dawdle", "SELECT 1 AS one FROM pg_sleep($1)"};
constexpr pg::Statement kReadNaively{
    "tests.read_naively",
    "SELECT id, resource_id, version FROM naive_log WHERE id > $1 ORDER BY id LIMIT 1000"};

using Seen = std::pair<std::string, int64_t>;  // resource, version

class FeedComparison : public FeedTest {
 protected:
  void SetUp() override {
    database_->Superuser(R"sql(
      CREATE TABLE resources (id text PRIMARY KEY, region_id text NOT NULL, version bigint NOT NULL DEFAULT 0);
      CREATE TABLE naive_log (id bigserial PRIMARY KEY, resource_id text NOT NULL, version bigint NOT NULL);
      INSERT INTO resources SELECT 'r' || n, CASE WHEN n % 2 = 0 THEN '16' ELSE '19' END FROM generate_series(0, 9) n;
      GRANT ALL ON resources, naive_log, naive_log_id_seq TO vsv_feedtest_app)sql");
  }

  // One change: lock the row, tell both feeds, dawdle, commit.
  absl::Status Write(pg::Pool& pool, absl::BitGen& random) {
    const std::string id = absl::StrCat("r", absl::Uniform(random, 0, kResources));
    return pg::RunInTransaction(
        pool, pg::Mode::kReadWrite, Soon(), {}, [&](pg::Transaction& tx) -> absl::Status {
          VSV_ASSIGN_OR_RETURN(const pg::Result row, tx.Execute(kLock, pg::Params().Text(id)));
          const int64_t version = row[0].Int("version");
          VSV_RETURN_IF_ERROR(tx.Execute(kLogNaively, pg::Params().Text(id).Int(version)));
          VSV_RETURN_IF_ERROR(AppendOutbox(tx, {{row[0].Text("region_id"), "THING", id, version}}));
          return tx.Execute(kDawdle, pg::Params().Double(absl::Uniform(random, 0.0, 0.006)))
              .status();
        });
  }

  void RunWriters() {
    std::vector<std::thread> threads;
    for (int i = 0; i < kWriters; ++i) {
      threads.emplace_back([this] {
        pg::Pool pool({database_->app_url(), 1, "writer", nullptr, nullptr});
        absl::BitGen random;
        for (int n = 0; n < kWritesEach; ++n)
          EXPECT_THAT(Write(pool, random), vsv::testing::IsOk());
      });
    }
    for (std::thread& thread : threads) thread.join();
    writing_ = false;
  }

  // Follows bigserial ids, as one would without thinking, until the writers are done and nothing
  // comes any more.
  void ReadNaively() {
    pg::Pool pool({database_->app_url(), 1, "naive", nullptr, nullptr});
    int64_t cursor = 0;
    for (bool last_look = false; true; last_look = !writing_) {
      int64_t rows_seen = 0;
      EXPECT_THAT(pg::RunInTransaction(
                      pool, pg::Mode::kReadOnly, Soon(), {},
                      [&](pg::Transaction& tx) -> absl::Status {
                        VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                                             tx.Execute(kReadNaively, pg::Params().Int(cursor)));
                        for (const pg::Row row : rows) {
                          naive_.emplace_back(row.Text("resource_id"), row.Int("version"));
                          cursor = row.Int("id");
                        }
                        rows_seen = rows.size();
                        return absl::OkStatus();
                      }),
                  vsv::testing::IsOk());
      if (last_look && rows_seen == 0) return;
    }
  }

  // Follows the feed, until the writers are done and a moment after that has been reached.
  void ReadOurs() {
    Positions positions = {{"16", 0}, {"19", 0}};
    std::optional<absl::Time> end;
    while (true) {
      absl::StatusOr<FeedBatch> batch = Read(positions, 40);
      ASSERT_THAT(batch, vsv::testing::IsOk());
      for (const FeedEntry& entry : batch->entries) {
        // Gapless: each region's next position is the last one and one.
        EXPECT_EQ(entry.position, ++positions[entry.region]);
        ours_.emplace_back(entry.resource_id, entry.version);
      }
      EXPECT_EQ(positions, batch->positions);
      if (!writing_ && !end.has_value()) end = absl::Now() + absl::Milliseconds(5);
      if (end.has_value() && batch->current_as_of.has_value() && *batch->current_as_of > *end)
        return;
    }
  }

  void Run() {
    std::thread naive([this] { ReadNaively(); });
    std::thread ours([this] { ReadOurs(); });
    RunWriters();
    naive.join();
    ours.join();
  }

  void ExpectNothingLostOrReordered() {
    EXPECT_EQ(ours_.size(), kWriters * kWritesEach);
    std::map<std::string, int64_t> last;
    for (const auto& [resource, version] : ours_) {
      EXPECT_EQ(version, last[resource] + 1) << resource;
      last[resource] = version;
    }
    EXPECT_EQ(database_->Superuser("SELECT count(*) FROM feed_outbox")[0], "0");
  }

  std::atomic<bool> writing_{true};
  std::vector<Seen> naive_;
  std::vector<Seen> ours_;
};

TEST_F(FeedComparison, AnIdCursorLosesRowsAndTheSequencerNone) {
  Sequencer sequencer(database_->worker(), {});
  sequencer.Start();
  Run();
  ExpectNothingLostOrReordered();
  const std::set<Seen> naive(naive_.begin(), naive_.end());
  const auto lost = kWriters * kWritesEach - static_cast<int64_t>(naive.size());
  RecordProperty("naive_lost", std::to_string(lost));
  EXPECT_GT(lost, 0)
      << "the naive reader lost nothing: the writers did not interleave and the test shows nothing";
}

TEST_F(FeedComparison, TwoSequencersAtOnceLoseAndReorderNothing) {
  pg::Pool other({database_->worker_url(), 2, "other-worker", nullptr, nullptr});
  Sequencer one(database_->worker(), {.poll_interval = absl::Milliseconds(2), .batch_rows = 7});
  Sequencer two(other, {.poll_interval = absl::Milliseconds(3), .batch_rows = 5});
  one.Start();
  two.Start();
  Run();
  ExpectNothingLostOrReordered();
}

TEST_F(FeedComparison, KillingTheSequencersBackendsLosesAndReordersNothing) {
  Sequencer sequencer(database_->worker(),
                      {.poll_interval = absl::Milliseconds(1), .batch_rows = 3});
  sequencer.Start();
  std::atomic<int> killed{0};
  std::thread killer([&] {
    while (writing_) {
      killed += std::stoi(
          database_->Superuser("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                               "WHERE application_name = 'test-worker' AND "
                               "datname = current_database() AND state <> 'idle'")[0]);
      absl::SleepFor(absl::Milliseconds(60));
    }
  });
  Run();
  killer.join();
  ExpectNothingLostOrReordered();
  EXPECT_GT(killed.load(), 0) << "nothing was killed: the test shows nothing";
}

}  // namespace
}  // namespace vsv::feed
