#include "libs/audit/snapshot.h"

#include "libs/testing/status_matchers.h"

#include "gtest/gtest.h"

namespace vsv::audit {
namespace {

TEST(SnapshotTest, KnowsWhichTransactionsHadEnded) {
  VSV_ASSERT_OK_AND_ASSIGN(const Snapshot snapshot, ParseSnapshot("10:20:10,14"));
  for (const int64_t ended : {9, 11, 13, 15, 19}) EXPECT_TRUE(snapshot.HadEnded(ended)) << ended;
  for (const int64_t not_ended : {10, 14, 20, 21}) EXPECT_FALSE(snapshot.HadEnded(not_ended));
}

TEST(SnapshotTest, ReadsTheFormOfPostgresAlone) {
  for (const char* text : {"1:1:", "10:20:10,14", "3:3:", "4294967300:4294967310:4294967301"}) {
    VSV_ASSERT_OK_AND_ASSIGN(const Snapshot snapshot, ParseSnapshot(text));
    EXPECT_EQ(snapshot.Text(), text);
  }
  for (const char* text : {"", "1:1", "1:1:1:", "a:1:", "1: 1:", "10:20:14,10", "10:20:10,"}) {
    EXPECT_FALSE(ParseSnapshot(text).ok()) << text;
  }
}

}  // namespace
}  // namespace vsv::audit
