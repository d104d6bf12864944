#include "libs/obs/metrics.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::obs {
namespace {

using testing::HasSubstr;

TEST(Metrics, CountCallsByMethodAndCode) {
  Metrics metrics;
  metrics.CallFinished("/a/Get", "OK", absl::Milliseconds(3));
  metrics.CallFinished("/a/Get", "OK", absl::Milliseconds(3));
  metrics.CallShed("/a/Get", "queue");
  EXPECT_THAT(metrics.Text(), HasSubstr(R"(vsv_calls_total{code="OK",method="/a/Get"} 2)"));
  EXPECT_THAT(metrics.Text(),
              HasSubstr(R"(vsv_call_seconds_bucket{method="/a/Get",le="0.004"} 2)"));
  EXPECT_THAT(metrics.Text(),
              HasSubstr(R"(vsv_calls_shed_total{cause="queue",method="/a/Get"} 1)"));
}

TEST(Metrics, CountBatchesAndTheirWaitsByOperation) {
  Metrics metrics;
  metrics.BatchFormed("dossiers.get", 3);
  metrics.BatchFormed("dossiers.get", 5);
  metrics.BatchWaited("dossiers.get", absl::Milliseconds(3));
  EXPECT_THAT(metrics.Text(),
              HasSubstr(R"(vsv_batch_size_bucket{operation="dossiers.get",le="4"} 1)"));
  EXPECT_THAT(metrics.Text(), HasSubstr(R"(vsv_batch_size_sum{operation="dossiers.get"} 8)"));
  EXPECT_THAT(metrics.Text(),
              HasSubstr(R"(vsv_batch_wait_seconds_bucket{operation="dossiers.get",le="0.004"} 1)"));
}

TEST(Metrics, RefuseAnAddressThatCannotBeBound) {
  Metrics metrics;
  EXPECT_EQ(metrics.Serve("127.0.0.1:not-a-port").code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace vsv::obs
