// Ambitions on the published figures, through the importers and the handlers.
#include "libs/aip/page_token.h"
#include "libs/testing/status_matchers.h"
#include "services/outcomes/api/outcomes_handlers.h"
#include "services/outcomes/import/figure_files.h"
#include "services/outcomes/testing/calls.h"
#include "services/outcomes/testing/fake_stores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace vsv::outcomes {
namespace {

using ::testing::HasSubstr;
using vsv::testing::HasReason;
using vsv::testing::IsOk;

class Ambitions : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* id : {"vsv-percentage", "startersresultaat", "jaarresultaat",
                           "doorstroom-intern-mbo", "doorstroom-hoger-mbo", "doorstroom-mbo4-hbo",
                           "doorstroom-mbo4-hbo-per-domein", "interne-benchmark", "superschool"}) {
      auto request = FromText<v1::CreateIndicatorRequest>(R"pb(
        indicator {
          display_name: "x"
          unit: MEASURE_UNIT_PERCENT
          better: BETTER_HIGHER
          definitions { version: 1 source: "s" description: "d" }
          definitions { version: 2 source: "s" description: "d" }
          definitions { version: 3 source: "s" description: "d" }
        })pb");
      request.set_indicator_id(id);
      if (request.indicator_id() == "vsv-percentage")
        request.mutable_indicator()->set_better(v1::BETTER_LOWER);
      request.set_request_id(RequestId(next_request_++));
      ASSERT_THAT(IndicatorHandlers(context_).Create(keeper_, request), IsOk());
    }
    for (const FigureFile& file : SampleFigureFiles()) {
      auto request = ReadFigureFile(file, ".");
      ASSERT_THAT(request, IsOk());
      request->set_request_id(RequestId(next_request_++));
      auto response = FigureHandlers(context_).Import(keeper_, *request);
      ASSERT_THAT(response, IsOk());
      ASSERT_EQ(response->message().refused_count(), 0) << response->message().ShortDebugString();
    }
  }

  v1::CreateAmbitionRequest Request(const std::string& id, const std::string& fields) {
    auto request = FromText<v1::CreateAmbitionRequest>(absl::StrCat("ambition { ", fields, " }"));
    request.set_ambition_id(id);
    request.mutable_ambition()->set_display_name(id);
    request.mutable_ambition()->set_source("plan");
    request.set_request_id(RequestId(next_request_++));
    return request;
  }

  void Create(const std::string& id, const std::string& fields) {
    ASSERT_THAT(ambitions_.Create(keeper_, Request(id, fields)), IsOk());
  }

  absl::StatusOr<v1::Judgement> Judge(const std::string& id, const std::string& period = "",
                                      int64_t as_known = 0) {
    v1::JudgeAmbitionRequest request;
    request.set_name("ambitions/" + id);
    request.set_period(period);
    if (as_known != 0) request.mutable_as_known_time()->set_seconds(as_known);
    auto response = ambitions_.Judge(keeper_, request);
    if (!response.ok()) return response.status();
    return std::move(*response).Take();
  }

  std::string Worked(const std::string& indicator, const std::string& level,
                     const std::string& direction) {
    return absl::StrCat("indicator: 'indicators/", indicator,
                        "' organisation: 'organisations/roc-van-amsterdam-flevoland' level: ",
                        level, " baseline_period: '2016' direction: ", direction);
  }

  v1::IndicatorStatus Status(const std::string& query) {
    v1::BatchGetIndicatorStatusesRequest request;
    *request.add_queries() = FromText<v1::IndicatorStatusQuery>(query);
    auto response = ambitions_.GetStatuses(keeper_, request);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? response->message().statuses(0) : v1::IndicatorStatus();
  }

  FakeOutcomesStores stores_;
  const aip::PageTokens tokens_{"a key of this test, 32 bytes long"};
  const base::SystemClock clock_{};
  const OutcomesContext context_{stores_, stores_, stores_, tokens_, clock_};
  AmbitionHandlers ambitions_{context_};
  const rpc::CallContext keeper_ = CallBy("keeper", policy::v1::ROLE_REGISTER_KEEPER);
  int next_request_ = 1;
};

TEST_F(Ambitions, TheThreeWorkedExamplesComeOutAsWorked) {
  Create("starters", Worked("startersresultaat", "LEVEL_TOTAL", "DIRECTION_RETAIN"));
  Create("entree", Worked("jaarresultaat", "LEVEL_ENTREE", "DIRECTION_RETAIN"));
  Create("mbo2", Worked("jaarresultaat", "LEVEL_MBO2", "DIRECTION_HIGHER"));
  const auto starters = Judge("starters");
  ASSERT_THAT(starters, IsOk());
  EXPECT_EQ(starters->period(), "2017");
  EXPECT_EQ(starters->verdict().outcome(), v1::OUTCOME_MET);
  EXPECT_EQ(starters->verdict().met_count(), 8);
  EXPECT_EQ(starters->verdict().total_count(), 12);
  EXPECT_EQ(starters->verdict().parts_size(), 12);
  EXPECT_THAT(starters->left_out(), ::testing::ElementsAre("Vakmanschapsroute ROCvA: no college"));
  const auto entree = Judge("entree", "2017");
  EXPECT_EQ(entree->verdict().outcome(), v1::OUTCOME_MET);
  EXPECT_EQ(entree->verdict().reason(), v1::VERDICT_REASON_INSTITUTION_VALUE);
  EXPECT_EQ(entree->verdict().met_count(), 5);
  EXPECT_EQ(entree->verdict().total_count(), 10);
  const auto mbo2 = Judge("mbo2", "2017");
  EXPECT_EQ(mbo2->verdict().outcome(), v1::OUTCOME_NOT_MET);
  EXPECT_EQ(mbo2->verdict().met_count(), 5);
  EXPECT_EQ(mbo2->verdict().total_count(), 11);
  EXPECT_EQ(mbo2->verdict().flip().parts_needed_count(), 3);
  EXPECT_FALSE(mbo2->provisional());
}

TEST_F(Ambitions, BeforeTheFiguresWereKnownThereIsNothingToJudge) {
  Create("starters", Worked("startersresultaat", "LEVEL_TOTAL", "DIRECTION_RETAIN"));
  EXPECT_THAT(Judge("starters", "", 1'500'000'000), HasReason("PERIOD_NOT_MEASURED"));
  EXPECT_THAT(Judge("none"), HasReason("AMBITION_NOT_FOUND"));
  const auto named = Judge("starters", "2017", 1'500'000'000);
  ASSERT_THAT(named, IsOk());
  EXPECT_EQ(named->verdict().outcome(), v1::OUTCOME_NOT_JUDGED);
}

TEST_F(Ambitions, APeriodIsJudgedThatIsOfTheKindOfTheBaselineAndLater) {
  Create("starters", Worked("startersresultaat", "LEVEL_TOTAL", "DIRECTION_RETAIN"));
  EXPECT_THAT(Judge("starters", "2016"), HasReason("FIELD_INVALID")) << "the baseline itself";
  EXPECT_THAT(Judge("starters", "2015"), HasReason("FIELD_INVALID"));
  EXPECT_THAT(Judge("starters", "2017-2018"), HasReason("FIELD_INVALID")) << "another kind";
  EXPECT_THAT(Judge("starters", "2018"), IsOk());
}

TEST_F(Ambitions, TheStatusOfALineShowsValueStateTargetAndVerdict) {
  Create("vsv",
         "indicator: 'indicators/vsv-percentage' definition_version: 3 organisation: "
         "'organisations/roc-midden-nederland' "
         "level: LEVEL_MBO2 baseline_period: '2018-2019' direction: DIRECTION_LOWER "
         "institution_only: true");
  const v1::IndicatorStatus status = Status(
      "indicator: 'indicators/vsv-percentage' organisation: 'organisations/roc-midden-nederland' "
      "level: LEVEL_MBO2 "
      "ambition: 'ambitions/vsv'");
  EXPECT_EQ(status.figure().slice().period(), "2021-2022");
  EXPECT_EQ(status.figure().value().unscaled_value(), 116);
  EXPECT_EQ(status.figure().status(), v1::FIGURE_STATUS_PROVISIONAL);
  EXPECT_EQ(status.unit(), v1::MEASURE_UNIT_PERCENT);
  EXPECT_EQ(status.outcome(), v1::OUTCOME_NOT_MET) << "11.6 is not below 11.4";
  EXPECT_THAT(status.explanation(), HasSubstr("11.6"));
}

TEST_F(Ambitions, AStatusSaysWhatIsMissing) {
  EXPECT_EQ(
      Status("indicator: 'indicators/none' organisation: 'organisations/roc-a'").explanation(),
      "there is no such indicator");
  EXPECT_EQ(Status("indicator: 'indicators/jaarresultaat' organisation: 'organisations/roc-a'")
                .explanation(),
            "there is no figure for this slice");
  EXPECT_EQ(Status("indicator: 'indicators/vsv-percentage' organisation: "
                   "'organisations/roc-midden-nederland'")
                .explanation(),
            "there is no ambition to hold it against");
  EXPECT_EQ(Status("indicator: 'indicators/vsv-percentage' organisation: "
                   "'organisations/roc-midden-nederland' "
                   "ambition: 'ambitions/none'")
                .explanation(),
            "there is no such ambition for this slice");
}

TEST_F(Ambitions, AnInstitutionWritesItsOwnAlone) {
  const rpc::CallContext roc_b = CallBy("roc-b", policy::v1::ROLE_MBO);
  EXPECT_THAT(ambitions_.Create(
                  roc_b, Request("x1", Worked("jaarresultaat", "LEVEL_MBO2", "DIRECTION_HIGHER"))),
              HasReason("ROLE_REQUIRED"));
}

TEST_F(Ambitions, AnUpdateChangesWhatTheMaskNamesAndNothingElse) {
  Create("mbo2", Worked("jaarresultaat", "LEVEL_MBO2", "DIRECTION_HIGHER") +
                     " targets { period: '2018' commitment: COMMITMENT_TO_BE_SET }");
  v1::GetAmbitionRequest get;
  get.set_name("ambitions/mbo2");
  const v1::Ambition before = ambitions_.Get(keeper_, get)->message();
  auto update = FromText<v1::UpdateAmbitionRequest>(R"pb(
    ambition {
      name: "ambitions/mbo2"
      display_name: "ignored"
      targets {
        period: "2018"
        commitment: COMMITMENT_FIRM
        value { unscaled_value: 70 }
      }
    }
    update_mask { paths: "targets" })pb");
  update.mutable_ambition()->set_etag(before.etag());
  update.set_request_id(RequestId(next_request_++));
  const auto updated = ambitions_.Update(keeper_, update);
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->message().display_name(), "mbo2");
  EXPECT_EQ(updated->message().targets(0).value().unscaled_value(), 70);
  EXPECT_NE(updated->message().etag(), before.etag());
  update.set_request_id(RequestId(next_request_++));
  EXPECT_THAT(ambitions_.Update(keeper_, update), HasReason("ETAG_MISMATCH"));
  update.mutable_update_mask()->set_paths(0, "indicator");
  EXPECT_THAT(ambitions_.Update(keeper_, update), HasReason("FIELD_INVALID")) << "immutable";
}

TEST_F(Ambitions, TargetsAreAscendingOfOneKindAndHaveAValueUnlessToBeSet) {
  const std::string ambition = Worked("jaarresultaat", "LEVEL_MBO2", "DIRECTION_HIGHER");
  for (const char* targets :
       {"targets { period: '2016' commitment: COMMITMENT_FIRM value {} }",
        "targets { period: '2018-2019' commitment: COMMITMENT_FIRM value {} }",
        "targets { period: '2018' commitment: COMMITMENT_FIRM }",
        "targets { period: '2018' commitment: COMMITMENT_TO_BE_SET value {} }",
        "targets { period: '2018' commitment: COMMITMENT_FIRM value { scale: 9 } }",
        R"(targets { period: '2019' commitment: COMMITMENT_FIRM value {} }
           targets { period: '2018' commitment: COMMITMENT_FIRM value {} })"}) {
    EXPECT_THAT(ambitions_.Create(keeper_, Request("x1", absl::StrCat(ambition, " ", targets))),
                HasReason("FIELD_INVALID"))
        << targets;
  }
}

TEST_F(Ambitions, AListOfIndicatorsEndsAPageThatIsAsLargeAsAClientShouldGet) {
  constexpr int kMany = 15;  // of 100 kB each
  IndicatorHandlers indicators(context_);
  for (int i = 0; i < kMany; ++i) {
    auto request = FromText<v1::CreateIndicatorRequest>(R"pb(
      indicator { display_name: "x" unit: MEASURE_UNIT_PERCENT better: BETTER_HIGHER })pb");
    for (int version = 1; version <= 50; ++version) {
      auto* definition = request.mutable_indicator()->add_definitions();
      definition->set_version(version);
      definition->set_source("s");
      definition->set_description(std::string(2000, 'd'));
    }
    request.set_indicator_id(absl::StrCat("groot-", i));
    request.set_request_id(RequestId(next_request_++));
    ASSERT_THAT(indicators.Create(keeper_, request), IsOk());
  }
  v1::ListIndicatorsRequest request;
  std::set<std::string> listed;
  do {
    const auto page = indicators.List(keeper_, request);
    ASSERT_THAT(page, IsOk());
    EXPECT_LE(page->message().ByteSizeLong(), aip::kFullPageBytes + 110'000);
    for (const v1::Indicator& indicator : page->message().indicators()) {
      EXPECT_TRUE(listed.insert(indicator.name()).second) << indicator.name();
    }
    request.set_page_token(page->message().next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(listed.size(), 9U + kMany);
}

}  // namespace
}  // namespace vsv::outcomes
