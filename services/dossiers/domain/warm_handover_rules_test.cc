#include "services/dossiers/domain/warm_handover_rules.h"

#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/names.h"
#include "services/dossiers/testing/builders.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using testing::AskerOf;
using testing::RowIn;
using ::vsv::testing::HasReason;
using enum HandoverState;

constexpr absl::CivilDay kDay(2026, 5, 11);

DossierRow At(HandoverState state) {
  DossierRow row = RowIn(DossierState::kAccepted);
  row.handover.state = state;
  return row;
}

SupportAgreement Agreement(Person by) {
  return {kDay, by, absl::CivilDay(2026, 8, 31), "extra time"};
}

struct Step {
  std::string name;
  std::function<absl::StatusOr<DossierChange>(const DossierRow&, const Asker&)> run;
  HandoverState to;
  std::set<HandoverState> from;
  std::set<std::string> actors;
};

std::vector<Step> Steps() {
  const std::set<std::string> both = {"school", "mbo"};
  return {
      {"require",
       [](auto& row, auto& asker) { return RequireHandover(row, asker, std::nullopt); },
       kNeeded,
       {kNotNeeded},
       both},
      {"plan",
       [](auto& row, auto& asker) { return PlanHandover(row, asker, kDay); },
       kPlanned,
       {kNeeded, kPlanned},
       both},
      {"hold",
       [](auto& row, auto& asker) { return HoldHandover(row, asker, kDay, {Participant::kPupil}); },
       kHeld,
       {kPlanned},
       both},
      {"agree",
       [](auto& row, auto& asker) { return AgreeSupport(row, asker, Agreement(Person::kPupil)); },
       kSupportAgreed,
       {kHeld},
       {"mbo"}},
      {"follow up",
       [](auto& row, auto& asker) { return FollowUpHandover(row, asker, kDay, "works"); },
       kFollowedUp,
       {kSupportAgreed},
       {"mbo"}},
      {"decline",
       [](auto& row, auto& asker) { return DeclineHandover(row, asker, "not wanted"); },
       kDeclined,
       {kNeeded, kPlanned},
       both},
  };
}

TEST(WarmHandover, TakesExactlyItsStepsForEveryStateAndActor) {
  for (const Step& step : Steps()) {
    for (int number = 0; number <= static_cast<int>(kDeclined); ++number) {
      for (const std::string actor : {"school", "mbo", "town"}) {
        const auto state = static_cast<HandoverState>(number);
        SCOPED_TRACE(step.name + " in " + std::string(Name(state)) + " by " + actor);
        const absl::StatusOr<DossierChange> change = step.run(At(state), AskerOf(actor));
        if (!step.actors.contains(actor)) {
          EXPECT_THAT(change, HasReason("ROLE_REQUIRED"));
        } else if (!step.from.contains(state)) {
          EXPECT_THAT(change, HasReason("STATE_CONFLICT"));
        } else {
          VSV_ASSERT_OK(change);
          EXPECT_EQ(change->handover->state, step.to);
        }
      }
    }
  }
}

TEST(WarmHandover, IsFollowedUpSixWeeksAfterTheFirstSchoolDay) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change,
                           AgreeSupport(At(kHeld), AskerOf("mbo"), Agreement(Person::kPupil)));
  EXPECT_EQ(change.handover->due_on, absl::CivilDay(2026, 10, 12));
  EXPECT_EQ(change.handover_texts.agreed_support, "extra time");
}

TEST(WarmHandover, SupportIsTheStudentsToAgreeFromSixteen) {
  EXPECT_THAT(AgreeSupport(At(kHeld), AskerOf("mbo"), Agreement(Person::kGuardian)),
              HasReason("PERSON_NOT_ENTITLED"));
  DossierRow young = At(kHeld);
  young.dossier.birth_on = absl::CivilDay(2011, 1, 1);
  EXPECT_TRUE(AgreeSupport(young, AskerOf("mbo"), Agreement(Person::kGuardian)).ok());
}

TEST(WarmHandover, OfAWithdrawnDossierIsOver) {
  DossierRow row = RowIn(DossierState::kWithdrawn);
  row.handover.state = kNeeded;
  EXPECT_THAT(PlanHandover(row, AskerOf("school"), kDay), HasReason("STATE_CONFLICT"));
}

}  // namespace
}  // namespace vsv::dossiers
