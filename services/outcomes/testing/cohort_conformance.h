// What every implementation of the store of cohorts must do. Instantiate with a Backend that has
// cohorts(), fresh and empty.
#pragma once

#include "libs/testing/status_matchers.h"
#include "services/outcomes/testing/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vsv::outcomes {

template <typename Backend>
class CohortConformance : public ::testing::Test {
 protected:
  const CohortName kName{"16", "romn"};

  CohortStore& store() { return backend_.cohorts(); }

  absl::StatusOr<Cohort> Create(const Cohort& cohort, int request) {
    return store().CreateCohorts({{MutationBy(cohort.institution_id, request), cohort}}).front();
  }

  absl::StatusOr<ImportedPupils> Import(std::vector<CohortPupil> pupils, int request,
                                        const std::string& organisation = "roc-a") {
    return store().ImportPupils({MutationBy(organisation, request), kName, std::move(pupils)});
  }

  absl::StatusOr<Cohort> Close(int request, int64_t version,
                               const std::string& organisation = "roc-a") {
    return store().CloseCohorts({{MutationBy(organisation, request), kName, version, 5}}).front();
  }

  absl::StatusOr<std::vector<SliceCount>> Count(CountDimension dimension,
                                                const std::string& organisation = "roc-a") {
    return store().Count({MutationBy(organisation, 0).call, kName, dimension});
  }

  absl::StatusOr<DecisionPage> Decisions(const std::string& after, int limit,
                                         std::optional<CountOutcome> outcome = std::nullopt,
                                         const std::string& organisation = "roc-a") {
    return store().ListDecisions({MutationBy(organisation, 0).call, kName, outcome, after, limit});
  }

  std::vector<PupilVerdict> Verdicts(const absl::StatusOr<ImportedPupils>& imported) {
    EXPECT_THAT(imported, vsv::testing::IsOk());
    return imported.ok() ? imported->verdicts : std::vector<PupilVerdict>();
  }

  Backend backend_;
};

TYPED_TEST_SUITE_P(CohortConformance);

TYPED_TEST_P(CohortConformance, ThereIsOnePerInstitutionAndCountDate) {
  ASSERT_THAT(this->Create(SampleCohort("romn", 2014), 1), vsv::testing::IsOk());
  EXPECT_THAT(this->Create(SampleCohort("romn", 2014), 1), vsv::testing::IsOk()) << "a repeat";
  EXPECT_THAT(this->Create(SampleCohort("romn", 2015), 2),
              vsv::testing::HasReason("COHORT_EXISTS"));
  EXPECT_THAT(this->Create(SampleCohort("again", 2014), 3),
              vsv::testing::HasReason("COHORT_EXISTS"));
  EXPECT_THAT(this->Create(SampleCohort("next", 2015), 4), vsv::testing::IsOk());
  const auto found = this->store().GetCohorts({{"16", "next"}, {"19", "next"}}, Soon());
  EXPECT_EQ(found[0]->count_on, absl::CivilDay(2015, 10, 1));
  EXPECT_THAT(found[1], vsv::testing::HasReason("COHORT_NOT_FOUND"));
  const auto page = this->store().ListCohorts({"16", "next", 10, Soon()});
  ASSERT_THAT(page, vsv::testing::IsOk());
  ASSERT_EQ(page->size(), 1U);
  EXPECT_EQ(page->front().id, "romn");
}

TYPED_TEST_P(CohortConformance, PupilsAreAddedReplacedAndLeftAsTheyAre) {
  ASSERT_THAT(this->Create(SampleCohort("romn"), 1), vsv::testing::IsOk());
  using enum PupilVerdict;
  EXPECT_THAT(this->Verdicts(this->Import({SamplePupil(1), SamplePupil(2)}, 2)),
              ::testing::ElementsAre(kAdded, kAdded));
  CohortPupil stolen = SamplePupil(3);
  stolen.record_reference = SamplePupil(1).record_reference;
  const auto second =
      this->Import({SamplePupil(1), SamplePupil(2, CountOutcome::kAccountedFor, {CountCode::kC1}),
                    stolen, SamplePupil(4)},
                   3);
  EXPECT_THAT(this->Verdicts(second),
              ::testing::ElementsAre(kUnchanged, kReplaced, kReferenceTaken, kAdded));
  EXPECT_EQ(second->record_count, 3);
  EXPECT_EQ(this->store().GetCohorts({this->kName}, Soon())[0]->record_count, 3);
}

TYPED_TEST_P(CohortConformance, ARepeatedImportWritesNothing) {
  ASSERT_THAT(this->Create(SampleCohort("romn"), 1), vsv::testing::IsOk());
  ASSERT_THAT(this->Import({SamplePupil(1)}, 2), vsv::testing::IsOk());
  const auto replay = this->Import({SamplePupil(1)}, 2);
  EXPECT_THAT(this->Verdicts(replay), ::testing::ElementsAre(PupilVerdict::kUnchanged));
  EXPECT_EQ(replay->record_count, 1);
}

TYPED_TEST_P(CohortConformance, RecordsThatWereNotDecidedOnAreNotTakenForNone) {
  ASSERT_THAT(this->Create(SampleCohort("romn"), 1), vsv::testing::IsOk());
  EXPECT_THAT(
      this->store().ImportPupils({MutationBy("roc-a", 2), this->kName, {}, /*undecided=*/true}),
      vsv::testing::HasReason("COHORT_NOT_FOUND"));
  const auto repeat = this->Import({SamplePupil(1)}, 2);
  EXPECT_THAT(this->Verdicts(repeat), ::testing::ElementsAre(PupilVerdict::kAdded));
  EXPECT_EQ(TotalOf(*this->Count(CountDimension::kLevel)).open.population, 1);
}

TYPED_TEST_P(CohortConformance, ForAnotherInstitutionThereIsNothing) {
  ASSERT_THAT(this->Create(SampleCohort("romn"), 1), vsv::testing::IsOk());
  ASSERT_THAT(this->Import({SamplePupil(1)}, 2), vsv::testing::IsOk());
  EXPECT_THAT(this->Import({SamplePupil(9)}, 3, "roc-b"),
              vsv::testing::HasReason("COHORT_NOT_FOUND"));
  EXPECT_THAT(this->Close(4, 2, "roc-b"), vsv::testing::HasReason("COHORT_NOT_FOUND"));
  EXPECT_THAT(this->Count(CountDimension::kLevel, "roc-b"),
              vsv::testing::HasReason("COHORT_NOT_FOUND"));
  EXPECT_THAT(this->Decisions("", 10, std::nullopt, "roc-b"),
              vsv::testing::HasReason("COHORT_NOT_FOUND"));
}

TYPED_TEST_P(CohortConformance, CountsByEachDimension) {
  ASSERT_THAT(this->Create(SampleCohort("romn"), 1), vsv::testing::IsOk());
  CohortPupil other_unit =
      SamplePupil(4, CountOutcome::kAccountedFor, {CountCode::kB1, CountCode::kC7}, Level::kEntree);
  other_unit.unit_code = "5200";
  other_unit.prior_education_code = 12;
  ASSERT_THAT(
      this->Import({SamplePupil(1), SamplePupil(2, CountOutcome::kAccountedFor, {CountCode::kC1}),
                    SamplePupil(3, CountOutcome::kOutsidePopulation), other_unit},
                   2),
      vsv::testing::IsOk());
  const auto by_level = this->Count(CountDimension::kLevel);
  ASSERT_THAT(by_level, vsv::testing::IsOk());
  ASSERT_EQ(by_level->size(), 2U);
  EXPECT_EQ((*by_level)[0].slice, "entree");
  EXPECT_EQ((*by_level)[0].open.population, 0);
  EXPECT_EQ((*by_level)[0].folded, 1) << "whatever else applies, and decides";
  EXPECT_EQ((*by_level)[1].slice, "mbo2");
  EXPECT_EQ((*by_level)[1].open.population, 2);
  EXPECT_EQ((*by_level)[1].open.EarlyLeavers(), 1);
  EXPECT_EQ((*by_level)[1].outside_population, 1);
  EXPECT_EQ(this->Count(CountDimension::kUnit)->back().slice, "5200");
  EXPECT_EQ(this->Count(CountDimension::kPriorEducation)->front().slice, "6")
      << "by number, not by letter";
}

TYPED_TEST_P(CohortConformance, DecisionsArePagedByReferenceWithAllMatches) {
  ASSERT_THAT(this->Create(SampleCohort("romn"), 1), vsv::testing::IsOk());
  ASSERT_THAT(
      this->Import({SamplePupil(2),
                    SamplePupil(1, CountOutcome::kAccountedFor, {CountCode::kC1, CountCode::kD1}),
                    SamplePupil(3)},
                   2),
      vsv::testing::IsOk());
  const auto first = this->Decisions("", 2);
  ASSERT_THAT(first, vsv::testing::IsOk());
  ASSERT_EQ(first->pupils.size(), 2U);
  EXPECT_TRUE(first->more);
  const CohortPupil& pupil = first->pupils[0];
  EXPECT_EQ(pupil.record_reference, "S000001");
  EXPECT_EQ(pupil.decision.deciding, CountCode::kC1);
  EXPECT_THAT(pupil.decision.matches, ::testing::ElementsAre(CountCode::kC1, CountCode::kD1));
  EXPECT_EQ(pupil.pupil_key, "");
  const auto last = this->Decisions("S000002", 1);
  EXPECT_EQ(last->pupils.size(), 1U);
  EXPECT_FALSE(last->more);
  EXPECT_EQ(this->Decisions("", 9, CountOutcome::kAccountedFor)->pupils.size(), 1U);
}

TYPED_TEST_P(CohortConformance, ClosedNothingChangesAndOthersSeeTheStoredTable) {
  ASSERT_THAT(this->Create(SampleCohort("romn"), 1), vsv::testing::IsOk());
  std::vector<CohortPupil> pupils;
  for (int i = 0; i < 40; ++i) {
    const Level level = i < 20 ? Level::kMbo2 : Level::kMbo3;
    pupils.push_back(i % 2 == 0
                         ? SamplePupil(i, CountOutcome::kEarlyLeaver, {}, level)
                         : SamplePupil(i, CountOutcome::kAccountedFor, {CountCode::kC1}, level));
  }
  pupils.push_back(SamplePupil(99, CountOutcome::kEarlyLeaver, {}, Level::kEntree));
  pupils.push_back(SamplePupil(98, CountOutcome::kAccountedFor, {CountCode::kB3}, Level::kMbo3));
  ASSERT_THAT(this->Import(pupils, 2), vsv::testing::IsOk());
  EXPECT_THAT(this->store().GetPublication(this->kName, Soon()),
              vsv::testing::HasReason("COHORT_OPEN"));
  EXPECT_THAT(this->Close(3, 1), vsv::testing::HasReason("ETAG_MISMATCH"));
  const auto closed = this->Close(4, 2);
  ASSERT_THAT(closed, vsv::testing::IsOk());
  EXPECT_EQ(closed->state, CohortState::kClosed);
  EXPECT_THAT(this->Close(4, 2), vsv::testing::IsOk()) << "a repeat";
  EXPECT_THAT(this->Close(5, 3), vsv::testing::HasReason("COHORT_CLOSED"));
  EXPECT_THAT(this->Import({SamplePupil(50)}, 6), vsv::testing::HasReason("COHORT_CLOSED"));
  const auto table = this->store().GetPublication(this->kName, Soon());
  ASSERT_THAT(table, vsv::testing::IsOk());
  ASSERT_EQ(table->size(), 4U);
  EXPECT_EQ((*table)[0].cell, (ToldCell{41, 42, 21})) << "one of mbo 3 is folded";
  EXPECT_FALSE((*table)[1].cell.has_value()) << "one pupil of entree";
  EXPECT_FALSE((*table)[2].cell.has_value()) << "goes along, so that entree is no difference";
  EXPECT_EQ((*table)[3].cell, (ToldCell{20, 21, 10}));
}

REGISTER_TYPED_TEST_SUITE_P(CohortConformance, ThereIsOnePerInstitutionAndCountDate,
                            PupilsAreAddedReplacedAndLeftAsTheyAre, ARepeatedImportWritesNothing,
                            RecordsThatWereNotDecidedOnAreNotTakenForNone,
                            ForAnotherInstitutionThereIsNothing, CountsByEachDimension,
                            DecisionsArePagedByReferenceWithAllMatches,
                            ClosedNothingChangesAndOthersSeeTheStoredTable);

}  // namespace vsv::outcomes
