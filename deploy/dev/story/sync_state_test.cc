#include "deploy/dev/story/sync_state.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"

#include <csignal>
#include <fstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace vsv::story {
namespace {

namespace dossiers = ::vsv::dossiers::v1;

class State : public testing::Test {
 protected:
  const std::string path_ = absl::StrCat(testing::TempDir(), "/sync_state_test_", getpid());
  dossiers::WatchDossiersResponse batch_;

  void SetUp() override {
    dossiers::Dossier& dossier = *batch_.add_changes()->mutable_upsert();
    dossier.set_name("regions/16/dossiers/a");
    dossier.mutable_extra_care()->set_home_situation("kept on consent");
    dossier.mutable_support()->set_educational_needs("kept on law");
    batch_.set_cursor("c1");
  }

  void TearDown() override {
    for (const char* suffix : {"", ".new"}) unlink(absl::StrCat(path_, suffix).c_str());
  }
};

TEST_F(State, SurvivesWithItsCursor) {
  SyncState state;
  state.Apply(batch_);
  ASSERT_TRUE(state.Save(path_).ok());
  const absl::StatusOr<SyncState> again = SyncState::Load(path_);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->cursor(), "c1");
  EXPECT_EQ(again->dossiers().size(), 1u);
}

// Each state has as many dossiers as its cursor says, and a megabyte of them at least: to write it
// takes its time.
TEST_F(State, IsWholeWheneverItsClientIsKilled) {
  SyncState state;
  int held = 0;
  const auto grow = [&state, &held] {
    dossiers::WatchDossiersResponse batch;
    batch.set_cursor(absl::StrCat(++held));
    dossiers::Dossier& dossier = *batch.add_changes()->mutable_upsert();
    dossier.set_name(absl::StrCat("regions/16/dossiers/", held));
    dossier.mutable_support()->set_educational_needs(std::string(10'000, 'x'));
    state.Apply(batch);
  };
  while (held < 100) grow();
  ASSERT_TRUE(state.Save(path_).ok());
  for (int kill_after = 0; kill_after < 60; ++kill_after) {
    const pid_t client = fork();
    if (client == 0) {
      while (state.Save(path_).ok()) grow();
      _exit(1);
    }
    absl::SleepFor(absl::Milliseconds(5 + kill_after % 20));
    kill(client, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(client, &status, 0), client);
    ASSERT_TRUE(WIFSIGNALED(status));
    const absl::StatusOr<SyncState> left = SyncState::Load(path_);
    ASSERT_TRUE(left.ok()) << left.status();
    ASSERT_GE(left->dossiers().size(), 100u);
    ASSERT_EQ(left->cursor(), absl::StrCat(left->dossiers().size()));
  }
}

TEST_F(State, LosesByATombstoneExactlyTheRecalledCategories) {
  SyncState state;
  state.Apply(batch_);
  dossiers::WatchDossiersResponse recall;
  dossiers::DossierTombstone& tombstone = *recall.add_changes()->mutable_tombstone();
  tombstone.set_dossier("regions/16/dossiers/a");
  tombstone.add_recalled_categories(policy::v1::DATA_CATEGORY_EXTRA_CARE);
  state.Apply(recall);
  EXPECT_FALSE(state.dossiers().begin()->second.has_extra_care());
  EXPECT_TRUE(state.dossiers().begin()->second.has_support());
}

TEST_F(State, LosesTheWholeDossierByATombstoneForAll) {
  SyncState state;
  state.Apply(batch_);
  dossiers::WatchDossiersResponse recall;
  recall.add_changes()->mutable_tombstone()->set_dossier("regions/16/dossiers/a");
  recall.mutable_changes(0)->mutable_tombstone()->set_all(true);
  state.Apply(recall);
  EXPECT_TRUE(state.dossiers().empty());
}

TEST_F(State, IsEmptyWithoutAFileAndRefusesAForeignOne) {
  EXPECT_TRUE(SyncState::Load(path_)->cursor().empty());
  std::ofstream(path_) << "\xff\xff no state";
  EXPECT_FALSE(SyncState::Load(path_).ok());
}

}  // namespace
}  // namespace vsv::story
