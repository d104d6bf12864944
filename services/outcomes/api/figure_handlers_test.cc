#include "libs/testing/status_matchers.h"
#include "services/outcomes/api/outcomes_handlers.h"
#include "services/outcomes/testing/calls.h"
#include "services/outcomes/testing/fake_stores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vsv::outcomes {
namespace {

using ::testing::HasSubstr;
using vsv::testing::HasReason;
using vsv::testing::IsOk;

constexpr const char* kIndicator = R"pb(
  indicator_id: "jaarresultaat"
  indicator {
    display_name: "Jaarresultaat"
    unit: MEASURE_UNIT_PERCENT
    better: BETTER_HIGHER
    definitions { version: 1 source: "DUO" description: "graduates" }
  }
)pb";

// A college's figure of roc-a.
constexpr const char* kFigure = R"pb(
  indicator: "indicators/jaarresultaat"
  slice {
    kind: SLICE_KIND_COLLEGE
    organisation: "organisations/roc-a"
    unit_code: "5100"
    level: LEVEL_MBO2
    period: "2021-2022"
  }
  value { unscaled_value: 677 scale: 1 }
  status: FIGURE_STATUS_PROVISIONAL
  known_from_time { seconds: 1600000000 }
  source: "table 1"
  origin: FIGURE_ORIGIN_PUBLISHED
)pb";

class Figures : public ::testing::Test {
 protected:
  void SetUp() override {
    auto request = FromText<v1::CreateIndicatorRequest>(kIndicator);
    request.set_request_id(RequestId(999));
    ASSERT_THAT(IndicatorHandlers(context_).Create(keeper_, request), IsOk());
  }

  absl::StatusOr<v1::ImportFiguresResponse> Import(const rpc::CallContext& call,
                                                   std::vector<v1::Figure> figures,
                                                   int request_number = 1) {
    v1::ImportFiguresRequest request;
    for (v1::Figure& figure : figures) *request.add_figures() = std::move(figure);
    request.set_request_id(RequestId(request_number));
    auto response = figures_.Import(call, request);
    if (!response.ok()) return response.status();
    return std::move(*response).Take();
  }

  // Verdict on `figure` alone.
  v1::FigureRowVerdict VerdictOn(const rpc::CallContext& call, const v1::Figure& figure) {
    const auto response = Import(call, {figure}, next_request_++);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? response->verdicts(0) : v1::FigureRowVerdict();
  }

  absl::StatusOr<v1::ListFiguresResponse> List(const v1::ListFiguresRequest& request) {
    auto response = figures_.List(keeper_, request);
    if (!response.ok()) return response.status();
    return std::move(*response).Take();
  }

  FakeOutcomesStores stores_;
  const aip::PageTokens tokens_{"a key of this test, 32 bytes long"};
  const base::SystemClock clock_{};
  const OutcomesContext context_{stores_, stores_, stores_, tokens_, clock_};
  FigureHandlers figures_{context_};
  const rpc::CallContext keeper_ = CallBy("keeper", policy::v1::ROLE_REGISTER_KEEPER);
  const rpc::CallContext roc_a_ = CallBy("roc-a", policy::v1::ROLE_MBO);
  const rpc::CallContext roc_b_ = CallBy("roc-b", policy::v1::ROLE_MBO);
  int next_request_ = 10;
};

TEST_F(Figures, EachRowHasItsOwnVerdict) {
  auto wrong = FromText<v1::Figure>(kFigure);
  wrong.mutable_slice()->set_period("2021-2023");
  wrong.mutable_slice()->clear_unit_code();
  auto unknown = FromText<v1::Figure>(kFigure);
  unknown.set_indicator("indicators/nothing");
  const auto response = Import(
      keeper_, {FromText<v1::Figure>(kFigure), wrong, unknown, FromText<v1::Figure>(kFigure)});
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->added_count(), 1);
  EXPECT_EQ(response->unchanged_count(), 1) << "the fourth repeats the first";
  EXPECT_EQ(response->refused_count(), 2);
  EXPECT_EQ(response->verdicts(1).reason(), "FIELD_INVALID");
  EXPECT_THAT(response->verdicts(1).message(), HasSubstr("figures[1].slice.period"));
  EXPECT_THAT(response->verdicts(1).message(), HasSubstr("figures[1].slice.unit_code"))
      << "all that is wrong with it";
  EXPECT_EQ(response->verdicts(2).reason(), "INDICATOR_NOT_FOUND");
}

TEST_F(Figures, AnInstitutionImportsItsOwnAlone) {
  const auto figure = FromText<v1::Figure>(kFigure);
  EXPECT_EQ(VerdictOn(roc_b_, figure).reason(), "FIGURE_FOREIGN");
  EXPECT_EQ(VerdictOn(roc_a_, figure).verdict(), v1::FIGURE_VERDICT_ADDED);
}

TEST_F(Figures, AnOwnEstimateIsForTheInstitutionItselfToMake) {
  auto figure = FromText<v1::Figure>(kFigure);
  figure.set_origin(v1::FIGURE_ORIGIN_OWN_ESTIMATE);
  EXPECT_EQ(VerdictOn(keeper_, figure).reason(), "FIGURE_FOREIGN");
  EXPECT_EQ(VerdictOn(roc_a_, figure).verdict(), v1::FIGURE_VERDICT_ADDED);
}

TEST_F(Figures, AValueMustFitTheUnitOfItsIndicator) {
  auto figure = FromText<v1::Figure>(kFigure);
  figure.mutable_value()->set_unscaled_value(1001);
  const v1::FigureRowVerdict verdict = VerdictOn(keeper_, figure);
  EXPECT_EQ(verdict.reason(), "FIELD_INVALID");
  EXPECT_THAT(verdict.message(), HasSubstr("value"));
}

TEST_F(Figures, PartsOfASliceMustBelongToItsKind) {
  struct Case {
    const char* what;
    std::function<void(v1::Slice&)> change;
  };

  const std::vector<Case> cases = {
      {"country with an institution", [](v1::Slice& s) { s.set_kind(v1::SLICE_KIND_NATIONAL); }},
      {"institution with a unit", [](v1::Slice& s) { s.set_kind(v1::SLICE_KIND_INSTITUTION); }},
      {"team without its college", [](v1::Slice& s) { s.set_kind(v1::SLICE_KIND_TEAM); }},
      {"college with a region", [](v1::Slice& s) { s.set_region("regions/16"); }},
      {"region without its code", [](v1::Slice& s) { s.set_kind(v1::SLICE_KIND_REGION); }},
      {"unit code that would break the order", [](v1::Slice& s) { s.set_unit_code("a|b"); }},
  };
  for (const Case& c : cases) {
    auto figure = FromText<v1::Figure>(kFigure);
    c.change(*figure.mutable_slice());
    EXPECT_EQ(VerdictOn(keeper_, figure).reason(), "FIELD_INVALID") << c.what;
  }
}

TEST_F(Figures, ARequestOfNoneOrTooManyIsRefusedAsAWhole) {
  EXPECT_THAT(Import(keeper_, {}), HasReason("FIELD_INVALID"));
  EXPECT_THAT(Import(keeper_, std::vector<v1::Figure>(1001, FromText<v1::Figure>(kFigure))),
              HasReason("FIELD_INVALID"));
}

TEST_F(Figures, AreReadBackToTheDigit) {
  ASSERT_THAT(Import(keeper_, {FromText<v1::Figure>(kFigure)}), IsOk());
  const auto listed = List({});
  ASSERT_THAT(listed, IsOk());
  ASSERT_EQ(listed->figures_size(), 1);
  v1::Figure figure = listed->figures(0);
  EXPECT_FALSE(figure.figure_id().empty());
  figure.clear_figure_id();
  auto expected = FromText<v1::Figure>(kFigure);
  expected.set_definition_version(1);
  EXPECT_EQ(figure.SerializeAsString(), expected.SerializeAsString());
}

TEST_F(Figures, AreFilteredPagedAndAskedAsOfAMoment) {
  std::vector<v1::Figure> figures;
  for (int i = 0; i < 5; ++i) {
    figures.push_back(FromText<v1::Figure>(kFigure));
    figures.back().mutable_slice()->set_unit_code(absl::StrCat("51", i));
    figures.back().mutable_known_from_time()->set_seconds(1'600'000'000 + i);
  }
  ASSERT_THAT(Import(keeper_, figures), IsOk());
  v1::ListFiguresRequest request;
  request.set_page_size(2);
  request.set_filter("organisation = \"organisations/roc-a\" AND level = mbo2 AND kind = COLLEGE");
  request.mutable_as_known_time()->set_seconds(1'600'000'002);
  std::vector<std::string> seen;
  for (int page = 0; page < 3; ++page) {
    const auto response = List(request);
    ASSERT_THAT(response, IsOk());
    for (const v1::Figure& figure : response->figures()) seen.push_back(figure.slice().unit_code());
    request.set_page_token(response->next_page_token());
    if (request.page_token().empty()) break;
  }
  EXPECT_THAT(seen, ::testing::ElementsAre("510", "511", "512"));
}

TEST_F(Figures, APageTokenIsBoundToItsQuery) {
  ASSERT_THAT(Import(keeper_, {FromText<v1::Figure>(kFigure)}), IsOk());
  auto second = FromText<v1::Figure>(kFigure);
  second.mutable_slice()->set_unit_code("5200");
  ASSERT_THAT(Import(keeper_, {second}, 2), IsOk());
  v1::ListFiguresRequest request;
  request.set_page_size(1);
  const auto first = List(request);
  ASSERT_FALSE(first->next_page_token().empty());
  request.set_page_token(first->next_page_token());
  request.set_show_superseded(true);
  EXPECT_THAT(List(request), HasReason("PAGE_TOKEN_INVALID"));
}

TEST_F(Figures, AFilterSaysWhatIsWrongWithIt) {
  for (const char* filter :
       {"value = 3", "level = mbo9", R"(indicator = "jaarresultaat")",
        R"(period = "2021" AND period = "2022")", "kind != COLLEGE", R"(period = "next year")"}) {
    v1::ListFiguresRequest request;
    request.set_filter(filter);
    EXPECT_THAT(List(request), HasReason("FIELD_INVALID")) << filter;
  }
}

}  // namespace
}  // namespace vsv::outcomes
