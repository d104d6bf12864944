#include "deploy/dev/story/sync_state.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include <fstream>
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

  void TearDown() override { unlink(path_.c_str()); }
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
