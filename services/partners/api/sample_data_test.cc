// data/sample/partners.json holds together: every request is accepted, in order, by a register that
// starts empty.
#include "libs/aip/field_behavior.h"
#include "libs/base/clock.h"
#include "libs/base/csv.h"
#include "libs/testing/status_matchers.h"
#include "services/partners/api/agreement_handlers.h"
#include "services/partners/api/authorisation_handlers.h"
#include "services/partners/api/organisation_handlers.h"
#include "services/partners/api/region_handlers.h"
#include "services/partners/testing/builders.h"
#include "services/partners/testing/fake_register.h"

#include "google/protobuf/struct.pb.h"
#include "vsv/partners/v1/agreement_service.pb.h"
#include "vsv/partners/v1/authorisation_service.pb.h"
#include "vsv/partners/v1/partners_service.pb.h"
#include "vsv/partners/v1/region_service.pb.h"

#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace vsv::partners {
namespace {

using ::vsv::testing::IsOk;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream content;
  content << file.rdbuf();
  EXPECT_TRUE(file) << path;
  return content.str();
}

class SampleDataTest : public ::testing::Test {
 protected:
  SampleDataTest() {
    call_.caller.organisation_id = "keeper";
    call_.start_time = TestNow();
    call_.deadline = TestNow() + absl::Seconds(10);
    const auto parsed =
        google::protobuf::util::JsonStringToMessage(ReadFile("data/sample/partners.json"), &list_);
    EXPECT_TRUE(parsed.ok()) << parsed.ToString();
  }

  template <typename Request, typename Handle>
  absl::Status Send(const std::string& json, Handle handle) {
    Request request;
    const auto parsed = google::protobuf::util::JsonStringToMessage(json, &request);
    if (!parsed.ok()) return absl::InvalidArgumentError(parsed.ToString());
    std::vector<errors::Violation> violations;
    aip::CheckFieldBehavior(request, violations);
    if (!violations.empty()) return errors::FieldsInvalid(violations);
    if (!request_ids_.insert(request.request_id()).second)
      return absl::InvalidArgumentError("request id used twice");
    return handle(request).status();
  }

  absl::Status Dispatch(const std::string& method, const std::string& json) {
    call_.method = method;
    if (method == "CreateRegion") {
      return Send<v1::CreateRegionRequest>(
          json, [&](const auto& r) { return regions_.CreateRegion(call_, r); });
    }
    if (method == "CreateOrganisation") {
      return Send<v1::CreateOrganisationRequest>(
          json, [&](const auto& r) { return organisations_.Create(call_, r); });
    }
    if (method == "CreateRegionMembership") {
      return Send<v1::CreateRegionMembershipRequest>(
          json, [&](const auto& r) { return regions_.CreateMembership(call_, r); });
    }
    if (method == "CreateProgrammeRole") {
      return Send<v1::CreateProgrammeRoleRequest>(
          json, [&](const auto& r) { return regions_.CreateProgrammeRole(call_, r); });
    }
    if (method == "CreateAgreement") {
      return Send<v1::CreateAgreementRequest>(
          json, [&](const auto& r) { return agreements_.Create(call_, r); });
    }
    if (method == "SignAgreement") {
      return Send<v1::SignAgreementRequest>(
          json, [&](const auto& r) { return agreements_.Sign(call_, r); });
    }
    if (method == "CreateMandate") {
      return Send<v1::CreateMandateRequest>(
          json, [&](const auto& r) { return authorisations_.CreateMandate(call_, r); });
    }
    return absl::UnimplementedError(method);
  }

  void Load() {
    for (const auto& entry : list_.values()) {
      const auto& fields = entry.struct_value().fields();
      std::string json;
      ASSERT_TRUE(google::protobuf::util::MessageToJsonString(fields.at("request"), &json).ok());
      ASSERT_THAT(Dispatch(fields.at("method").string_value(), json), IsOk()) << json;
    }
  }

  google::protobuf::ListValue list_;
  rpc::CallContext call_;
  base::FakeClock clock_{TestNow()};
  aip::PageTokens tokens_{std::string(32, 'k')};
  FakeRegister registry_;
  HandlerContext context_{registry_.stores(), clock_, tokens_};
  OrganisationHandlers organisations_{context_};
  RegionHandlers regions_{context_};
  AgreementHandlers agreements_{context_};
  AuthorisationHandlers authorisations_{context_};
  std::set<std::string> request_ids_;
};

TEST_F(SampleDataTest, IsAcceptedByAnEmptyRegister) {
  Load();
}

TEST_F(SampleDataTest, PutsEveryMunicipalityOfBothRegionsWithItsOffices) {
  Load();
  const auto table = base::ReadCsvTable(ReadFile("data/regions/rmc_seed_regions_current.csv"));
  VSV_ASSERT_OK(table);
  ASSERT_EQ(table->rows.size(), 22u);
  for (const std::vector<std::string>& row : table->rows) {
    v1::ResolveRegionRequest request;
    request.set_municipality_code(row[2]);
    const auto residence = regions_.Resolve(call_, request);
    ASSERT_THAT(residence, IsOk()) << row[3];
    EXPECT_EQ(residence->message().region().name(), "regions/" + row[0]);
    EXPECT_TRUE(residence->message().has_rmc_office()) << row[3];
    EXPECT_TRUE(residence->message().has_attendance_office()) << row[3];
  }
}

TEST_F(SampleDataTest, HasOneAgreementInForcePerRegion) {
  Load();
  for (const char* region : {"16", "19"}) {
    AgreementQuery query;
    query.page.limit = 10;
    query.region = RegionId(region);
    query.day = absl::CivilDay(2026, 1, 1);
    const auto agreements = registry_.stores().agreements.List(query, absl::InfiniteFuture());
    VSV_ASSERT_OK(agreements);
    EXPECT_EQ(agreements->size(), 1u);
  }
}

TEST_F(SampleDataTest, GivesMunicipalitiesNothingButTheProcess) {
  Load();
  AgreementQuery query;
  query.page.limit = 10;
  const auto agreements = registry_.stores().agreements.List(query, absl::InfiniteFuture());
  VSV_ASSERT_OK(agreements);
  int municipalities = 0;
  for (const Agreement& agreement : *agreements) {
    for (const AgreementParty& party : agreement.parties) {
      if (party.organisation.value().rfind("gemeente-", 0) != 0) continue;
      ++municipalities;
      EXPECT_EQ(party.data_categories, std::set<std::string>{"PROCESS"})
          << party.organisation.value();
    }
  }
  EXPECT_EQ(municipalities, 44);
}

}  // namespace
}  // namespace vsv::partners
