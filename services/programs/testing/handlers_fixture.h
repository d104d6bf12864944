// Handlers over the stores in memory, for tests.
#pragma once

#include "libs/aip/page_token.h"
#include "libs/base/clock.h"
#include "libs/testing/status_matchers.h"
#include "services/programs/api/indicator_link_api.h"
#include "services/programs/api/measure_api.h"
#include "services/programs/api/permissions.h"
#include "services/programs/api/program_api.h"
#include "services/programs/api/resource_handlers.h"
#include "services/programs/api/transition_handlers.h"
#include "services/programs/testing/fake_stores.h"
#include "services/programs/testing/samples.h"

#include "gtest/gtest.h"

#include <memory>
#include <set>
#include <string>
#include <utility>

namespace vsv::programs {

// Amersfoort steers region 16 and Utrecht 19; ROC Midden Nederland leads line 3 of the sample
// program.
class HandlersTest : public ::testing::Test {
 protected:
  HandlersTest() {
    roles_.Set("16", "gemeente-amersfoort", {ProgrammeRole::kContactMunicipality});
    roles_.Set("19", "gemeente-utrecht", {ProgrammeRole::kContactMunicipality});
    roles_.Set("16", "mbo-amersfoort", {ProgrammeRole::kPartner});
  }

  rpc::CallContext As(std::string organisation,
                      std::set<policy::v1::Role> roles = {policy::v1::ROLE_PROGRAMME_MANAGER}) {
    rpc::CallContext call;
    call.caller.organisation_id = std::move(organisation);
    call.caller.roles = std::move(roles);
    call.method = "/vsv.programs.v1.Test/Call";
    call.start_time = clock_.Now();
    call.deadline = absl::Now() + absl::Seconds(20);
    return call;
  }

  rpc::CallContext Keeper() { return As("register-keeper", {policy::v1::ROLE_REGISTER_KEEPER}); }

  // Another request id each time.
  std::string RequestId() {
    return "0192f0a0-0000-7000-8000-000000000" + std::to_string(100 + next_request_++);
  }

  template <typename T>
  typename Api<T>::CreateRequest CreateRequest(const std::string& parent, const T& resource) {
    typename Api<T>::CreateRequest request;
    request.set_parent(parent);
    request.set_request_id(RequestId());
    const auto* type = request.GetDescriptor();
    const auto* reflection = request.GetReflection();
    reflection->SetString(&request, type->FindFieldByName(std::string(Api<T>::kIdField)),
                          Api<T>::LastPart(resource.name));
    reflection->MutableMessage(&request, type->FindFieldByName(std::string(Api<T>::kField)))
        ->CopyFrom(ToProto(resource));
    return request;
  }

  void EnterSamples() {
    const auto keeper = Keeper();
    ASSERT_THAT(programs_.Create(keeper, CreateRequest("regions/16", SampleProgram())),
                vsv::testing::IsOk());
    ASSERT_THAT(lines_.Create(keeper, CreateRequest(ToString(kSampleProgram), SampleLine())),
                vsv::testing::IsOk());
    ASSERT_THAT(measures_.Create(keeper, CreateRequest(ToString(kSampleLine), SampleMeasure())),
                vsv::testing::IsOk());
    ASSERT_THAT(
        assignments_.Create(keeper, CreateRequest(ToString(kSampleProgram), SampleAssignment())),
        vsv::testing::IsOk());
  }

  base::FakeClock clock_{absl::FromCivil(absl::CivilHour(2022, 6, 1, 10), absl::UTCTimeZone())};
  FakeStores fakes_{clock_};
  FakeRegionRoles roles_;
  Permissions permissions_{roles_, fakes_.AsStores()};
  aip::PageTokens tokens_{"a key of at least thirty-two bytes"};
  ResourceHandlers<Program> programs_{fakes_.programs, permissions_, tokens_};
  ResourceHandlers<ProgramLine> lines_{fakes_.lines, permissions_, tokens_};
  ResourceHandlers<Measure> measures_{fakes_.measures, permissions_, tokens_};
  ResourceHandlers<SpecialAssignment> assignments_{fakes_.assignments, permissions_, tokens_};
  TransitionHandlers transitions_{fakes_.AsStores(), permissions_};
  int next_request_ = 0;
};

}  // namespace vsv::programs
