// The one suite that every store must pass. Include it in a test that defines a backend and
// instantiates:
//   struct Backend { Stores stores(); ... };
//   INSTANTIATE_TYPED_TEST_SUITE_P(Fake, StoreConformance, ::testing::Types<FakeBackend>);
#pragma once

#include "libs/testing/one_etag.h"
#include "libs/testing/status_matchers.h"
#include "services/programs/domain/store.h"
#include "services/programs/testing/samples.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::programs {

using ::testing::ElementsAre;
using vsv::testing::HasReason;
using vsv::testing::IsOk;

template <typename Backend>
class StoreConformance : public ::testing::Test {
 protected:
  template <typename T>
  absl::StatusOr<Stored<T>> Create(ResourceStore<T>& store, const T& resource, int request,
                                   bool validate_only = false) {
    const CreateCommand<T> command{SampleScope(request), resource, validate_only};
    return store.Create({command}, Soon()).front();
  }

  template <typename T>
  absl::StatusOr<Stored<T>> Get(ResourceStore<T>& store, const typename T::Name& name) {
    return store.Get({name}, Soon()).front();
  }

  // Renames to `title` on `version` (0: any).
  template <typename T>
  UpdateCommand<T> Rename(const typename T::Name& name, std::string title, int request,
                          int64_t version = 0) {
    UpdateCommand<T> command;
    command.scope = SampleScope(request);
    command.name = name;
    if (version != 0) command.expected_version = version;
    command.change = [title](T resource) -> absl::StatusOr<T> {
      resource.title = title;
      return resource;
    };
    return command;
  }

  // Program and line, so that the rest has a parent.
  void CreateParents() {
    ASSERT_THAT(Create(stores_.programs, SampleProgram(), 1), IsOk());
    ASSERT_THAT(Create(stores_.lines, SampleLine(), 2), IsOk());
  }

  absl::Time Soon() const { return absl::Now() + absl::Seconds(20); }

  Backend backend_;
  Stores stores_ = backend_.stores();
};

TYPED_TEST_SUITE_P(StoreConformance);

TYPED_TEST_P(StoreConformance, GivesBackEveryResourceAsItWasEntered) {
  this->CreateParents();
  Stores& stores = this->stores_;
  ASSERT_THAT(this->Create(stores.measures, SampleMeasure(), 3), IsOk());
  ASSERT_THAT(this->Create(stores.links, SampleLink(), 4), IsOk());
  ASSERT_THAT(this->Create(stores.assignments, SampleAssignment(), 5), IsOk());
  EXPECT_EQ(this->Get(stores.programs, kSampleProgram)->resource, SampleProgram());
  EXPECT_EQ(this->Get(stores.lines, kSampleLine)->resource, SampleLine());
  EXPECT_EQ(this->Get(stores.measures, SampleMeasure().name)->resource, SampleMeasure());
  EXPECT_EQ(this->Get(stores.links, SampleLink().name)->resource, SampleLink());
  EXPECT_EQ(this->Get(stores.assignments, SampleAssignment().name)->resource, SampleAssignment());
  EXPECT_EQ(this->Get(stores.programs, kSampleProgram)->version, 1);
}

TYPED_TEST_P(StoreConformance, AnswersABatchInOrderWithAVerdictEach) {
  this->CreateParents();
  const auto verdicts = this->stores_.programs.Get(
      {ProgramName{"16", "onbekend"}, kSampleProgram, ProgramName{"19", "aanpak-vsv-2021"}},
      this->Soon());
  ASSERT_EQ(verdicts.size(), 3U);
  EXPECT_THAT(verdicts[0], HasReason("PROGRAM_NOT_FOUND"));
  EXPECT_THAT(verdicts[1], IsOk());
  EXPECT_THAT(verdicts[2], HasReason("PROGRAM_NOT_FOUND"));
}

TYPED_TEST_P(StoreConformance, AFailingCommandLeavesItsNeighboursAlone) {
  ASSERT_THAT(this->Create(this->stores_.programs, SampleProgram(), 1), IsOk());
  const std::vector<CreateCommand<ProgramLine>> commands = {
      {SampleScope(2), SampleLine({kSampleProgram, "1"}), false},
      {SampleScope(3), SampleLine({{"16", "onbekend"}, "1"}), false},
      {SampleScope(4), SampleLine({kSampleProgram, "1"}), false},
      {SampleScope(5), SampleLine({kSampleProgram, "2"}), false}};
  const auto verdicts = this->stores_.lines.Create(commands, this->Soon());
  ASSERT_EQ(verdicts.size(), 4U);
  EXPECT_THAT(verdicts[0], IsOk());
  EXPECT_THAT(verdicts[1], HasReason("PROGRAM_NOT_FOUND"));
  EXPECT_THAT(verdicts[2], HasReason("LINE_EXISTS"));
  EXPECT_THAT(verdicts[3], IsOk());
  EXPECT_THAT(this->Get(this->stores_.lines, {kSampleProgram, "2"}), IsOk());
}

TYPED_TEST_P(StoreConformance, ARepeatedRequestHasOneEffect) {
  ASSERT_THAT(this->Create(this->stores_.programs, SampleProgram(), 1), IsOk());
  const auto rename =
      this->template Rename<Program>(kSampleProgram, "Nieuwe titel", 2, /*version=*/1);
  ASSERT_THAT(this->stores_.programs.Update({rename}, this->Soon()).front(), IsOk());
  const auto again = this->stores_.programs.Update({rename}, this->Soon()).front();
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->version, 2);
  EXPECT_THAT(this->Create(this->stores_.programs, SampleProgram(), 1), IsOk());
}

TYPED_TEST_P(StoreConformance, ARequestIdCannotCarryAnotherBody) {
  ASSERT_THAT(this->Create(this->stores_.programs, SampleProgram(), 1), IsOk());
  CreateCommand<Program> other{SampleScope(1), SampleProgram({"16", "ander"}), false};
  other.scope.body_hash = "another";
  EXPECT_THAT(this->stores_.programs.Create({other}, this->Soon()).front(),
              HasReason("REQUEST_ID_REUSED"));
  other.scope.caller = "roc-midden-nederland";
  EXPECT_THAT(this->stores_.programs.Create({other}, this->Soon()).front(), IsOk());
}

TYPED_TEST_P(StoreConformance, ARefusedRequestDoesNotUseUpItsId) {
  EXPECT_THAT(this->Create(this->stores_.lines, SampleLine(), 2), HasReason("PROGRAM_NOT_FOUND"));
  ASSERT_THAT(this->Create(this->stores_.programs, SampleProgram(), 1), IsOk());
  EXPECT_THAT(this->Create(this->stores_.lines, SampleLine(), 2), IsOk());
}

TYPED_TEST_P(StoreConformance, ValidateOnlyLeavesNothingBehind) {
  EXPECT_THAT(this->Create(this->stores_.programs, SampleProgram(), 1, true), IsOk());
  EXPECT_THAT(this->Get(this->stores_.programs, kSampleProgram), HasReason("PROGRAM_NOT_FOUND"));
  ASSERT_THAT(this->Create(this->stores_.programs, SampleProgram(), 1), IsOk());
  EXPECT_THAT(this->Create(this->stores_.programs, SampleProgram(), 2, true),
              HasReason("PROGRAM_EXISTS"));
}

TYPED_TEST_P(StoreConformance, AnUpdateOnAnOldVersionIsRefused) {
  ASSERT_THAT(this->Create(this->stores_.programs, SampleProgram(), 1), IsOk());
  Stores& stores = this->stores_;
  const auto first = this->template Rename<Program>(kSampleProgram, "Een", 2, 1);
  const auto second = this->template Rename<Program>(kSampleProgram, "Twee", 3, 1);
  EXPECT_THAT(stores.programs.Update({first}, this->Soon()).front(), IsOk());
  EXPECT_THAT(stores.programs.Update({second}, this->Soon()).front(), HasReason("ETAG_MISMATCH"));
  EXPECT_EQ(this->Get(stores.programs, kSampleProgram)->resource.title, "Een");
  const auto any = this->template Rename<Program>(kSampleProgram, "Drie", 4);
  EXPECT_EQ(stores.programs.Update({any}, this->Soon()).front()->version, 3);
}

TYPED_TEST_P(StoreConformance, OfManyWritersWithOneEtagExactlyOneWins) {
  ASSERT_THAT(this->Create(this->stores_.programs, SampleProgram(), 1), IsOk());
  vsv::testing::ExpectExactlyOneWins([this](int i) {
    const auto rename = this->template Rename<Program>(kSampleProgram, "Een", 2 + i, 1);
    return this->stores_.programs.Update({rename}, this->Soon()).front().status();
  });
}

TYPED_TEST_P(StoreConformance, AnUpdateReplacesTheLists) {
  this->CreateParents();
  ASSERT_THAT(this->Create(this->stores_.measures, SampleMeasure(), 3), IsOk());
  UpdateCommand<Measure> command;
  command.scope = SampleScope(4);
  command.name = SampleMeasure().name;
  command.change = [](Measure measure) -> absl::StatusOr<Measure> {
    measure.milestones = {
        {"nieuw", "Nieuw", absl::CivilDay(2022, 1, 1), absl::CivilDay(2022, 2, 2)},
        measure.milestones[0]};
    return measure;
  };
  const auto updated = this->stores_.measures.Update({command}, this->Soon()).front();
  ASSERT_THAT(updated, IsOk());
  ASSERT_EQ(updated->resource.milestones.size(), 2U);
  EXPECT_EQ(updated->resource.milestones[0].done_on, absl::CivilDay(2022, 2, 2));
  EXPECT_EQ(this->Get(this->stores_.measures, command.name)->resource, updated->resource);
}

TYPED_TEST_P(StoreConformance, TheRefusalOfAChangeIsTheVerdict) {
  ASSERT_THAT(this->Create(this->stores_.programs, SampleProgram(), 1), IsOk());
  UpdateCommand<Program> command;
  command.scope = SampleScope(2);
  command.name = kSampleProgram;
  command.change = [](const Program&) -> absl::StatusOr<Program> {
    return errors::StateConflict("no");
  };
  EXPECT_THAT(this->stores_.programs.Update({command}, this->Soon()).front(),
              HasReason("STATE_CONFLICT"));
  EXPECT_EQ(this->Get(this->stores_.programs, kSampleProgram)->version, 1);
}

TYPED_TEST_P(StoreConformance, AssignmentsNameLinesOfTheirOwnProgram) {
  this->CreateParents();
  SpecialAssignment assignment = SampleAssignment();
  assignment.crossed_lines = {"9"};
  EXPECT_THAT(this->Create(this->stores_.assignments, assignment, 3), HasReason("LINE_UNKNOWN"));
  assignment.crossed_lines.clear();
  assignment.home_line = "9";
  EXPECT_THAT(this->Create(this->stores_.assignments, assignment, 4), HasReason("LINE_UNKNOWN"));
}

TYPED_TEST_P(StoreConformance, ListsPageByPageWithinTheParent) {
  this->CreateParents();
  ASSERT_THAT(this->Create(this->stores_.lines, SampleLine({kSampleProgram, "1"}), 3), IsOk());
  for (int i = 0; i < 5; ++i) {
    const Measure measure = SampleMeasure({kSampleLine, "maatregel-" + std::to_string(i)});
    ASSERT_THAT(this->Create(this->stores_.measures, measure, 10 + i), IsOk());
  }
  ASSERT_THAT(
      this->Create(this->stores_.measures, SampleMeasure({{kSampleProgram, "1"}, "elders"}), 20),
      IsOk());
  ListQuery<Measure> query{.parent = {"16", "aanpak-vsv-2021", "3"}, .filter = {}, .limit = 2};
  std::vector<std::string> seen;
  for (bool more = true; more;) {
    const auto page = this->stores_.measures.List(query, this->Soon());
    ASSERT_THAT(page, IsOk());
    ASSERT_FALSE(page->items.empty());
    for (const auto& item : page->items) seen.push_back(item.resource.name.measure);
    query.after = seen.back();
    more = page->more;
  }
  EXPECT_THAT(
      seen, ElementsAre("maatregel-0", "maatregel-1", "maatregel-2", "maatregel-3", "maatregel-4"));
}

TYPED_TEST_P(StoreConformance, FiltersLists) {
  this->CreateParents();
  Measure running = *Start(SampleMeasure({kSampleLine, "loopt"}), absl::CivilDay(2021, 9, 1));
  running.owner = OrganisationId("roc-midden-nederland");
  ASSERT_THAT(this->Create(this->stores_.measures, SampleMeasure(), 3), IsOk());
  ASSERT_THAT(this->Create(this->stores_.measures, running, 4), IsOk());
  ListQuery<Measure> query{.parent = {"16", "aanpak-vsv-2021", "3"}, .filter = {}};
  query.filter.state = MeasureState::kRunning;
  EXPECT_EQ(this->stores_.measures.List(query, this->Soon())->items.size(), 1U);
  query.filter.owner = OrganisationId("gemeente-amersfoort");
  EXPECT_TRUE(this->stores_.measures.List(query, this->Soon())->items.empty());
}

TYPED_TEST_P(StoreConformance, FactsAreThoseOfTheLineOnTheDay) {
  this->CreateParents();
  ASSERT_THAT(this->Create(this->stores_.measures, SampleMeasure(), 3), IsOk());
  ASSERT_THAT(this->Create(this->stores_.links, SampleLink(), 4), IsOk());
  ASSERT_THAT(this->Create(this->stores_.assignments, SampleAssignment(), 5), IsOk());
  const OrganisationId school("school-a");
  const absl::CivilDay due(2022, 3, 1);
  const absl::CivilDay day(2022, 2, 1);
  this->backend_.Count({{"16", Process::kTransition, "SENT", school, due, day, 7},
                        {"16", Process::kTransition, "ACCEPTED", school, due, day + 10, 3},
                        {"16", Process::kWarmHandover, "NEEDED", school, due, day, 5},
                        {"19", Process::kTransition, "SENT", school, due, day, 50}},
                       absl::FromUnixSeconds(1'700'000'000));
  EXPECT_THAT(this->stores_.facts.Read({kSampleProgram, "9"}, day, this->Soon()),
              HasReason("LINE_NOT_FOUND"));
  const auto facts = this->stores_.facts.Read(kSampleLine, day, this->Soon());
  ASSERT_THAT(facts, IsOk());
  EXPECT_EQ(facts->program, SampleProgram());
  EXPECT_EQ(facts->line, SampleLine());
  EXPECT_THAT(facts->measures, ElementsAre(SampleMeasure()));
  EXPECT_THAT(facts->links, ElementsAre(SampleLink()));
  EXPECT_THAT(facts->assignments, ElementsAre(SampleAssignment()));
  EXPECT_THAT(facts->counts,
              ElementsAre(ProcessCount{Process::kTransition, "SENT", school, due, 7}));
  EXPECT_EQ(facts->dossiers_as_of, absl::FromUnixSeconds(1'700'000'000));
}

REGISTER_TYPED_TEST_SUITE_P(StoreConformance, GivesBackEveryResourceAsItWasEntered,
                            AnswersABatchInOrderWithAVerdictEach,
                            AFailingCommandLeavesItsNeighboursAlone, ARepeatedRequestHasOneEffect,
                            ARequestIdCannotCarryAnotherBody, ARefusedRequestDoesNotUseUpItsId,
                            ValidateOnlyLeavesNothingBehind, AnUpdateOnAnOldVersionIsRefused,
                            OfManyWritersWithOneEtagExactlyOneWins, AnUpdateReplacesTheLists,
                            TheRefusalOfAChangeIsTheVerdict, AssignmentsNameLinesOfTheirOwnProgram,
                            ListsPageByPageWithinTheParent, FiltersLists,
                            FactsAreThoseOfTheLineOnTheDay);

}  // namespace vsv::programs
