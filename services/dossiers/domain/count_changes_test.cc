#include "services/dossiers/domain/count_changes.h"

#include "libs/testing/status_matchers.h"
#include "services/dossiers/domain/dossier_rules.h"
#include "services/dossiers/domain/related_rules.h"
#include "services/dossiers/domain/warm_handover_rules.h"
#include "services/dossiers/testing/builders.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <map>
#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using testing::AgreedBy;
using testing::ApplicationAt;
using testing::AskerOf;
using ::testing::IsEmpty;
using testing::RowIn;

// What a projection of the counts holds: the sum per process, state and responsible organisation.
class Projection {
 public:
  void Add(const std::vector<CountDelta>& deltas) {
    for (const CountDelta& delta : deltas) {
      const std::string key = std::to_string(static_cast<int>(delta.key.process)) + "/" +
                              delta.key.state + "/" + delta.key.responsible.value();
      if ((sums_[key] += delta.delta) == 0) sums_.erase(key);
    }
  }

  const std::map<std::string, int64_t>& sums() const { return sums_; }

 private:
  std::map<std::string, int64_t> sums_;
};

DossierRow After(DossierRow row, const DossierChange& change) {
  row.dossier = change.dossier;
  if (change.handover.has_value()) row.handover = *change.handover;
  if (change.first_year.has_value()) row.first_year.push_back(*change.first_year);
  if (change.application.has_value()) row.applications = {*change.application};
  return row;
}

TEST(Counts, OfADossierOnItsWayAddUpToWhereItStands) {
  DossierRow row = AgreedBy(RowIn(DossierState::kAgreed), Person::kPupil, Opinion::kAgrees);
  row.applications = {ApplicationAt("mbo", ApplicationState::kOffered)};
  row.handover = InitialHandover(true, 2025);
  Projection held;
  held.Add(CountsOfNew(row.dossier, row.handover, absl::CivilDay(2026, 5, 1)));
  const Asker school = AskerOf("school");
  Asker mbo = AskerOf("mbo");
  mbo.today = absl::CivilDay(2026, 11, 2);
  const auto apply = [&](const absl::StatusOr<DossierChange>& change) {
    ASSERT_TRUE(change.ok()) << change.status();
    held.Add(change->counts);
    row = After(row, *change);
  };
  apply(Send(row, school, OrganisationId("mbo")));
  EXPECT_THAT(held.sums(), ::testing::ElementsAre(::testing::Pair("0/SENT/school", 1),
                                                  ::testing::Pair("1/NEEDED/school", 1)));
  apply(Accept(row, mbo));
  apply(PlanHandover(row, mbo, mbo.today));
  FirstYearOutcome outcome;
  outcome.count_on = absl::CivilDay(2026, 11, 1);
  outcome.status = FirstYearStatus::kSwitched;
  apply(RecordFirstYear(row, mbo, outcome));
  EXPECT_THAT(held.sums(), ::testing::ElementsAre(::testing::Pair("0/ACCEPTED/mbo", 1),
                                                  ::testing::Pair("1/PLANNED/mbo", 1),
                                                  ::testing::Pair("2/SWITCHED/mbo", 1)));
}

TEST(Counts, AChangeThatMovesNothingCountsNothing) {
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change,
                           RecordApplication(RowIn(DossierState::kAgreed), AskerOf("school"),
                                             ApplicationAt("mbo", ApplicationState::kApplied)));
  EXPECT_THAT(change.counts, IsEmpty());
}

TEST(Counts, AnotherDueDateMovesTheDossierFromOneCounterToAnother) {
  WriteCommand command;
  command.due_on = absl::CivilDay(2026, 9, 1);
  VSV_ASSERT_OK_AND_ASSIGN(const DossierChange change,
                           Write(RowIn(DossierState::kBInProgress), AskerOf("school"), command));
  ASSERT_EQ(change.counts.size(), 2u);
  EXPECT_EQ(change.counts[0].delta, -1);
  EXPECT_EQ(change.counts[1].key.due_on, absl::CivilDay(2026, 9, 1));
}

TEST(Counts, AHandoverThatIsNotNeededIsNotCounted) {
  const DossierRow row = RowIn(DossierState::kAInProgress);
  EXPECT_EQ(CountsOfNew(row.dossier, row.handover, absl::CivilDay(2026, 5, 1)).size(), 1u);
}

}  // namespace
}  // namespace vsv::dossiers
