// What every implementation of the stores of indicators, figures and ambitions must do. Instantiate
// with a Backend that has indicators(), ambitions() and figures(), fresh and empty.
#pragma once

#include "libs/errors/errors.h"
#include "libs/testing/one_etag.h"
#include "libs/testing/status_matchers.h"
#include "services/outcomes/testing/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vsv::outcomes {

using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;

template <typename Backend>
class FigureConformance : public ::testing::Test {
 protected:
  absl::StatusOr<Indicator> CreateIndicator(const std::string& id, int request,
                                            const std::string& body = "body",
                                            bool validate_only = false) {
    CreateIndicatorCommand command{MutationBy("keeper", request, body), SampleIndicator(id)};
    command.mutation.validate_only = validate_only;
    return backend_.indicators().CreateIndicators({command}).front();
  }

  absl::StatusOr<std::vector<absl::StatusOr<Admission>>> Import(std::vector<Figure> figures,
                                                                int request,
                                                                const std::string& body = "body",
                                                                bool validate_only = false) {
    ImportFiguresCommand command{MutationBy("keeper", request, body), std::move(figures)};
    command.mutation.validate_only = validate_only;
    return backend_.figures().ImportFigures(command);
  }

  std::vector<std::string> Values(int known_day, bool superseded = false) {
    ListFiguresCommand command;
    command.as_known = Known(known_day);
    command.show_superseded = superseded;
    command.deadline = Soon();
    std::vector<std::string> values;
    const auto figures = backend_.figures().ListFigures(command);
    EXPECT_THAT(figures, IsOk());
    for (const Figure& figure : *figures) values.push_back(figure.value.ToString());
    return values;
  }

  Backend backend_;
};

TYPED_TEST_SUITE_P(FigureConformance);

TYPED_TEST_P(FigureConformance, IndicatorsAreReadBackAsTheyWereMade) {
  ASSERT_THAT(this->CreateIndicator("jaarresultaat", 1), IsOk());
  const auto found = this->backend_.indicators().GetIndicators({"none", "jaarresultaat"}, Soon());
  EXPECT_THAT(found[0], HasReason("INDICATOR_NOT_FOUND"));
  ASSERT_THAT(found[1], IsOk());
  EXPECT_EQ(found[1]->definitions.size(), 2U);
  EXPECT_EQ(found[1]->definitions[1].first_period, (Period{2016, true}));
  EXPECT_EQ(found[1]->version, 1);
  EXPECT_EQ(found[1]->created_at, Known(100));
}

TYPED_TEST_P(FigureConformance, ARepeatFindsWhatTheFirstCallMade) {
  ASSERT_THAT(this->CreateIndicator("jaarresultaat", 1), IsOk());
  EXPECT_THAT(this->CreateIndicator("jaarresultaat", 1), IsOk());
  EXPECT_THAT(this->CreateIndicator("jaarresultaat", 1, "other"), HasReason("REQUEST_ID_REUSED"));
  EXPECT_THAT(this->CreateIndicator("jaarresultaat", 2), HasReason("INDICATOR_EXISTS"));
}

TYPED_TEST_P(FigureConformance, WhatOnlyIsValidatedIsNotThere) {
  EXPECT_THAT(this->CreateIndicator("jaarresultaat", 1, "body", true), IsOk());
  EXPECT_THAT(this->backend_.indicators().GetIndicators({"jaarresultaat"}, Soon())[0],
              HasReason("INDICATOR_NOT_FOUND"));
  EXPECT_THAT(this->CreateIndicator("jaarresultaat", 1), IsOk())
      << "the request id was not used up";
}

TYPED_TEST_P(FigureConformance, AFailingCommandOfABatchLeavesItsNeighboursAlone) {
  const std::vector<CreateIndicatorCommand> batch = {
      {MutationBy("keeper", 1), SampleIndicator("aa")},
      {MutationBy("keeper", 2), SampleIndicator("aa")},
      {MutationBy("keeper", 3), SampleIndicator("bb")}};
  const auto verdicts = this->backend_.indicators().CreateIndicators(batch);
  EXPECT_THAT(verdicts[0], IsOk());
  EXPECT_THAT(verdicts[1], HasReason("INDICATOR_EXISTS"));
  EXPECT_THAT(verdicts[2], IsOk());
  const auto page = this->backend_.indicators().ListIndicators({"aa", 10, Soon()});
  ASSERT_THAT(page, IsOk());
  ASSERT_EQ(page->size(), 1U);
  EXPECT_EQ(page->front().id, "bb");
  EXPECT_EQ(page->front().definitions.size(), 2U);
}

TYPED_TEST_P(FigureConformance, FiguresAreJudgedRowByRow) {
  ASSERT_THAT(this->CreateIndicator("jaarresultaat", 1), IsOk());
  Figure unknown = SampleFigure("", 660, 1);
  unknown.key.definition_version = 3;
  const auto verdicts =
      this->Import({SampleFigure("", 660, 1), unknown, SampleFigure("5100", 700, 1),
                    SampleFigure("5200", 1, 1, FigureStatus::kRestated)},
                   2);
  ASSERT_THAT(verdicts, IsOk());
  EXPECT_EQ(*(*verdicts)[0], Admission::kAdded);
  EXPECT_THAT((*verdicts)[1], HasReason("INDICATOR_NOT_FOUND"));
  EXPECT_EQ(*(*verdicts)[2], Admission::kAdded);
  EXPECT_THAT((*verdicts)[3], HasReason("FIGURE_STATUS"));
  EXPECT_EQ(this->Values(1).size(), 2U);
}

TYPED_TEST_P(FigureConformance, ImportingTwiceChangesNothing) {
  ASSERT_THAT(this->CreateIndicator("jaarresultaat", 1), IsOk());
  ASSERT_THAT(this->Import({SampleFigure("", 660, 1)}, 2), IsOk());
  const auto replay = this->Import({SampleFigure("", 660, 1)}, 2);
  EXPECT_EQ(*replay->front(), Admission::kUnchanged);
  const auto again = this->Import({SampleFigure("", 660, 1)}, 3);
  EXPECT_EQ(*again->front(), Admission::kUnchanged);
  EXPECT_THAT(this->Import({SampleFigure("", 660, 1)}, 2, "other"), HasReason("REQUEST_ID_REUSED"));
  EXPECT_EQ(this->Values(50, true).size(), 1U);
}

TYPED_TEST_P(FigureConformance, AnImportThatIsOnlyValidatedWritesNothing) {
  ASSERT_THAT(this->CreateIndicator("jaarresultaat", 1), IsOk());
  EXPECT_EQ(*this->Import({SampleFigure("", 660, 1)}, 2, "body", true)->front(), Admission::kAdded);
  EXPECT_TRUE(this->Values(50).empty());
}

TYPED_TEST_P(FigureConformance, OneSeesWhatWasKnownAtAMoment) {
  ASSERT_THAT(this->CreateIndicator("jaarresultaat", 1), IsOk());
  ASSERT_THAT(this->Import({SampleFigure("", 660, 10)}, 2), IsOk());
  ASSERT_THAT(this->Import({SampleFigure("", 640, 20, FigureStatus::kDefinitive),
                            SampleFigure("", 690, 30, FigureStatus::kRestated)},
                           3),
              IsOk());
  EXPECT_THAT(this->Values(9), ::testing::IsEmpty());
  EXPECT_THAT(this->Values(10), ::testing::ElementsAre("66.0"));
  EXPECT_THAT(this->Values(25), ::testing::ElementsAre("64.0"));
  EXPECT_THAT(this->Values(30), ::testing::ElementsAre("69.0"));
  EXPECT_THAT(this->Values(30, true), ::testing::ElementsAre("66.0", "64.0", "69.0"));
  EXPECT_THAT(this->Values(25, true), ::testing::ElementsAre("66.0", "64.0"))
      << "nothing that became known later";
}

TYPED_TEST_P(FigureConformance, AllFieldsOfAFigureAreReadBack) {
  ASSERT_THAT(this->CreateIndicator("jaarresultaat", 1), IsOk());
  Figure figure = SampleFigure("5100", 67700, 10, FigureStatus::kDefinitive);
  figure.key.slice.kind = SliceKind::kTeam;
  figure.key.slice.parent_code = "51";
  figure.key.origin = FigureOrigin::kOwnEstimate;
  figure.value.scale = 3;
  figure.numerator = 12;
  figure.denominator = 345;
  figure.denominator_derived = true;
  ASSERT_THAT(this->Import({figure}, 2), IsOk());
  const auto slices = this->backend_.figures().GetSlices(
      {{"jaarresultaat", 1, "roc-a", Level::kMbo2, Known(10)}}, Soon());
  ASSERT_THAT(slices, IsOk());
  ASSERT_EQ(slices->front().size(), 1U);
  const Figure& read = slices->front().front();
  EXPECT_EQ(read.key, figure.key);
  EXPECT_EQ(read.value.ToString(), "67.700");
  EXPECT_EQ(read.numerator, 12);
  EXPECT_EQ(read.denominator, 345);
  EXPECT_TRUE(read.denominator_derived);
  EXPECT_EQ(read.known_from, figure.known_from);
  EXPECT_EQ(read.id, figure.id);
  EXPECT_EQ(read.unit_name, figure.unit_name);
}

TYPED_TEST_P(FigureConformance, PagesAndFiltersTogetherGiveEachFigureOnce) {
  ASSERT_THAT(this->CreateIndicator("jaarresultaat", 1), IsOk());
  std::vector<Figure> figures;
  for (int i = 0; i < 7; ++i) figures.push_back(SampleFigure(absl::StrCat("51", i), 600 + i, 1));
  Figure other = SampleFigure("5199", 1, 1);
  other.key.slice.level = Level::kMbo3;
  figures.push_back(other);
  ASSERT_THAT(this->Import(figures, 2), IsOk());
  ListFiguresCommand command;
  command.filter.level = Level::kMbo2;
  command.filter.kind = SliceKind::kCollege;
  command.filter.status = FigureStatus::kProvisional;
  command.as_known = Known(50);
  command.limit = 3;
  command.deadline = Soon();
  std::vector<std::string> seen;
  for (int page = 0; page < 5; ++page) {
    const auto rows = this->backend_.figures().ListFigures(command);
    ASSERT_THAT(rows, IsOk());
    for (const Figure& row : *rows) seen.push_back(row.key.slice.unit_code);
    if (rows->size() < 3) break;
    command.after = FigurePosition{CellOf(rows->back().key), rows->back().known_from};
  }
  EXPECT_THAT(seen, ::testing::ElementsAre("510", "511", "512", "513", "514", "515", "516"));
}

TYPED_TEST_P(FigureConformance, SlicesComePerQueryInOrder) {
  ASSERT_THAT(this->CreateIndicator("jaarresultaat", 1), IsOk());
  ASSERT_THAT(this->Import({SampleFigure("", 660, 1), SampleFigure("5100", 700, 1)}, 2), IsOk());
  const auto slices =
      this->backend_.figures().GetSlices({{"jaarresultaat", 1, "roc-b", Level::kMbo2, Known(5)},
                                          {"jaarresultaat", 1, "roc-a", Level::kMbo2, Known(5)},
                                          {"jaarresultaat", 1, "roc-a", Level::kMbo2, Known(0)}},
                                         Soon());
  ASSERT_THAT(slices, IsOk());
  EXPECT_THAT(*slices, ::testing::ElementsAre(::testing::IsEmpty(), ::testing::SizeIs(2),
                                              ::testing::IsEmpty()));
}

REGISTER_TYPED_TEST_SUITE_P(FigureConformance, IndicatorsAreReadBackAsTheyWereMade,
                            ARepeatFindsWhatTheFirstCallMade, WhatOnlyIsValidatedIsNotThere,
                            AFailingCommandOfABatchLeavesItsNeighboursAlone,
                            FiguresAreJudgedRowByRow, ImportingTwiceChangesNothing,
                            AnImportThatIsOnlyValidatedWritesNothing, OneSeesWhatWasKnownAtAMoment,
                            AllFieldsOfAFigureAreReadBack,
                            PagesAndFiltersTogetherGiveEachFigureOnce, SlicesComePerQueryInOrder);

template <typename Backend>
class AmbitionConformance : public ::testing::Test {
 protected:
  void SetUp() override {
    const CreateIndicatorCommand command{MutationBy("keeper", 999),
                                         SampleIndicator("jaarresultaat")};
    ASSERT_THAT(backend_.indicators().CreateIndicators({command})[0], IsOk());
  }

  absl::StatusOr<Ambition> Create(const Ambition& ambition, int request) {
    return backend_.ambitions().CreateAmbitions({{MutationBy("roc-a", request), ambition}}).front();
  }

  absl::StatusOr<Ambition> Rename(const std::string& id, int64_t version, int request,
                                  bool validate_only = false) {
    UpdateAmbitionCommand command;
    command.mutation = MutationBy("roc-a", request);
    command.mutation.validate_only = validate_only;
    command.id = id;
    command.expected_version = version;
    command.change = [](const Ambition& current) -> absl::StatusOr<Ambition> {
      Ambition changed = current;
      changed.display_name = "More";
      changed.targets.pop_back();
      changed.conflicts.clear();
      return changed;
    };
    return backend_.ambitions().UpdateAmbitions({command}).front();
  }

  Backend backend_;
};

TYPED_TEST_SUITE_P(AmbitionConformance);

TYPED_TEST_P(AmbitionConformance, AreReadBackWithTargetsAndContradictions) {
  ASSERT_THAT(this->Create(SampleAmbition("less"), 1), IsOk());
  const auto found = this->backend_.ambitions().GetAmbitions({"less", "none"}, Soon());
  ASSERT_THAT(found[0], IsOk());
  EXPECT_THAT(found[1], HasReason("AMBITION_NOT_FOUND"));
  EXPECT_EQ(found[0]->baseline_value->ToString(), "78.0");
  ASSERT_EQ(found[0]->targets.size(), 2U);
  EXPECT_EQ(found[0]->targets[0].value, (Decimal{79, 0}));
  EXPECT_EQ(found[0]->targets[1].commitment, Commitment::kToBeSet);
  ASSERT_EQ(found[0]->conflicts.size(), 2U);
  EXPECT_EQ(found[0]->conflicts[1].statement, "says 81");
}

TYPED_TEST_P(AmbitionConformance, NeedTheirIndicatorInThatDefinition) {
  Ambition ambition = SampleAmbition("less");
  ambition.definition_version = 3;
  EXPECT_THAT(this->Create(ambition, 1), HasReason("INDICATOR_NOT_FOUND"));
  EXPECT_THAT(this->Create(SampleAmbition("less"), 2), IsOk());
  EXPECT_THAT(this->Create(SampleAmbition("less"), 3), HasReason("AMBITION_EXISTS"));
}

TYPED_TEST_P(AmbitionConformance, ChangeOnlyOnTheVersionTheyWereReadIn) {
  ASSERT_THAT(this->Create(SampleAmbition("less"), 1), IsOk());
  EXPECT_THAT(this->Rename("less", 7, 2), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(this->Rename("none", 1, 3), HasReason("AMBITION_NOT_FOUND"));
  const auto checked = this->Rename("less", 1, 4, true);
  ASSERT_THAT(checked, IsOk());
  EXPECT_EQ(this->backend_.ambitions().GetAmbitions({"less"}, Soon())[0]->display_name, "Less");
  const auto changed = this->Rename("less", 1, 4);
  ASSERT_THAT(changed, IsOk());
  EXPECT_EQ(changed->version, 2);
  EXPECT_EQ(changed->display_name, "More");
  EXPECT_EQ(changed->targets.size(), 1U);
  EXPECT_TRUE(changed->conflicts.empty());
  const auto replay = this->Rename("less", 1, 4);
  ASSERT_THAT(replay, IsOk()) << "a repeat is not judged by the version it made itself";
  EXPECT_EQ(replay->version, 2);
}

TYPED_TEST_P(AmbitionConformance, OfManyWritersWithOneEtagExactlyOneWins) {
  ASSERT_THAT(this->Create(SampleAmbition("less"), 1), IsOk());
  vsv::testing::ExpectExactlyOneWins(
      [this](int i) { return this->Rename("less", 1, 2 + i).status(); });
}

TYPED_TEST_P(AmbitionConformance, AreListedByInstitutionInOrder) {
  Ambition other = SampleAmbition("bb");
  other.organisation_id = "roc-b";
  ASSERT_THAT(this->Create(SampleAmbition("cc"), 1), IsOk());
  ASSERT_THAT(this->Create(other, 2), IsOk());
  ASSERT_THAT(this->Create(SampleAmbition("aa"), 3), IsOk());
  const auto ids = [this](ListAmbitionsCommand command) {
    std::vector<std::string> found;
    const auto rows = this->backend_.ambitions().ListAmbitions(command);
    EXPECT_THAT(rows, IsOk());
    for (const Ambition& row : *rows) found.push_back(row.id);
    return found;
  };
  EXPECT_THAT(ids({{"", 10, Soon()}, std::nullopt}), ::testing::ElementsAre("aa", "bb", "cc"));
  EXPECT_THAT(ids({{"aa", 1, Soon()}, std::nullopt}), ::testing::ElementsAre("bb"));
  EXPECT_THAT(ids({{"", 10, Soon()}, "roc-a"}), ::testing::ElementsAre("aa", "cc"));
}

REGISTER_TYPED_TEST_SUITE_P(AmbitionConformance, AreReadBackWithTargetsAndContradictions,
                            NeedTheirIndicatorInThatDefinition,
                            ChangeOnlyOnTheVersionTheyWereReadIn,
                            OfManyWritersWithOneEtagExactlyOneWins, AreListedByInstitutionInOrder);

}  // namespace vsv::outcomes
