// Following the counts: present values, whatever the regions do.
#include "libs/testing/status_matchers.h"
#include "services/dossiers/storage/test_world.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::dossiers {
namespace {

using ::testing::SizeIs;

class CountChangesTest : public ::testing::Test {
 protected:
  TestWorld world_;
};

TEST_F(CountChangesTest, CountersComeAsPresentValuesPerKey) {
  world_.Create("999900001");
  world_.Sequence();
  const Asker programs = world_.As("programs", Purpose::kProjection);
  VSV_ASSERT_OK_AND_ASSIGN(CountChanges whole,
                           world_.changes().Counts({programs, {{world_.region, 0}}, {}}));
  ASSERT_THAT(whole.changes, SizeIs(1));
  EXPECT_EQ(whole.changes[0].value, 1);
  EXPECT_EQ(whole.changes[0].key.state, "A_IN_PROGRESS");
  EXPECT_GT(whole.positions[world_.region], 0);
  world_.Create("999900002");
  world_.Sequence();
  VSV_ASSERT_OK_AND_ASSIGN(const CountChanges moved,
                           world_.changes().Counts({programs, whole.positions, {}}));
  ASSERT_THAT(moved.changes, SizeIs(1));
  EXPECT_EQ(moved.changes[0].value, 2);
  EXPECT_EQ(moved.changes[0].key, whole.changes[0].key);
}

TEST_F(CountChangesTest, CountersOfAQuietRegionDoNotKeepTheOthersFromTheirTail) {
  world_.Create("999900001");
  world_.Sequence();
  const Asker programs = world_.As("programs", Purpose::kProjection);
  const RegionId quiet("01");
  ASSERT_NE(quiet, world_.region);
  VSV_ASSERT_OK_AND_ASSIGN(
      CountChanges whole,
      world_.changes().Counts({programs, {{quiet, 0}, {world_.region, 0}}, {}}));
  EXPECT_EQ(whole.positions[quiet], 0);
  world_.Create("999900002");
  world_.Sequence();
  VSV_ASSERT_OK_AND_ASSIGN(const CountChanges moved,
                           world_.changes().Counts({programs, whole.positions, {}}));
  ASSERT_THAT(moved.changes, SizeIs(1));
  EXPECT_EQ(moved.changes[0].value, 2);
  VSV_ASSERT_OK_AND_ASSIGN(const CountChanges idle,
                           world_.changes().Counts({programs, moved.positions, {}}));
  EXPECT_TRUE(idle.changes.empty());
  EXPECT_TRUE(idle.current_as_of.has_value());
}

}  // namespace
}  // namespace vsv::dossiers
