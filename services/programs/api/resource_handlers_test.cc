#include "services/programs/api/resource_handlers.h"

#include "services/programs/testing/handlers_fixture.h"

#include "gmock/gmock.h"

#include <algorithm>

namespace vsv::programs {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using vsv::testing::HasReason;
using vsv::testing::IsOk;
using vsv::testing::StatusIs;

std::vector<std::string> ViolatedFields(const absl::Status& status) {
  std::vector<std::string> fields;
  if (const auto detail = errors::DetailOf(status)) {
    for (const errors::Violation& violation : detail->violations) fields.push_back(violation.field);
  }
  return fields;
}

class CreateIndicatorLink : public HandlersTest {};

TEST_F(CreateIndicatorLink, TakesNamesThatOutcomesTakes) {
  EnterSamples();
  ResourceHandlers<IndicatorLink> links(fakes_.links, permissions_, tokens_);
  for (const char* const indicator : {"indicators/", "indicators/A b", "indicators/1st"}) {
    IndicatorLink link = SampleLink();
    link.indicator = indicator;
    link.ambition = "ambitions/X";
    const auto reply = links.Create(Keeper(), CreateRequest(ToString(kSampleLine), link));
    EXPECT_THAT(ViolatedFields(reply.status()),
                IsSupersetOf({"indicator_link.indicator", "indicator_link.ambition"}))
        << indicator;
  }
  EXPECT_THAT(links.Create(Keeper(), CreateRequest(ToString(kSampleLine), SampleLink())), IsOk());
}

class CreateProgram : public HandlersTest {};

TEST_F(CreateProgram, GivesItBackWithVersionAndStatus) {
  const auto reply =
      programs_.Create(As("gemeente-amersfoort"), CreateRequest("regions/16", SampleProgram()));
  ASSERT_THAT(reply, IsOk());
  const v1::Program& program = reply->message();
  EXPECT_EQ(program.name(), "regions/16/programs/aanpak-vsv-2021");
  EXPECT_EQ(program.status(), v1::PROGRAM_STATUS_CURRENT);
  EXPECT_FALSE(program.etag().empty());
}

TEST_F(CreateProgram, IsForThoseWhoSteerTheRegion) {
  const auto request = CreateRequest("regions/16", SampleProgram());
  EXPECT_THAT(programs_.Create(As("gemeente-utrecht"), request), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(programs_.Create(As("mbo-amersfoort"), request), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(programs_.Create(Keeper(), request), IsOk());
}

TEST_F(CreateProgram, ListsEveryViolationAtOnce) {
  auto request = CreateRequest("regions/99", SampleProgram());
  request.set_program_id("Aanpak");
  request.mutable_program()->set_title(" ");
  request.mutable_program()->mutable_end_date()->set_year(2020);
  request.mutable_program()->set_contact_municipality("gemeente-amersfoort");
  request.mutable_program()->add_steering_group("organisations/gemeente-amersfoort");
  const auto reply = programs_.Create(Keeper(), request);
  EXPECT_THAT(reply, HasReason("FIELD_INVALID"));
  EXPECT_THAT(ViolatedFields(reply.status()),
              IsSupersetOf({"parent", "program_id", "program.title", "program.end_date",
                            "program.contact_municipality", "program.steering_group[2]"}));
}

TEST_F(CreateProgram, NeedsARequestId) {
  auto request = CreateRequest("regions/16", SampleProgram());
  request.set_request_id("today");
  EXPECT_THAT(ViolatedFields(programs_.Create(Keeper(), request).status()), Contains("request_id"));
}

TEST_F(CreateProgram, IsOneEffectHoweverOftenItIsRepeated) {
  const auto request = CreateRequest("regions/16", SampleProgram());
  EXPECT_THAT(programs_.Create(Keeper(), request), IsOk());
  EXPECT_THAT(programs_.Create(Keeper(), request), IsOk());
  auto other = request;
  other.mutable_program()->set_title("Iets anders");
  EXPECT_THAT(programs_.Create(Keeper(), other), HasReason("REQUEST_ID_REUSED"));
}

TEST_F(CreateProgram, LeavesNothingBehindWhenItOnlyValidates) {
  auto request = CreateRequest("regions/16", SampleProgram());
  request.set_validate_only(true);
  EXPECT_THAT(programs_.Create(Keeper(), request), IsOk());
  v1::GetProgramRequest get;
  get.set_name(ToString(kSampleProgram));
  EXPECT_THAT(programs_.Get(Keeper(), get), HasReason("PROGRAM_NOT_FOUND"));
}

class UpdateMeasure : public HandlersTest {
 protected:
  v1::UpdateMeasureRequest Request() {
    v1::GetMeasureRequest get;
    get.set_name(ToString(SampleMeasure().name));
    v1::UpdateMeasureRequest request;
    *request.mutable_measure() = measures_.Get(Keeper(), get)->message();
    request.set_request_id(RequestId());
    return request;
  }
};

TEST_F(UpdateMeasure, ChangesTheMaskedFieldsAlone) {
  EnterSamples();
  auto request = Request();
  request.mutable_measure()->set_title("Nieuwe titel");
  request.mutable_measure()->set_description("niet in het masker");
  request.mutable_update_mask()->add_paths("title");
  const auto reply = measures_.Update(As("gemeente-amersfoort"), request);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->message().title(), "Nieuwe titel");
  EXPECT_EQ(reply->message().description(), "");
  EXPECT_EQ(reply->message().milestones_size(), 2);
}

TEST_F(UpdateMeasure, IsAlsoForTheLeadOfTheLine) {
  EnterSamples();
  auto request = Request();
  EXPECT_THAT(measures_.Update(As("mbo-amersfoort"), request), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(measures_.Update(As("roc-midden-nederland"), request), IsOk());
}

TEST_F(UpdateMeasure, NeedsTheEtagItWasReadWith) {
  EnterSamples();
  auto first = Request();
  auto second = Request();
  auto without = Request();
  without.mutable_measure()->clear_etag();
  EXPECT_THAT(measures_.Update(Keeper(), first), IsOk());
  EXPECT_THAT(measures_.Update(Keeper(), second), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(ViolatedFields(measures_.Update(Keeper(), without).status()),
              Contains("measure.etag"));
}

TEST_F(UpdateMeasure, CannotTouchWhatTheTransitionsSet) {
  EnterSamples();
  auto request = Request();
  request.mutable_measure()->set_state(v1::MEASURE_STATE_DONE);
  request.mutable_update_mask()->add_paths("state");
  EXPECT_THAT(measures_.Update(Keeper(), request), HasReason("FIELD_INVALID"));
  request.mutable_update_mask()->Clear();
  const auto reply = measures_.Update(Keeper(), request);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->message().state(), v1::MEASURE_STATE_PLANNED);
}

class ListMeasures : public HandlersTest {
 protected:
  v1::ListMeasuresRequest Request(int size, std::string token = "") {
    v1::ListMeasuresRequest request;
    request.set_parent(ToString(kSampleLine));
    request.set_page_size(size);
    request.set_page_token(std::move(token));
    return request;
  }
};

TEST_F(ListMeasures, GoesOnWhereThePageBeforeEnded) {
  EnterSamples();
  ASSERT_THAT(measures_.Create(Keeper(), CreateRequest(ToString(kSampleLine),
                                                       SampleMeasure({kSampleLine, "tweede"}))),
              IsOk());
  const auto first = measures_.List(Keeper(), Request(1));
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->message().measures(0).name(), ToString(SampleMeasure().name));
  const auto second = measures_.List(Keeper(), Request(1, first->message().next_page_token()));
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->message().measures_size(), 1);
  EXPECT_THAT(second->message().next_page_token(), IsEmpty());
}

TEST_F(ListMeasures, EndsAPageThatIsAsLargeAsAClientShouldGet) {
  EnterSamples();
  constexpr int kMany = 80;  // of 16 kB each
  for (int i = 0; i < kMany; ++i) {
    Measure measure = SampleMeasure({kSampleLine, absl::StrCat("maatregel-", i)});
    for (int character = 0; character < 4000; ++character) measure.description += "\U0001F393";
    ASSERT_THAT(measures_.Create(Keeper(), CreateRequest(ToString(kSampleLine), measure)), IsOk());
  }
  const auto first = measures_.List(Keeper(), Request(500));
  ASSERT_THAT(first, IsOk());
  EXPECT_LE(first->message().ByteSizeLong(), aip::kFullPageBytes + 20'000);
  EXPECT_THAT(first->message().next_page_token(), Not(IsEmpty()));
  const auto second = measures_.List(Keeper(), Request(500, first->message().next_page_token()));
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(first->message().measures_size() + second->message().measures_size(), kMany + 1);
  EXPECT_THAT(second->message().next_page_token(), IsEmpty());
}

TEST_F(ListMeasures, RefusesATokenWithOtherArguments) {
  EnterSamples();
  ASSERT_THAT(measures_.Create(Keeper(), CreateRequest(ToString(kSampleLine),
                                                       SampleMeasure({kSampleLine, "tweede"}))),
              IsOk());
  const std::string token = measures_.List(Keeper(), Request(1))->message().next_page_token();
  auto changed = Request(1, token);
  changed.set_filter("state = RUNNING");
  EXPECT_THAT(measures_.List(Keeper(), changed), HasReason("PAGE_TOKEN_INVALID"));
  EXPECT_THAT(measures_.List(As("mbo-amersfoort"), Request(1, token)),
              HasReason("PAGE_TOKEN_INVALID"));
}

TEST_F(ListMeasures, FiltersByStateAndOwner) {
  EnterSamples();
  auto request = Request(0);
  request.set_filter("state = PLANNED AND owner = \"organisations/gemeente-amersfoort\"");
  EXPECT_EQ(measures_.List(Keeper(), request)->message().measures_size(), 1);
  request.set_filter("state = DONE");
  EXPECT_EQ(measures_.List(Keeper(), request)->message().measures_size(), 0);
  request.set_filter("state != DONE");
  EXPECT_THAT(measures_.List(Keeper(), request), HasReason("FIELD_INVALID"));
  request.set_filter("title = \"x\"");
  EXPECT_THAT(measures_.List(Keeper(), request), HasReason("FIELD_INVALID"));
}

class CreateSpecialAssignment : public HandlersTest {};

TEST_F(CreateSpecialAssignment, NamesLinesOfItsOwnProgramAlone) {
  EnterSamples();
  auto request =
      CreateRequest(ToString(kSampleProgram), SampleAssignment({kSampleProgram, "nog-een"}));
  request.mutable_special_assignment()->set_home_line(
      "regions/19/programs/schoolwerkt-2021/lines/1");
  EXPECT_THAT(ViolatedFields(assignments_.Create(Keeper(), request).status()),
              Contains("special_assignment.home_line"));
  request.mutable_special_assignment()->set_home_line(ToString(kSampleProgram) + "/lines/9");
  EXPECT_THAT(assignments_.Create(Keeper(), request), HasReason("LINE_UNKNOWN"));
}

}  // namespace
}  // namespace vsv::programs
