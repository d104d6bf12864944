#include "libs/aip/proto_time.h"
#include "services/programs/clients/grpc_figures_directory.h"
#include "services/programs/clients/process_counts_source.h"

#include "gmock/gmock.h"

namespace vsv::programs {
namespace {

using ::testing::ElementsAre;

dossiers::v1::ProcessCount Count(std::string region, dossiers::v1::Process process) {
  dossiers::v1::ProcessCount count;
  count.set_region(std::move(region));
  count.set_process(process);
  count.set_state("SENT");
  count.set_responsible_organisation("organisations/school-a");
  *count.mutable_due_date() = aip::ToProto(absl::CivilDay(2026, 5, 1));
  *count.mutable_day() = aip::ToProto(absl::CivilDay(2026, 4, 1));
  count.set_value(-2);
  return count;
}

TEST(CountersFrom, LeavesOutWhatItCannotRead) {
  dossiers::v1::WatchProcessCountsResponse message;
  *message.add_counts() = Count("regions/16", dossiers::v1::PROCESS_TRANSITION);
  *message.add_counts() = Count("regions/99", dossiers::v1::PROCESS_TRANSITION);
  *message.add_counts() = Count("regions/16", dossiers::v1::PROCESS_UNSPECIFIED);
  EXPECT_THAT(
      CountersFrom(message),
      ElementsAre(CounterValue{"16", Process::kTransition, "SENT", OrganisationId("school-a"),
                               absl::CivilDay(2026, 5, 1), absl::CivilDay(2026, 4, 1), -2}));
}

TEST(FigureFrom, KeepsStandingTargetAndVerdict) {
  outcomes::v1::IndicatorStatus status;
  status.set_unit(outcomes::v1::MEASURE_UNIT_PERCENT);
  status.mutable_figure()->mutable_slice()->set_period("2021-2022");
  status.mutable_figure()->mutable_value()->set_unscaled_value(116);
  status.mutable_figure()->mutable_value()->set_scale(1);
  status.mutable_figure()->set_status(outcomes::v1::FIGURE_STATUS_PROVISIONAL);
  status.mutable_target()->mutable_value()->set_unscaled_value(10);
  status.set_outcome(outcomes::v1::OUTCOME_NOT_MET);
  status.set_explanation("hoger dan de nulmeting");
  EXPECT_EQ(FigureFrom(status), (Figure{.school_year = "2021-2022",
                                        .value = 11.6,
                                        .unit = "percent",
                                        .state = FigureState::kProvisional,
                                        .target = 10.0,
                                        .verdict = AmbitionVerdict::kNotMet,
                                        .explanation = "hoger dan de nulmeting"}));
}

TEST(FigureFrom, OfNothingSaysWhy) {
  outcomes::v1::IndicatorStatus status;
  status.set_explanation("geen cijfer");
  const Figure figure = FigureFrom(status);
  EXPECT_EQ(figure.state, FigureState::kNone);
  EXPECT_FALSE(figure.value.has_value());
  EXPECT_EQ(figure.explanation, "geen cijfer");
}

}  // namespace
}  // namespace vsv::programs
