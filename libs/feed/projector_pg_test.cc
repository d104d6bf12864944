#include "libs/feed/projector.h"

#include "libs/errors/errors.h"
#include "libs/feed/testing_feed.h"
#include "libs/testing/eventually.h"

#include <deque>
#include <mutex>

namespace vsv::feed {
namespace {

constexpr pg::Statement kPut{"tests.put", "INSERT INTO copies (id) VALUES ($1)"};
constexpr pg::Statement kClear{"tests.clear", "DELETE FROM copies"};

// A feed of numbers 1..: the cursor is the last number. Streams end after `per_stream` messages.
class FakeSource : public ProjectionSource {
 public:
  absl::StatusOr<std::unique_ptr<ProjectionStream>> Open(const std::string& cursor) override {
    const std::lock_guard<std::mutex> lock(mutex);
    ++opened;
    if (!open_error.ok()) return std::exchange(open_error, absl::OkStatus());
    return std::make_unique<Stream>(*this, cursor.empty() ? 0 : std::stoi(cursor));
  }

  absl::Status Reset(pg::Transaction& tx) override { return tx.Execute(kClear).status(); }

  class Stream : public ProjectionStream {
   public:
    Stream(FakeSource& source, int last) : source_(source), last_(last), left_(source.per_stream) {}

    absl::StatusOr<ProjectionBatch> Next() override {
      if (left_-- == 0) return absl::UnavailableError("the stream broke");
      std::unique_lock<std::mutex> lock(source_.mutex);
      source_.waiting = last_ >= source_.head;
      while (last_ >= source_.head && !cancelled_) source_.changed.wait(lock);
      if (cancelled_) return absl::CancelledError();
      const int number = ++last_;
      ProjectionBatch batch;
      if (number % source_.per_step == 0) batch.cursor = absl::StrCat(number);
      if (number == source_.head) batch.current_as_of = source_.now;
      batch.apply = [this, number](pg::Transaction& tx) -> absl::Status {
        VSV_RETURN_IF_ERROR(tx.Execute(kPut, pg::Params().Int(number)));
        return number == source_.fails_once_at.exchange(0) ? absl::InternalError("once")
                                                           : absl::OkStatus();
      };
      return batch;
    }

    void Cancel() override {
      const std::lock_guard<std::mutex> lock(source_.mutex);
      cancelled_ = true;
      source_.changed.notify_all();
    }

   private:
    FakeSource& source_;
    int last_;
    int left_;
    bool cancelled_ = false;
  };

  std::mutex mutex;
  std::condition_variable changed;
  int head = 0;
  int per_stream = 1000;
  int per_step = 1;  // messages that belong together
  int opened = 0;
  bool waiting = false;  // of its streams, the last that was asked
  std::atomic<int> fails_once_at{0};
  absl::Status open_error;
  absl::Time now = absl::FromUnixSeconds(1'780'000'000);
};

class FeedProjector : public FeedTest {
 protected:
  void SetUp() override {
    database_->Superuser(
        "CREATE TABLE copies (id bigint PRIMARY KEY); GRANT ALL ON copies TO vsv_feedtest_worker");
  }

  ProjectorOptions Options() {
    ProjectorOptions options;
    options.source = "numbers";
    options.first_backoff = absl::Milliseconds(5);
    return options;
  }

  // Until the projection has caught up.
  void AwaitCurrent(const Projector& projector) {
    const absl::Time give_up = absl::Now() + absl::Seconds(20);
    while (projector.current_as_of() != source_.now && absl::Now() < give_up)
      absl::SleepFor(absl::Milliseconds(5));
    ASSERT_EQ(projector.current_as_of(), source_.now);
  }

  std::string Copies() {
    return database_->Superuser("SELECT count(*) || ':' || coalesce(sum(id), 0) FROM copies")[0];
  }

  FakeSource source_;
};

TEST_F(FeedProjector, AppliesEverythingOnceThoughStreamsBreakAndTransactionsFail) {
  source_.head = 50;
  source_.per_stream = 7;
  source_.fails_once_at = 23;
  Projector projector(database_->worker(), source_, Options());
  projector.Start();
  AwaitCurrent(projector);
  projector.Stop();
  EXPECT_EQ(Copies(),
            "50:1275");  // a number twice would have violated the primary key, a lost one the sum
  EXPECT_GE(source_.opened, 8);
  EXPECT_EQ(database_->Superuser("SELECT cursor FROM projection_cursors")[0], "50");
}

// What is of one moment is there as a whole or not at all: of two that follow, none applies a part
// of what it was told over a part of what the other was.
TEST_F(FeedProjector, AppliesWhatBelongsTogetherAtOnce) {
  source_.head = 50;
  source_.per_step = 10;
  source_.per_stream = 13;
  Projector projector(database_->worker(), source_, Options());
  projector.Start();
  AwaitCurrent(projector);
  projector.Stop();
  // A part that was applied when its stream broke would have come a second time.
  EXPECT_EQ(Copies(), "50:1275");
  EXPECT_EQ(source_.opened, 5);
}

TEST_F(FeedProjector, KeepsWhatItHasOfASourceThatHasNoBeginningAnyMore) {
  database_->Superuser("INSERT INTO copies VALUES (777)");
  source_.head = 3;
  source_.open_error = errors::CursorExpired("a test says so");
  Projector projector(database_->worker(), source_, Options());
  projector.Start();
  AwaitCurrent(projector);
  EXPECT_EQ(Copies(), "4:783");
}

TEST_F(FeedProjector, IsAppliedOnceByTwoProcesses) {
  database_->Superuser("ALTER TABLE copies DROP CONSTRAINT copies_pkey");
  source_.head = 300;
  source_.per_stream = 31;
  Projector one(database_->worker(), source_, Options());
  Projector other(database_->worker(), source_, Options());
  one.Start();
  other.Start();
  // This source says how current it is with its last number alone, so to one of them.
  const absl::Time latest = absl::Now() + absl::Seconds(20);
  while (std::max(one.current_as_of(), other.current_as_of()) != source_.now &&
         absl::Now() < latest) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  one.Stop();
  other.Stop();
  EXPECT_EQ(Copies(), "300:45150");
}

TEST_F(FeedProjector, ResumesWhereItWasStopped) {
  source_.head = 10;
  {
    Projector projector(database_->worker(), source_, Options());
    projector.Start();
    AwaitCurrent(projector);
  }
  source_.head = 20;
  source_.now += absl::Seconds(1);
  Projector projector(database_->worker(), source_, Options());
  projector.Start();
  AwaitCurrent(projector);
  EXPECT_EQ(Copies(), "20:210");
}

TEST_F(FeedProjector, StartsAfreshWhenItsCursorIsOfNoUseAnyMore) {
  for (const absl::Status& refusal :
       {errors::CursorExpired("a test says so"), errors::CursorInvalid()}) {
    database_->Superuser(
        "DELETE FROM projection_cursors; DELETE FROM copies; INSERT INTO copies VALUES (777); "
        "INSERT INTO projection_cursors VALUES ('numbers', '777', now())");
    source_.head = 3;
    source_.open_error = refusal;
    Projector projector(database_->worker(), source_, Options());
    projector.Start();
    AwaitCurrent(projector);
    EXPECT_EQ(Copies(), "3:6");
  }
}

TEST_F(FeedProjector, KnowsItsHeartbeatAndWhenThatIsStale) {
  Projector projector(database_->worker(), source_, Options());
  EXPECT_EQ(projector.current_as_of(), absl::InfinitePast());
  EXPECT_TRUE(IsStale(projector.current_as_of(), absl::Now(), absl::Seconds(5)));
  source_.head = 1;
  projector.Start();
  AwaitCurrent(projector);
  EXPECT_FALSE(
      IsStale(projector.current_as_of(), source_.now + absl::Seconds(5), absl::Seconds(5)));
  EXPECT_TRUE(
      IsStale(projector.current_as_of(), source_.now + absl::Milliseconds(5001), absl::Seconds(5)));
  // A clock was set back: how old it is nobody can say.
  EXPECT_FALSE(
      IsStale(projector.current_as_of(), source_.now - absl::Seconds(5), absl::Seconds(5)));
  EXPECT_TRUE(
      IsStale(projector.current_as_of(), source_.now - absl::Milliseconds(5001), absl::Seconds(5)));
  VSV_ASSERT_OK(InApp([&](pg::Transaction& tx) -> absl::Status {
    VSV_ASSIGN_OR_RETURN(const auto state, ReadProjectionState(tx, "numbers"));
    EXPECT_EQ(state.value().current_as_of, source_.now);
    VSV_ASSIGN_OR_RETURN(const auto other, ReadProjectionState(tx, "letters"));
    EXPECT_FALSE(other.has_value());
    return absl::OkStatus();
  }));
}

TEST_F(FeedProjector, StopsWhileItWaits) {
  Projector projector(database_->worker(), source_, Options());
  projector.Start();
  EXPECT_TRUE(testing::Eventually([this] {
    const std::lock_guard<std::mutex> lock(source_.mutex);
    return source_.waiting;
  }));
  projector.Stop();
}

}  // namespace
}  // namespace vsv::feed
