// The services behind a real server, over an in-process channel: admission, status details,
// replays.
#include "services/outcomes/api/outcomes_service.h"

#include "libs/rpc/status_bridge.h"
#include "libs/testing/in_process_server.h"
#include "libs/testing/status_matchers.h"
#include "services/outcomes/api/cohort_service.h"
#include "services/outcomes/testing/calls.h"
#include "services/outcomes/testing/fake_stores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vsv::outcomes {
namespace {

using vsv::testing::HasReason;
using vsv::testing::InProcessServer;
using vsv::testing::IsOk;

constexpr const char* kKeeper = "00000099000000001000";
constexpr const char* kRoc = "00000099000000002000";
constexpr const char* kSchool = "00000099000000003000";

rpc::Caller CallerOf(const std::string& id, policy::v1::Role role) {
  rpc::Caller caller;
  caller.organisation_id = id;
  caller.acting_organisation_id = id;
  caller.roles = {role};
  return caller;
}

class Services : public ::testing::Test {
 protected:
  Services() {
    callers_.Set(kKeeper, CallerOf("keeper", policy::v1::ROLE_REGISTER_KEEPER));
    callers_.Set(kRoc, CallerOf("roc-a", policy::v1::ROLE_MBO));
    callers_.Set(kSchool, CallerOf("school", policy::v1::ROLE_SCHOOL));
    server_.Start({&outcomes_, &cohorts_});
  }

  // The services go before the server does.
  ~Services() override { server_.Stop(); }

  absl::Status CreateIndicator(const std::string& oin, int request_number,
                               const std::string& id = "jaarresultaat") {
    auto request = FromText<v1::CreateIndicatorRequest>(R"pb(
      indicator {
        display_name: "x"
        unit: MEASURE_UNIT_PERCENT
        better: BETTER_HIGHER
        definitions { version: 1 source: "s" description: "d" }
      })pb");
    request.set_indicator_id(id);
    request.set_request_id(RequestId(request_number));
    v1::Indicator response;
    const auto context = InProcessServer::As(oin, "registry");
    return rpc::FromGrpc(
        server_.Stub<v1::OutcomesService>()->CreateIndicator(context.get(), request, &response));
  }

  absl::Status ListDecisions(const std::string& oin, const std::string& purpose) {
    v1::ListCountDecisionsRequest request;
    request.set_name("regions/16/cohorts/none");
    v1::ListCountDecisionsResponse response;
    const auto context = InProcessServer::As(oin, purpose);
    return rpc::FromGrpc(
        server_.Stub<v1::CohortService>()->ListCountDecisions(context.get(), request, &response));
  }

  FakeOutcomesStores stores_;
  const aip::PageTokens tokens_{"a key of this test, 32 bytes long"};
  const PupilKeys keys_{"another key of this test, 32 byte"};
  const base::SystemClock clock_{};
  vsv::testing::FakeCallers callers_;
  InProcessServer server_{"outcomes", callers_, clock_};
  OutcomesService outcomes_{server_.runtime(), {stores_, stores_, stores_, tokens_, clock_}};
  CohortService cohorts_{server_.runtime(), {stores_, tokens_, keys_, 5}};
};

TEST_F(Services, TheKeeperEntersAnIndicatorAndARepeatFindsIt) {
  EXPECT_THAT(CreateIndicator(kKeeper, 1), IsOk());
  EXPECT_THAT(CreateIndicator(kKeeper, 1), IsOk());
  EXPECT_THAT(CreateIndicator(kKeeper, 2), HasReason("INDICATOR_EXISTS"));
  EXPECT_THAT(CreateIndicator(kKeeper, 1, "other"), HasReason("REQUEST_ID_REUSED"));
}

TEST_F(Services, RolesAndPurposesAreThoseOfTheContract) {
  EXPECT_THAT(CreateIndicator(kSchool, 1), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(ListDecisions(kSchool, "outcome_monitoring"), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(ListDecisions(kRoc, "transition"), HasReason("PURPOSE_NOT_PERMITTED"));
  EXPECT_THAT(ListDecisions(kRoc, "outcome_monitoring"), HasReason("COHORT_NOT_FOUND"));
}

TEST_F(Services, AnEmptyRequestIsToldEverythingThatIsMissing) {
  v1::CreateAmbitionRequest request;
  v1::Ambition response;
  const auto context = InProcessServer::As(kKeeper, "registry");
  const absl::Status status = rpc::FromGrpc(
      server_.Stub<v1::OutcomesService>()->CreateAmbition(context.get(), request, &response));
  ASSERT_THAT(status, HasReason("FIELD_INVALID"));
  EXPECT_GE(errors::DetailOf(status)->violations.size(), 3U);
}

TEST_F(Services, AServiceAsksForStatusesOfALine) {
  ASSERT_THAT(CreateIndicator(kKeeper, 1), IsOk());
  v1::BatchGetIndicatorStatusesRequest request;
  *request.add_queries() = FromText<v1::IndicatorStatusQuery>(
      "indicator: 'indicators/jaarresultaat' organisation: 'organisations/roc-a'");
  v1::BatchGetIndicatorStatusesResponse response;
  const auto context = InProcessServer::AsService("programs");
  ASSERT_THAT(rpc::FromGrpc(server_.Stub<v1::OutcomesService>()->BatchGetIndicatorStatuses(
                  context.get(), request, &response)),
              IsOk());
  EXPECT_EQ(response.statuses(0).explanation(), "there is no figure for this slice");
}

}  // namespace
}  // namespace vsv::outcomes
