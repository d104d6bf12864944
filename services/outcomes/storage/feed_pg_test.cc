// Every mutation gets a position in the feed, once, and only when it changed something.
#include "libs/base/status_macros.h"
#include "libs/feed/reader.h"
#include "libs/feed/sequencer.h"
#include "libs/pg/transaction.h"
#include "libs/testing/status_matchers.h"
#include "services/outcomes/testing/pg_backend.h"
#include "services/outcomes/testing/samples.h"

#include "absl/strings/str_cat.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vsv::outcomes {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using vsv::testing::HasReason;
using vsv::testing::IsOk;

class OutcomesFeed : public ::testing::Test {
 protected:
  // "region position kind id version", of the country and of region 16.
  std::vector<std::string> Feed() {
    feed::Sequencer sequencer(backend_.database().worker(), {});
    EXPECT_THAT(sequencer.RunOnce(Soon()), IsOk());
    std::vector<std::string> lines;
    EXPECT_THAT(
        pg::RunInTransaction(backend_.database().app(), pg::Mode::kReadOnly, Soon(), {},
                             [&lines](pg::Transaction& tx) -> absl::Status {
                               lines.clear();
                               VSV_ASSIGN_OR_RETURN(const feed::FeedBatch batch,
                                                    feed::ReadFeed(tx, {{"00", 0}, {"16", 0}}, 99));
                               for (const feed::FeedEntry& entry : batch.entries) {
                                 lines.push_back(absl::StrCat(
                                     entry.region, " ", entry.position, " ", entry.resource_kind,
                                     " ", entry.resource_id, " ", entry.version));
                               }
                               return absl::OkStatus();
                             }),
        IsOk());
    return lines;
  }

  absl::Status Import(int request, std::vector<Figure> figures) {
    return backend_.figures()
        .ImportFigures({MutationBy("duo", request), std::move(figures)})
        .status();
  }

  PgBackend backend_;
};

TEST_F(OutcomesFeed, CarriesIndicatorsAmbitionsAndFiguresOfTheCountry) {
  const CreateIndicatorCommand indicator{MutationBy("duo", 1), SampleIndicator("jaarresultaat")};
  ASSERT_THAT(backend_.indicators().CreateIndicators({indicator})[0], IsOk());
  ASSERT_THAT(backend_.indicators().CreateIndicators({indicator})[0], IsOk());  // a repeat
  ASSERT_THAT(
      backend_.ambitions().CreateAmbitions({{MutationBy("duo", 2), SampleAmbition("hoger")}})[0],
      IsOk());
  UpdateAmbitionCommand update{MutationBy("duo", 3), "hoger", 1, {}};
  update.change = [](const Ambition& ambition) -> absl::StatusOr<Ambition> { return ambition; };
  ASSERT_THAT(backend_.ambitions().UpdateAmbitions({update})[0], IsOk());
  const Figure figure = SampleFigure("", 700, 1);
  ASSERT_THAT(Import(4, {figure}), IsOk());
  ASSERT_THAT(Import(5, {figure}), IsOk());  // changes nothing
  EXPECT_THAT(Feed(), ElementsAre("00 1 INDICATOR jaarresultaat 1", "00 2 AMBITION hoger 1",
                                  "00 3 AMBITION hoger 2",
                                  absl::StrCat("00 4 FIGURE ", CellOf(figure.key), " ",
                                               absl::ToUnixMicros(figure.known_from))));
}

TEST_F(OutcomesFeed, CarriesACohortEachTimeItsRecordsOrStateChange) {
  const CohortName name{"16", "romn"};
  ASSERT_THAT(backend_.cohorts().CreateCohorts({{MutationBy("roc-a", 1), SampleCohort("romn")}})[0],
              IsOk());
  const ImportPupilsCommand pupils{MutationBy("roc-a", 2), name, {SamplePupil(1)}};
  ASSERT_THAT(backend_.cohorts().ImportPupils(pupils), IsOk());
  ASSERT_THAT(backend_.cohorts().ImportPupils(pupils), IsOk());  // a repeat
  ASSERT_THAT(backend_.cohorts().CloseCohorts({{MutationBy("roc-b", 3), name, 2, 5}})[0],
              HasReason("COHORT_NOT_FOUND"));
  ASSERT_THAT(backend_.cohorts().CloseCohorts({{MutationBy("roc-a", 4), name, 2, 5}})[0], IsOk());
  EXPECT_THAT(Feed(),
              ElementsAre("16 1 COHORT romn 1", "16 2 COHORT romn 2", "16 3 COHORT romn 3"));
}

TEST_F(OutcomesFeed, HoldsNothingOfWhatWasOnlyValidated) {
  CreateIndicatorCommand command{MutationBy("duo", 1), SampleIndicator("jaarresultaat")};
  command.mutation.validate_only = true;
  ASSERT_THAT(backend_.indicators().CreateIndicators({command})[0], IsOk());
  EXPECT_THAT(Feed(), IsEmpty());
}

}  // namespace
}  // namespace vsv::outcomes
