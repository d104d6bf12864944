#include "services/programs/domain/measure.h"

#include "libs/errors/errors.h"

#include "gtest/gtest.h"

namespace vsv::programs {
namespace {

using absl::CivilDay;

Measure Planned() {
  return Measure{.name = {{{"16", "aanpak-vsv-2021"}, "3"}, "overstapmonitor"},
                 .title = "Overstapmonitor",
                 .owner = OrganisationId("gemeente-amersfoort"),
                 .planned = {CivilDay(2021, 9, 1), CivilDay(2022, 7, 31)},
                 .milestones = {{"ontwerp", "Ontwerp", CivilDay(2021, 10, 1), {}},
                                {"in-gebruik", "In gebruik", CivilDay(2022, 3, 1), {}}}};
}

Measure Running() {
  return *Start(Planned(), CivilDay(2021, 9, 6));
}

Measure AllReached() {
  return *ReachMilestone(*ReachMilestone(Running(), "ontwerp", CivilDay(2021, 10, 4)), "in-gebruik",
                         CivilDay(2022, 4, 1));
}

TEST(StartMeasure, BeginsWhatWasPlanned) {
  const Measure running = Running();
  EXPECT_EQ(running.state, MeasureState::kRunning);
  EXPECT_EQ(running.started_on, CivilDay(2021, 9, 6));
}

TEST(StartMeasure, IsRefusedTwice) {
  const auto again = Start(Running(), CivilDay(2021, 9, 7));
  EXPECT_EQ(errors::ReasonOf(again.status()), "STATE_CONFLICT");
  EXPECT_EQ(errors::DetailOf(again.status())->metadata.at("state"), "RUNNING");
}

TEST(ReachMilestone, KeepsTheDay) {
  const Measure measure = AllReached();
  EXPECT_EQ(measure.milestones[1].done_on, CivilDay(2022, 4, 1));
}

TEST(ReachMilestone, IsRefusedForOneTheMeasureDoesNotHave) {
  EXPECT_EQ(errors::ReasonOf(ReachMilestone(Running(), "einde", CivilDay(2022, 1, 1)).status()),
            "FIELD_INVALID");
}

TEST(ReachMilestone, IsRefusedBeforeTheMeasureBegan) {
  EXPECT_EQ(errors::ReasonOf(ReachMilestone(Running(), "ontwerp", CivilDay(2021, 9, 5)).status()),
            "STATE_CONFLICT");
  EXPECT_EQ(errors::ReasonOf(ReachMilestone(Planned(), "ontwerp", CivilDay(2021, 9, 6)).status()),
            "STATE_CONFLICT");
}

TEST(ReachMilestone, IsRefusedTwice) {
  EXPECT_EQ(
      errors::ReasonOf(ReachMilestone(AllReached(), "ontwerp", CivilDay(2022, 5, 1)).status()),
      "STATE_CONFLICT");
}

TEST(CompleteMeasure, NamesTheMilestonesThatAreOpen) {
  const Measure half = *ReachMilestone(Running(), "ontwerp", CivilDay(2021, 10, 4));
  const auto done = Complete(half, CivilDay(2022, 7, 1));
  ASSERT_EQ(errors::ReasonOf(done.status()), "STATE_CONFLICT");
  EXPECT_EQ(errors::DetailOf(done.status())->metadata.at("open_milestones"), "in-gebruik");
}

TEST(CompleteMeasure, IsRefusedBeforeTheLastStep) {
  EXPECT_EQ(errors::ReasonOf(Complete(AllReached(), CivilDay(2022, 3, 31)).status()),
            "STATE_CONFLICT");
  EXPECT_TRUE(Complete(AllReached(), CivilDay(2022, 4, 1)).ok());
}

TEST(StopMeasure, KeepsTheReason) {
  const Measure stopped = *Stop(Running(), "geen middelen", CivilDay(2022, 1, 1));
  EXPECT_EQ(stopped.state, MeasureState::kStopped);
  EXPECT_EQ(stopped.stop_reason, "geen middelen");
  EXPECT_FALSE(Stop(stopped, "nogmaals", CivilDay(2022, 1, 2)).ok());
}

TEST(Replan, KeepsWhatHappened) {
  const Measure current = *ReachMilestone(Running(), "ontwerp", CivilDay(2021, 10, 4));
  Measure changed = Planned();
  changed.title = "Overstapmonitor vo-mbo";
  changed.milestones[0].due_on = CivilDay(2021, 11, 1);
  const Measure replanned = *Replan(current, changed);
  EXPECT_EQ(replanned.title, "Overstapmonitor vo-mbo");
  EXPECT_EQ(replanned.state, MeasureState::kRunning);
  EXPECT_EQ(replanned.milestones[0].done_on, CivilDay(2021, 10, 4));
}

TEST(Replan, CannotInventOrRemoveWhatWasReached) {
  Measure invented = Planned();
  invented.milestones[1].done_on = CivilDay(2022, 1, 1);
  EXPECT_FALSE(Replan(Running(), invented)->milestones[1].done_on.has_value());
  Measure removed = Planned();
  removed.milestones.erase(removed.milestones.begin());
  EXPECT_EQ(errors::ReasonOf(Replan(AllReached(), removed).status()), "STATE_CONFLICT");
}

TEST(Replan, IsRefusedOnceTheMeasureEnded) {
  const Measure done = *Complete(AllReached(), CivilDay(2022, 7, 1));
  EXPECT_FALSE(Replan(done, Planned()).ok());
}

TEST(AsOf, UndoesWhatCameLater) {
  const Measure done = *Complete(AllReached(), CivilDay(2022, 7, 1));
  EXPECT_EQ(AsOf(done, CivilDay(2022, 7, 1)), done);
  EXPECT_EQ(AsOf(done, CivilDay(2022, 6, 30)), AllReached());
  EXPECT_EQ(AsOf(done, CivilDay(2021, 9, 6)), Running());
  EXPECT_EQ(AsOf(done, CivilDay(2021, 9, 5)), Planned());
}

TEST(IsOverdue, OnTheDayAfterTheLastPlannedOne) {
  EXPECT_FALSE(IsOverdue(Running(), CivilDay(2022, 7, 31)));
  EXPECT_TRUE(IsOverdue(Running(), CivilDay(2022, 8, 1)));
  EXPECT_FALSE(IsOverdue(Planned(), CivilDay(2021, 9, 1)));
  EXPECT_TRUE(IsOverdue(Planned(), CivilDay(2021, 9, 2)));
  EXPECT_FALSE(IsOverdue(*Complete(AllReached(), CivilDay(2022, 9, 1)), CivilDay(2030, 1, 1)));
}

TEST(Matches, ByStateAndOwner) {
  EXPECT_TRUE(Matches(Running(), {}));
  EXPECT_TRUE(Matches(Running(), {.state = MeasureState::kRunning}));
  EXPECT_FALSE(Matches(Running(), {.state = MeasureState::kDone}));
  EXPECT_FALSE(Matches(Running(), {.state = {}, .owner = OrganisationId("iemand-anders")}));
}

}  // namespace
}  // namespace vsv::programs
