#include "libs/aip/etag.h"
#include "libs/aip/page_token.h"
#include "libs/aip/proto_time.h"
#include "libs/aip/request_id.h"
#include "libs/aip/resource_name.h"
#include "libs/aip/testing_messages.h"
#include "libs/errors/errors.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <vector>

#include "rapidcheck/gtest.h"

namespace vsv::aip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PageTokensTest : public ::testing::Test {
 protected:
  std::unique_ptr<google::protobuf::Message> List(const std::string& filter, int page_size,
                                                  const std::string& token) {
    auto request = types_.Make("ListDossiersRequest");
    const auto* type = request->GetDescriptor();
    const auto* reflection = request->GetReflection();
    reflection->SetString(request.get(), type->FindFieldByName("filter"), filter);
    reflection->SetInt32(request.get(), type->FindFieldByName("page_size"), page_size);
    reflection->SetString(request.get(), type->FindFieldByName("page_token"), token);
    return request;
  }

  std::string ReasonOfReading(const std::string& token, const std::string& caller = "roc-mn",
                              const std::string& filter = "count = 1") {
    return errors::ReasonOf(tokens_.Read(*List(filter, 10, token), caller).status());
  }

  testing::TestTypes types_;
  const PageTokens tokens_{"a key of thirty-two bytes or more"};
};

TEST_F(PageTokensTest, GiveBackTheSortKeyForTheSameQuery) {
  const std::string token = tokens_.Make(*List("count = 1", 10, ""), "roc-mn", {"2024", "", "x"});
  const auto key = tokens_.Read(*List("count = 1", 500, token), "roc-mn");  // another page size
  ASSERT_TRUE(key.ok());
  EXPECT_THAT(*key, ElementsAre("2024", "", "x"));
}

TEST_F(PageTokensTest, BeginAtTheFirstPageWithoutAToken) {
  EXPECT_THAT(*tokens_.Read(*List("", 10, ""), "roc-mn"), IsEmpty());
}

TEST_F(PageTokensTest, AreRefusedForAnotherQueryCallerOrKey) {
  const std::string token = tokens_.Make(*List("count = 1", 10, ""), "roc-mn", {"1"});
  EXPECT_EQ(ReasonOfReading(token), "");
  EXPECT_EQ(ReasonOfReading(token, "roc-mn", "count = 2"), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(ReasonOfReading(token, "rmc-eem"), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(errors::ReasonOf(
                PageTokens("another key").Read(*List("count = 1", 10, token), "roc-mn").status()),
            "PAGE_TOKEN_INVALID");
}

TEST_F(PageTokensTest, AreRefusedWithAnyCharacterChanged) {
  const std::string token = tokens_.Make(*List("count = 1", 10, ""), "roc-mn", {"1", "abc"});
  for (size_t i = 0; i < token.size(); ++i) {
    std::string forged = token;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(ReasonOfReading(forged), "PAGE_TOKEN_INVALID") << i;
    EXPECT_EQ(ReasonOfReading(token.substr(0, i) + "=" + token.substr(i)), "PAGE_TOKEN_INVALID");
    if (i > 0) {
      EXPECT_EQ(ReasonOfReading(token.substr(0, i)), "PAGE_TOKEN_INVALID") << i;
    }
  }
  EXPECT_EQ(ReasonOfReading(std::string(100'000, 'A')), "PAGE_TOKEN_INVALID");
}

TEST(PageSize, IsBoundedAndHasADefault) {
  EXPECT_EQ(*PageSize(0), 50);
  EXPECT_EQ(*PageSize(7), 7);
  EXPECT_EQ(*PageSize(100'000), 1000);
  EXPECT_EQ(errors::DetailOf(PageSize(-1).status())->violations[0].field, "page_size");
}

TEST(Etag, GivesBackItsVersionAndNothingElse) {
  for (const int64_t version : {int64_t{0}, int64_t{1}, int64_t{1} << 40, int64_t{-1}}) {
    EXPECT_EQ(VersionOf(EtagOf(version)), version);
  }
  EXPECT_EQ(EtagOf(5).find_first_of("\"'="), std::string::npos);
  for (const char* text : {"", "5", "\"dgAAAAAAAAAF\"", "AAAAAAAAAAAF", "dgAAAAAAAAAFAA"}) {
    EXPECT_FALSE(VersionOf(text).has_value()) << text;
  }
  EXPECT_FALSE(ExpectedVersion("")->has_value());
  EXPECT_EQ(**ExpectedVersion(EtagOf(9)), 9);
  EXPECT_EQ(errors::ReasonOf(ExpectedVersion("W/\"1\"").status()), "ETAG_MISMATCH");
}

TEST(CanonicalRequestId, TakesAUuidOfEitherCase) {
  EXPECT_EQ(*CanonicalRequestId("7D3F1C3E-9A55-4C55-8F0E-2B6D1F0A9C11"),
            "7d3f1c3e-9a55-4c55-8f0e-2b6d1f0a9c11");
  for (const char* text : {"", "1", "{7d3f1c3e-9a55-4c55-8f0e-2b6d1f0a9c11}",
                           "00000000-0000-0000-0000-000000000000"}) {
    EXPECT_EQ(errors::DetailOf(CanonicalRequestId(text).status())->violations[0].field,
              "request_id");
  }
}

const ResourcePattern& Lines() {
  static const auto& pattern =
      *new ResourcePattern("regions/{region=region}/programs/{program=slug}/lines/{line}");
  return pattern;
}

TEST(ResourcePattern, ReadsAndWritesNames) {
  const std::string name = "regions/16/programs/aanpak-vsv-2021/lines/3";
  EXPECT_THAT(*Lines().Parse(name), ElementsAre("16", "aanpak-vsv-2021", "3"));
  EXPECT_EQ(Lines().Format({"16", "aanpak-vsv-2021", "3"}), name);
  EXPECT_EQ(Lines().description(), "regions/{region}/programs/{program}/lines/{line}");
}

TEST(ResourcePattern, RefusesOtherForms) {
  for (const char* name :
       {"", "/", "regions/16", "regions/16/programs/aanpak/lines/3/", "regions/16/programs/aanpak",
        "/regions/16/programs/aanpak/lines/3", "regions/41/programs/aanpak/lines/3",
        "regions/1/programs/aanpak/lines/3", "regions/16/programs/Aanpak/lines/3",
        "regions/16/programs/a/lines/3", "regions/16/programs/aanpak/lines/",
        "regions/16/programs/aanpak/lines/..", "regions/16/programs/aanpak/lines/a b",
        "Regions/16/programs/aanpak/lines/3", "regions/0x/programs/aanpak/lines/3"}) {
    EXPECT_FALSE(Lines().Parse(name).has_value()) << name;
  }
}

TEST(ResourcePattern, SaysWhichIdIsWrongWithoutRepeatingIt) {
  const ResourcePattern dossiers("regions/{region=region}/dossiers/{dossier=uuid}");
  const absl::Status status = dossiers.ParseField("regions/16/dossiers/Jan", "name").status();
  EXPECT_EQ(errors::ReasonOf(status), "FIELD_INVALID");
  const errors::Violation violation = errors::DetailOf(status)->violations[0];
  EXPECT_EQ(violation.field, "name");
  EXPECT_THAT(violation.description, HasSubstr("{dossier}"));
  EXPECT_THAT(violation.description, ::testing::Not(HasSubstr("Jan")));
  EXPECT_TRUE(
      dossiers.ParseField("regions/16/dossiers/018bcfe5-6800-7abc-8def-0123456789ab", "n").ok());
}

TEST(ResourcePatternDeathTest, AbortsOnAPatternThatIsNone) {
  EXPECT_DEATH(ResourcePattern("regions/{region"), "wrong use");
  EXPECT_DEATH(ResourcePattern("regions//x"), "wrong use");
  EXPECT_DEATH(ResourcePattern("regions/{region=number}"), "wrong use");
  EXPECT_DEATH(Lines().Format({"16"}), "wrong use");
}

TEST(ProtoTime, KeepsMomentsAndDays) {
  for (const absl::Time time :
       {absl::UnixEpoch(), absl::FromUnixNanos(1), absl::FromUnixNanos(-1),
        absl::FromUnixSeconds(1'700'000'000) + absl::Nanoseconds(123'456'789)}) {
    EXPECT_EQ(FromProto(ToProto(time)), time);
    EXPECT_GE(ToProto(time).nanos(), 0);
  }
  for (const absl::Duration duration : {absl::ZeroDuration(), absl::Milliseconds(-1500)}) {
    EXPECT_EQ(FromProto(ToProto(duration)), duration);
  }
  EXPECT_EQ(FromProto(ToProto(absl::CivilDay(2024, 2, 29))), absl::CivilDay(2024, 2, 29));
  google::type::Date partial;
  partial.set_year(2024);
  EXPECT_FALSE(FromProto(partial).has_value());
}

}  // namespace
}  // namespace vsv::aip
