#include "services/programs/api/line_status_handler.h"

#include "services/programs/testing/fake_figures_directory.h"
#include "services/programs/testing/handlers_fixture.h"

namespace vsv::programs {
namespace {

using vsv::testing::HasReason;
using vsv::testing::IsOk;

class GetLineStatus : public HandlersTest {
 protected:
  void SetUp() override {
    EnterSamples();
    ResourceHandlers<IndicatorLink> links(fakes_.links, permissions_, tokens_);
    ASSERT_THAT(links.Create(Keeper(), CreateRequest(ToString(kSampleLine), SampleLink())), IsOk());
    const OrganisationId roc("roc-midden-nederland");
    const absl::CivilDay count_day(2021, 11, 1);
    fakes_.database.counters = {
        {"16", Process::kTransition, "SENT", OrganisationId("vmbo-de-eemhoek"),
         absl::CivilDay(2022, 5, 1), absl::CivilDay(2022, 4, 1), 12},
        {"16", Process::kFirstYear, "STILL_ENROLLED", roc, count_day, count_day, 789},
        {"16", Process::kFirstYear, "SWITCHED", roc, count_day, count_day, 94},
        {"16", Process::kFirstYear, "DEREGISTERED", roc, count_day, count_day, 117}};
    fakes_.database.dossiers_as_of = clock_.Now();
  }

  v1::GetLineStatusRequest Request() {
    v1::GetLineStatusRequest request;
    request.set_name(ToString(kSampleLine));
    return request;
  }

  v1::SourceState StateOf(const v1::LineStatus& status, const std::string& source) {
    for (const v1::SourceFreshness& freshness : status.sources()) {
      if (freshness.source() == source) return freshness.state();
    }
    return v1::SOURCE_STATE_UNSPECIFIED;
  }

  FakeFiguresDirectory figures_;
  LineStatusHandler handler_{fakes_.AsStores(), figures_, permissions_, {}};
};

TEST_F(GetLineStatus, SaysWhatIsLateAndWhoOwnsIt) {
  figures_.Answer(std::vector<Figure>{{.school_year = "2021-2022",
                                       .value = 11.6,
                                       .unit = "percent",
                                       .state = FigureState::kProvisional,
                                       .target = {},
                                       .verdict = AmbitionVerdict::kNotJudged,
                                       .explanation = ""}});
  const auto reply = handler_.Get(As("gemeente-amersfoort"), Request());
  ASSERT_THAT(reply, IsOk());
  const v1::LineStatus& status = reply->message();
  EXPECT_EQ(status.title(), "3 Versterken aansluiting vo-mbo");
  EXPECT_EQ(status.transition().total().overdue_count(), 12);
  EXPECT_EQ(status.first_year().started_count(), 1000);
  EXPECT_DOUBLE_EQ(status.first_year().switch_percent(), 9.4);
  EXPECT_DOUBLE_EQ(status.first_year().deregistration_percent(), 11.7);
  EXPECT_FALSE(status.has_warm_handover());
  EXPECT_EQ(status.indicators(0).state(), v1::FIGURE_STATE_PROVISIONAL);
  ASSERT_GE(status.overdue_size(), 3);
  EXPECT_EQ(status.overdue(0).kind(), v1::OVERDUE_KIND_MEASURE);
  EXPECT_EQ(status.overdue(0).owner(), "organisations/gemeente-amersfoort");
  EXPECT_EQ(StateOf(status, "dossiers"), v1::SOURCE_STATE_CURRENT);
  EXPECT_EQ(StateOf(status, "outcomes"), v1::SOURCE_STATE_CURRENT);
}

TEST_F(GetLineStatus, AnswersWhileOutcomesAndDossiersAreAway) {
  clock_.Advance(absl::Hours(1));
  const auto reply = handler_.Get(Keeper(), Request());
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(StateOf(reply->message(), "outcomes"), v1::SOURCE_STATE_UNAVAILABLE);
  EXPECT_EQ(StateOf(reply->message(), "dossiers"), v1::SOURCE_STATE_UNAVAILABLE);
  EXPECT_EQ(StateOf(reply->message(), "programs"), v1::SOURCE_STATE_CURRENT);
  EXPECT_EQ(reply->message().measures_size(), 1);
  EXPECT_EQ(reply->message().indicators_size(), 1);
}

TEST_F(GetLineStatus, TellsAMalformedLinkAsWhatItIsAndAsksForTheOthers) {
  ResourceHandlers<IndicatorLink> links(fakes_.links, permissions_, tokens_);
  for (const char* const wrong : {"a-first", "z-last"}) {
    IndicatorLink link = SampleLink({kSampleLine, wrong});
    ASSERT_THAT(links.Create(Keeper(), CreateRequest(ToString(kSampleLine), link)), IsOk());
    // As it was stored when any text behind the collection was taken.
    IndicatorLink& stored = fakes_.database.links.at(link.name).resource;
    (wrong[0] == 'a' ? stored.indicator : stored.ambition) = "indicators/A b";
  }
  figures_.Answer(std::vector<Figure>{{.school_year = "2021-2022", .explanation = "known"}});
  const auto reply = handler_.Get(Keeper(), Request());
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(figures_.asked(), std::vector<IndicatorLink>{SampleLink()});
  ASSERT_EQ(reply->message().indicators_size(), 3);
  EXPECT_THAT(reply->message().indicators(0).explanation(), ::testing::HasSubstr("no indicator"));
  EXPECT_EQ(reply->message().indicators(1).explanation(), "known");
  EXPECT_THAT(reply->message().indicators(2).explanation(), ::testing::HasSubstr("no ambition"));
  EXPECT_EQ(StateOf(reply->message(), "outcomes"), v1::SOURCE_STATE_CURRENT);
}

TEST_F(GetLineStatus, IsOfTheDayAsked) {
  auto request = Request();
  request.mutable_reference_date()->set_year(2022);
  request.mutable_reference_date()->set_month(3);
  request.mutable_reference_date()->set_day(31);
  const auto reply = handler_.Get(Keeper(), request);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->message().transition().total().sent_count(), 0);
  request.mutable_reference_date()->set_year(2023);
  EXPECT_THAT(handler_.Get(Keeper(), request), HasReason("FIELD_INVALID"));
}

TEST_F(GetLineStatus, IsForThoseWhoGovernTheRegionAndTheLeadOfTheLine) {
  EXPECT_THAT(handler_.Get(As("roc-midden-nederland"), Request()), IsOk());
  EXPECT_THAT(handler_.Get(As("mbo-amersfoort"), Request()), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(handler_.Get(As("gemeente-utrecht"), Request()), HasReason("ROLE_REQUIRED"));
}

TEST_F(GetLineStatus, OfALineThatIsNotThereIsNotFound) {
  auto request = Request();
  request.set_name("regions/16/programs/aanpak-vsv-2021/lines/9");
  EXPECT_THAT(handler_.Get(Keeper(), request), HasReason("LINE_NOT_FOUND"));
}

}  // namespace
}  // namespace vsv::programs
