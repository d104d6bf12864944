#include "services/programs/domain/process_counts.h"

#include "gtest/gtest.h"

namespace vsv::programs {
namespace {

using absl::CivilDay;

constexpr CivilDay kReference(2026, 6, 1);

ProcessCount Count(Process process, std::string state, std::string organisation, CivilDay due_on,
                   int64_t count) {
  return {process, std::move(state), OrganisationId(std::move(organisation)), due_on, count};
}

TEST(CountDossiers, BelongToTheResponsibleOrganisation) {
  const std::vector<ProcessCount> counts = {
      Count(Process::kTransition, "B_IN_PROGRESS", "school-a", kReference, 3),
      Count(Process::kTransition, "SENT", "school-a", kReference - 1, 4),
      Count(Process::kTransition, "SENT", "school-a", kReference - 9, 1),
      Count(Process::kTransition, "ACCEPTED", "roc", kReference - 2, 5),
      Count(Process::kTransition, "PROCESSED", "roc", kReference - 20, 6),
      Count(Process::kTransition, "WITHDRAWN", "school-a", kReference - 20, 2),
      Count(Process::kWarmHandover, "NEEDED", "school-a", kReference - 20, 100)};
  const Breakdown<DossierCounts> result = CountDossiers(counts, kReference);
  EXPECT_EQ(result.total.in_preparation, 3);
  EXPECT_EQ(result.total.sent, 5);
  EXPECT_EQ(result.total.accepted, 11);
  EXPECT_EQ(result.total.withdrawn, 2);
  EXPECT_EQ(result.total.overdue, 10);
  ASSERT_EQ(result.by_organisation.size(), 2U);
  EXPECT_EQ(result.by_organisation[0].organisation.value(), "roc");
  EXPECT_EQ(result.by_organisation[0].overdue, 5);
  EXPECT_EQ(result.by_organisation[1].overdue, 5);
  EXPECT_EQ(result.by_organisation[1].oldest_due_on, kReference - 9);
}

TEST(CountDossiers, DueOnTheReferenceDateAreNotYetOverdue) {
  const std::vector<ProcessCount> counts = {
      Count(Process::kTransition, "SENT", "school-a", kReference, 3)};
  EXPECT_EQ(CountDossiers(counts, kReference).total.overdue, 0);
  EXPECT_EQ(CountDossiers(counts, kReference + 1).total.overdue, 3);
}

TEST(CountHandovers, HeldOfNeeded) {
  const std::vector<ProcessCount> counts = {
      Count(Process::kWarmHandover, "NEEDED", "roc", kReference - 1, 4),
      Count(Process::kWarmHandover, "PLANNED", "roc", kReference, 3),
      Count(Process::kWarmHandover, "HELD", "roc", kReference - 1, 2),
      Count(Process::kWarmHandover, "SUPPORT_AGREED", "roc", kReference - 1, 5),
      Count(Process::kWarmHandover, "FOLLOWED_UP", "roc", kReference - 1, 1),
      Count(Process::kWarmHandover, "DECLINED", "roc", kReference - 1, 7),
      Count(Process::kWarmHandover, "NOT_NEEDED", "roc", kReference - 1, 50)};
  const HandoverCounts total = CountHandovers(counts, kReference).total;
  EXPECT_EQ(total.needed, 15);
  EXPECT_EQ(total.held, 8);
  EXPECT_EQ(total.support_agreed, 6);
  EXPECT_EQ(total.declined, 7);
  EXPECT_EQ(total.overdue, 4);
}

std::vector<ProcessCount> FirstYear(CivilDay count_on, int64_t stayed, int64_t switched,
                                    int64_t deregistered) {
  return {Count(Process::kFirstYear, "STILL_ENROLLED", "roc", count_on, stayed),
          Count(Process::kFirstYear, "SWITCHED", "roc", count_on, switched),
          Count(Process::kFirstYear, "DEREGISTERED", "roc", count_on, deregistered)};
}

TEST(CountFirstYear, GivesThePublishedSharesOfEem) {
  // Eem 2017-2018: 9.4% switched and 11.7% deregistered.
  const FirstYearCounts counts =
      CountFirstYear(FirstYear(CivilDay(2025, 10, 1), 789, 94, 117), kReference, 5);
  EXPECT_EQ(counts.started, 1000);
  EXPECT_EQ(counts.switch_permille, 94);
  EXPECT_EQ(counts.deregistration_permille, 117);
}

TEST(CountFirstYear, TakesTheLastCountDateAlone) {
  std::vector<ProcessCount> counts = FirstYear(CivilDay(2025, 11, 1), 90, 5, 5);
  for (const ProcessCount& later : FirstYear(CivilDay(2026, 10, 1), 70, 15, 15)) {
    counts.push_back(later);
  }
  EXPECT_EQ(CountFirstYear(counts, kReference, 5).switched, 5);
  EXPECT_EQ(CountFirstYear(counts, CivilDay(2026, 10, 1), 5).switched, 15);
}

TEST(CountFirstYear, WithholdsSmallGroups) {
  const FirstYearCounts few =
      CountFirstYear(FirstYear(CivilDay(2025, 10, 1), 90, 4, 6), kReference, 5);
  EXPECT_TRUE(few.withheld);
  EXPECT_EQ(few.started, 0);
  EXPECT_FALSE(few.switch_permille.has_value());
  EXPECT_TRUE(CountFirstYear(FirstYear(CivilDay(2025, 10, 1), 90, 0, 6), kReference, 5).withheld);
  EXPECT_TRUE(CountFirstYear(FirstYear(CivilDay(2025, 10, 1), 90, 0, 0), kReference, 5).withheld);
  EXPECT_FALSE(CountFirstYear(FirstYear(CivilDay(2025, 10, 1), 90, 5, 6), kReference, 5).withheld);
}

TEST(CountFirstYear, OfNobodyHasNoShares) {
  const FirstYearCounts none = CountFirstYear({}, kReference, 5);
  EXPECT_FALSE(none.count_on.has_value());
  EXPECT_FALSE(none.switch_permille.has_value());
}

TEST(Permille, RoundsHalfUp) {
  EXPECT_EQ(Permille(1, 2000), 1);
  EXPECT_EQ(Permille(1, 2001), 0);
  EXPECT_EQ(Permille(1, 3), 333);
  EXPECT_EQ(Permille(3, 3), 1000);
}

}  // namespace
}  // namespace vsv::programs
