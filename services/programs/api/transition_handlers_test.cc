#include "services/programs/api/transition_handlers.h"

#include "libs/aip/etag.h"
#include "services/programs/testing/handlers_fixture.h"

namespace vsv::programs {
namespace {

using vsv::testing::HasReason;
using vsv::testing::IsOk;

template <typename Request>
Request Named(const std::string& name, const std::string& request_id) {
  Request request;
  request.set_name(name);
  request.set_request_id(request_id);
  return request;
}

class Transitions : public HandlersTest {
 protected:
  void SetUp() override { EnterSamples(); }

  template <typename Request>
  Request Of() {
    return Named<Request>(ToString(SampleMeasure().name), RequestId());
  }
};

TEST_F(Transitions, BeginTodayWhenNoDayIsGiven) {
  const auto reply = transitions_.Start(As("roc-midden-nederland"), Of<v1::StartMeasureRequest>());
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->message().state(), v1::MEASURE_STATE_RUNNING);
  EXPECT_EQ(reply->message().started_date().year(), 2022);
  EXPECT_EQ(reply->message().started_date().month(), 6);
}

TEST_F(Transitions, AreNotForTheFuture) {
  auto request = Of<v1::StartMeasureRequest>();
  request.mutable_start_date()->set_year(2022);
  request.mutable_start_date()->set_month(6);
  request.mutable_start_date()->set_day(2);
  EXPECT_THAT(transitions_.Start(Keeper(), request), HasReason("FIELD_INVALID"));
}

TEST_F(Transitions, AreForThoseWhoMayWriteTheMeasure) {
  EXPECT_THAT(transitions_.Start(As("gemeente-utrecht"), Of<v1::StartMeasureRequest>()),
              HasReason("ROLE_REQUIRED"));
}

TEST_F(Transitions, OfAMeasureThatIsNotThereAreNotFound) {
  auto request =
      Named<v1::StartMeasureRequest>(ToString(kSampleLine) + "/measures/onbekend", RequestId());
  EXPECT_THAT(transitions_.Start(Keeper(), request), HasReason("MEASURE_NOT_FOUND"));
  request.set_name("regions/16/programs/aanpak-vsv-2021/lines/9/measures/onbekend");
  EXPECT_THAT(transitions_.Start(As("gemeente-amersfoort"), request), HasReason("LINE_NOT_FOUND"));
}

TEST_F(Transitions, AreRefusedOnAnOldVersion) {
  auto request = Of<v1::StartMeasureRequest>();
  request.set_etag(aip::EtagOf(7));
  EXPECT_THAT(transitions_.Start(Keeper(), request), HasReason("ETAG_MISMATCH"));
}

TEST_F(Transitions, LeadFromPlannedToDone) {
  ASSERT_THAT(transitions_.Start(Keeper(), Of<v1::StartMeasureRequest>()), IsOk());
  EXPECT_THAT(transitions_.Complete(Keeper(), Of<v1::CompleteMeasureRequest>()),
              HasReason("STATE_CONFLICT"));
  for (const char* milestone : {"ontwerp", "in-gebruik"}) {
    auto reach = Of<v1::ReachMilestoneRequest>();
    reach.set_milestone_id(milestone);
    ASSERT_THAT(transitions_.Reach(Keeper(), reach), IsOk());
  }
  const auto done = transitions_.Complete(Keeper(), Of<v1::CompleteMeasureRequest>());
  ASSERT_THAT(done, IsOk());
  EXPECT_EQ(done->message().state(), v1::MEASURE_STATE_DONE);
}

TEST_F(Transitions, StopNeedsAReason) {
  auto request = Of<v1::StopMeasureRequest>();
  EXPECT_THAT(transitions_.Stop(Keeper(), request), HasReason("FIELD_INVALID"));
  request.set_reason("Ondergebracht elders.");
  const auto reply = transitions_.Stop(Keeper(), request);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->message().stop_reason(), "Ondergebracht elders.");
}

TEST_F(Transitions, ResultsAreReportedByTheLeadOfTheAssignmentToo) {
  auto request = Named<v1::ReportResultRequest>(ToString(SampleAssignment().name), RequestId());
  request.set_result_id("afspraken");
  request.set_state(v1::RESULT_STATE_REACHED);
  EXPECT_THAT(transitions_.Report(As("mbo-amersfoort"), request), HasReason("ROLE_REQUIRED"));
  const auto reply = transitions_.Report(As("roc-midden-nederland"), request);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->message().results(1).state(), v1::RESULT_STATE_REACHED);
}

TEST_F(Transitions, AResultIsDroppedWithANote) {
  auto request = Named<v1::ReportResultRequest>(ToString(SampleAssignment().name), RequestId());
  request.set_result_id("afspraken");
  request.set_state(v1::RESULT_STATE_DROPPED);
  EXPECT_THAT(transitions_.Report(Keeper(), request), HasReason("FIELD_INVALID"));
  request.set_note("Niet haalbaar gebleken.");
  EXPECT_THAT(transitions_.Report(Keeper(), request), IsOk());
}

}  // namespace
}  // namespace vsv::programs
