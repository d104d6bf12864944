// data/sample/programs.json over the real server on the stores in memory: it parses by the
// contract, every request is taken, and the status of both lines of the story says what it must.
#include "libs/rpc/dynamic_call.h"
#include "libs/rpc/status_bridge.h"
#include "libs/testing/in_process_server.h"
#include "libs/testing/status_matchers.h"
#include "services/programs/api/measures_service.h"
#include "services/programs/api/programs_service.h"
#include "services/programs/testing/fake_figures_directory.h"
#include "services/programs/testing/fake_stores.h"

#include "google/protobuf/struct.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace vsv::programs {
namespace {

using vsv::testing::FakeCallers;
using vsv::testing::HasReason;
using vsv::testing::InProcessServer;
using vsv::testing::IsOk;

google::protobuf::ListValue ReadSample() {
  std::ifstream file("data/sample/programs.json");
  std::ostringstream text;
  text << file.rdbuf();
  google::protobuf::ListValue list;
  EXPECT_THAT(rpc::ParseJson(text.str(), list), IsOk());
  return list;
}

class SampleData : public ::testing::Test {
 protected:
  SampleData() {
    for (const char* id : {"gemeente-amersfoort", "gemeente-utrecht", "roc-midden-nederland"}) {
      rpc::Caller caller;
      caller.organisation_id = id;
      caller.roles = {policy::v1::ROLE_PROGRAMME_MANAGER};
      callers_.Set(id, caller);
    }
    roles_.Set("16", "gemeente-amersfoort", {ProgrammeRole::kContactMunicipality});
    roles_.Set("16", "roc-midden-nederland", {ProgrammeRole::kContactSchool});
    roles_.Set("19", "gemeente-utrecht", {ProgrammeRole::kContactMunicipality});
    server_.Start({&programs_, &measures_});
  }

  // Sends the request as the organisation that the file names.
  absl::Status Send(const google::protobuf::Struct& entry) {
    const auto& fields = entry.fields();
    const auto method = rpc::FindMethod(fields.at("method").string_value());
    if (!method.ok()) return method.status();
    const auto request = rpc::NewMessage(*(*method)->input_type());
    const absl::Status parsed =
        rpc::ParseJson(rpc::ToJson(fields.at("request").struct_value(), false), *request);
    if (!parsed.ok()) return parsed;
    const std::string as(absl::StripPrefix(fields.at("as").string_value(), "organisations/"));
    return rpc::CallUnary(server_.channel(), **method, *request,
                          {{"test-oin", as}, {"vsv-purpose", "programme_management"}},
                          absl::Seconds(20))
        .status();
  }

  absl::StatusOr<v1::LineStatus> StatusOf(const std::string& line, const std::string& as) {
    v1::GetLineStatusRequest request;
    request.set_name(line);
    v1::LineStatus status;
    const auto context = InProcessServer::As(as, "programme_management");
    const absl::Status called = rpc::FromGrpc(
        server_.Stub<v1::ProgramsService>()->GetLineStatus(context.get(), request, &status));
    if (!called.ok()) return called;
    return status;
  }

  int CountOf(const v1::LineStatus& status, v1::MeasureState state) {
    int count = 0;
    for (const v1::MeasureStatus& measure : status.measures()) count += measure.state() == state;
    return count;
  }

  base::FakeClock clock_{absl::FromCivil(absl::CivilHour(2026, 11, 22, 10), absl::UTCTimeZone())};
  FakeStores fakes_{clock_};
  FakeRegionRoles roles_;
  Permissions permissions_{roles_, fakes_.AsStores()};
  aip::PageTokens tokens_{"a key of at least thirty-two bytes"};
  FakeFiguresDirectory figures_;
  FakeCallers callers_;
  InProcessServer server_{"programs", callers_, clock_};
  ProgramsService programs_{server_.runtime(), fakes_.AsStores(), permissions_,
                            tokens_,           figures_,          {}};
  MeasuresService measures_{server_.runtime(), fakes_.AsStores(), permissions_, tokens_};
};

TEST_F(SampleData, IsTakenRequestByRequestAndOnlyOnce) {
  const google::protobuf::ListValue list = ReadSample();
  ASSERT_GT(list.values_size(), 50);
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < list.values_size(); ++i) {
      ASSERT_THAT(Send(list.values(i).struct_value()), IsOk()) << "request " << i;
    }
    EXPECT_EQ(fakes_.database.lines.size(), 8U);
    EXPECT_EQ(fakes_.database.assignments.size(), 2U);
  }
}

TEST_F(SampleData, ShowsWhatIsDoneRunningAndOverdue) {
  const google::protobuf::ListValue list = ReadSample();
  for (const auto& value : list.values()) {
    ASSERT_THAT(Send(value.struct_value()), IsOk());
  }
  const auto eem = StatusOf("regions/16/programs/aanpak-vsv-2021/lines/3", "roc-midden-nederland");
  ASSERT_THAT(eem, IsOk());
  EXPECT_GE(CountOf(*eem, v1::MEASURE_STATE_DONE), 2);
  EXPECT_GE(CountOf(*eem, v1::MEASURE_STATE_RUNNING), 2);
  EXPECT_GE(eem->overdue_size(), 2);
  EXPECT_EQ(eem->assignments_size(), 1);
  EXPECT_EQ(eem->processes_size(), 3);
  const auto utrecht =
      StatusOf("regions/19/programs/schoolwerkt-2021/lines/1", "roc-midden-nederland");
  ASSERT_THAT(utrecht, IsOk());
  EXPECT_GE(utrecht->overdue_size(), 1);
  EXPECT_EQ(utrecht->processes_size(), 2);
  EXPECT_THAT(StatusOf("regions/19/programs/schoolwerkt-2021/lines/1", "gemeente-amersfoort"),
              HasReason("ROLE_REQUIRED"));
}

}  // namespace
}  // namespace vsv::programs
