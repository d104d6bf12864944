#include "libs/feed/feed_service.h"

#include "libs/feed/epoch.h"
#include "libs/feed/testing_feed.h"
#include "libs/rpc/status_bridge.h"
#include "libs/testing/in_process_server.h"

namespace vsv::feed {
namespace {

using testing::InProcessServer;
using vsv::testing::HasReason;

class GetFeedStatus : public FeedTest {
 protected:
  GetFeedStatus() {
    callers_.Set("keeper",
                 {.organisation_id = "o-keeper", .roles = {policy::v1::ROLE_REGISTER_KEEPER}});
    callers_.Set("school", {.organisation_id = "o-school", .roles = {policy::v1::ROLE_SCHOOL}});
    server_.Start({&service_});
  }

  absl::StatusOr<v1::GetFeedStatusResponse> Get(const std::string& oin) {
    v1::GetFeedStatusResponse response;
    const auto context = InProcessServer::As(oin, "registry");
    VSV_RETURN_IF_ERROR(rpc::FromGrpc(server_.Stub<v1::FeedService>()->GetFeedStatus(
        context.get(), v1::GetFeedStatusRequest(), &response)));
    return response;
  }

  testing::FakeCallers callers_;
  base::SystemClock clock_;
  InProcessServer server_{"dossiers", callers_, clock_};
  FeedService service_{server_.runtime(), database_->app()};
};

TEST_F(GetFeedStatus, TellsHeadsLagAndEpoch) {
  VSV_ASSERT_OK(CheckEpochAtStart(database_->worker(), Soon()));
  Change("16", 3);
  Sequence();
  Change("19", 2);
  VSV_ASSERT_OK_AND_ASSIGN(const v1::GetFeedStatusResponse status, Get("keeper"));
  EXPECT_FALSE(status.epoch().empty());
  EXPECT_EQ(status.unsequenced_count(), 2);
  ASSERT_EQ(status.regions_size(), 1);
  EXPECT_EQ(status.regions(0).region_id(), "16");
  EXPECT_EQ(status.regions(0).head_position(), 3);
  EXPECT_EQ(status.regions(0).oldest_position(), 1);
  EXPECT_TRUE(status.has_sequenced_until_time());
}

TEST_F(GetFeedStatus, IsForOperatorsAndServices) {
  EXPECT_THAT(Get("school"), HasReason("ROLE_REQUIRED"));
  v1::GetFeedStatusResponse response;
  const auto context = InProcessServer::AsService("programs");
  VSV_EXPECT_OK(rpc::FromGrpc(server_.Stub<v1::FeedService>()->GetFeedStatus(
      context.get(), v1::GetFeedStatusRequest(), &response)));
}

}  // namespace
}  // namespace vsv::feed
