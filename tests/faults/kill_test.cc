// kill -9 of the service and of PostgreSQL under load: nothing that was acknowledged is lost,
// nothing is done twice, and the feed has no gap. A fixed schedule of kills; VSV_FAULTS_SEED and
// VSV_FAULTS_KILLS make a campaign of it.
#include "libs/testing/pg_database.h"
#include "tests/faults/history.h"
#include "tests/faults/stage.h"
#include "tests/faults/write_sessions.h"
#include "tests/faults/writers.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <cstdlib>
#include <random>

namespace vsv::faults {
namespace {

constexpr int kClients = 16;
constexpr int kResourcesEach = 4;

int64_t FromEnvironment(const char* name, int64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoll(text);
}

class Kill : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(server_.AwaitServing());
    writers_ = std::make_unique<Writers>(
        [this](int client) {
          return WriteOrganisations(server_.KeeperChannel(), absl::StrCat("f-", client));
        },
        kClients, kResourcesEach);
  }

  void Run(absl::Duration time) { absl::SleepFor(time); }

  // A moment between 200 and 900 ms, so that kills strike anywhere.
  absl::Duration Chance() {
    return absl::Milliseconds(std::uniform_int_distribution<int>(200, 900)(random_));
  }

  void KillServer() {
    server_.Kill();
    Run(Chance() / 4);
    server_.Start();
    ASSERT_TRUE(server_.AwaitServing());
  }

  void KillDatabase() {
    cluster_.Kill();
    Run(Chance() / 4);
    cluster_.Restart();
  }

  History Collect() {
    // Until the sequencer has numbered what is there.
    const absl::Time give_up = absl::Now() + absl::Seconds(30);
    while (database_->Superuser("SELECT count(*) FROM feed_outbox")[0] != "0" &&
           absl::Now() < give_up) {
      absl::SleepFor(absl::Milliseconds(20));
    }
    History history;
    history.acknowledged = writers_->acknowledged();
    history.unanswered = writers_->unanswered();
    history.unpublished = std::stoll(database_->Superuser("SELECT count(*) FROM feed_outbox")[0]);
    for (const std::string& row :
         database_->Superuser("SELECT id, version, display_name FROM organisations")) {
      const std::vector<std::string> cells = absl::StrSplit(row, '|');
      history.stored.push_back({cells[0], std::stoll(cells[1]), cells[2]});
    }
    for (const std::string& row :
         database_->Superuser("SELECT region_id, position, resource_id, version FROM feed ORDER BY "
                              "region_id, position")) {
      const std::vector<std::string> cells = absl::StrSplit(row, '|');
      history.published.push_back({cells[0], std::stoll(cells[1]), cells[2], std::stoll(cells[3])});
    }
    return history;
  }

  void ExpectAllPromisesKept() {
    ASSERT_TRUE(server_.AwaitServing());
    writers_->Finish();
    const History history = Collect();
    RecordProperty("acknowledged", static_cast<int>(history.acknowledged.size()));
    RecordProperty("repeats", static_cast<int>(writers_->repeats()));
    std::cout << history.acknowledged.size() << " writes acknowledged, " << writers_->repeats()
              << " repeated\n";
    EXPECT_GT(history.acknowledged.size(), kClients * kResourcesEach)
        << "too few writes to show anything";
    EXPECT_GT(writers_->repeats(), 0) << "no call was struck: the test shows nothing";
    EXPECT_THAT(BrokenPromises(history), ::testing::IsEmpty());
  }

  std::mt19937_64 random_{static_cast<uint64_t>(FromEnvironment("VSV_FAULTS_SEED", 1))};
  int64_t kills_ = FromEnvironment("VSV_FAULTS_KILLS", 4);
  Cluster cluster_;
  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::OfService("partners");
  PartnersProcess server_{*database_};
  std::unique_ptr<Writers> writers_;
};

TEST_F(Kill, OfTheServiceLosesAndDoublesNothing) {
  for (int64_t kill = 0; kill < kills_; ++kill) {
    Run(Chance());
    KillServer();
  }
  Run(Chance());
  ExpectAllPromisesKept();
}

TEST_F(Kill, OfTheDatabaseLosesAndDoublesNothing) {
  for (int64_t kill = 0; kill < kills_; ++kill) {
    Run(Chance());
    KillDatabase();
  }
  Run(Chance());
  ExpectAllPromisesKept();
}

TEST_F(Kill, OfBothAtOnceLosesAndDoublesNothing) {
  Run(2 * Chance());
  server_.Kill();
  cluster_.Kill();
  cluster_.Restart();
  server_.Start();
  ASSERT_TRUE(server_.AwaitServing());
  Run(4 * Chance());
  ExpectAllPromisesKept();
}

}  // namespace
}  // namespace vsv::faults
