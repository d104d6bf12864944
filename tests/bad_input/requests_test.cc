// Requests that are well-formed messages and yet wrong: each is told by its reason, with every
// place that is wrong at once, and leaves nothing behind.
#include "libs/errors/errors.h"
#include "tests/bad_input/suite.h"

#include "vsv/dossiers/v1/dossiers_service.grpc.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "gtest/gtest.h"

#include <set>

namespace vsv::bad_input {
namespace {

constexpr char kKept[] = "0192f0a0-0000-7000-8000-00000000a001";  // a request id that is used up

struct Bad {
  std::string what;
  std::string who;
  std::string method;
  std::string json;
  std::string purpose;
  std::string reason;
  std::set<std::string> fields = {};  // all of them, for FIELD_INVALID
};

void PrintTo(const Bad& bad, std::ostream* out) {
  *out << bad.what;
}

// An organisation with identifiers of every scheme, each wrong in its own way.
std::vector<Bad> Identifiers() {
  const auto organisation = [](const std::string& identifiers) {
    return absl::StrCat(R"({"organisation": {"displayName": "X", "kind": "ORGANISATION_KIND_OTHER",
                        "identifiers": [)",
                        identifiers, "]}}");
  };
  const auto one = [](const std::string& scheme, const std::string& value) {
    return absl::StrCat(R"({"scheme": "IDENTIFIER_SCHEME_)", scheme, R"(", "value": ")", value,
                        R"("})");
  };
  std::vector<Bad> bad;
  const std::vector<std::pair<std::string, std::vector<std::string>>> wrong = {
      {"BRIN",
       {"25L", "25LHX", "2599", "25L\xC4\xA6", "25\xD0\x90\xD0\x90", " 25LH",
        "\xEF\xBC\x92\xEF\xBC\x95LH"}},
      {"BRIN_LOCATION", {"99AA", "99AA0", "99AA000", "99AA0O"}},
      {"OIN",
       {"0000000700099AA0000", "0000000700099AA000000", "12345678000001000000",
        "00000007000000000000", "0000000100099AA00000"}},
      {"KVK", {"1234567", "123456789", "1234567O"}},
      {"MUNICIPALITY_CODE", {"GM307", "GM03O7", "GM 0307", "03071"}},
      {"SUPPORT_ALLIANCE", {"VO26-02", "VO260", "PO2602"}},
      {"RMC_CODE", {"00", "41", "1", "1\xD9\xA6"}}};
  for (const auto& [scheme, values] : wrong) {
    for (const std::string& value : values) {
      bad.push_back({absl::StrCat("Identifier", scheme, bad.size()),
                     kKeeper,
                     "CreateOrganisation",
                     organisation(one(scheme, value)),
                     "registry",
                     "FIELD_INVALID",
                     {"organisation.identifiers[0].value"}});
    }
  }
  bad.push_back(
      {"EveryIdentifierAtOnce",
       kKeeper,
       "CreateOrganisation",
       organisation(one("BRIN", "x") + "," + one("OIN", "1") + "," + one("RMC_CODE", "41")),
       "registry",
       "FIELD_INVALID",
       {"organisation.identifiers[0].value", "organisation.identifiers[1].value",
        "organisation.identifiers[2].value"}});
  return bad;
}

std::vector<Bad> Register() {
  const std::string registry = "registry";
  const std::string organisation =
      R"("organisation": {"name": "organisations/vmbo-de-eemhoek", "etag": "ETAG", "displayName": "X"})";
  const std::string current = "dgAAAAAAAAAB";
  const auto update = [&](const std::string& mask, const std::string& etag) {
    return absl::StrReplaceAll(
        absl::StrCat("{", organisation, R"(, "updateMask": ")", mask, R"("})"), {{"ETAG", etag}});
  };
  return {
      {"OrganisationIdAndNameAtOnce",
       kKeeper,
       "CreateOrganisation",
       R"({"organisationId": "Zoo!", "organisation": {"displayName": " met spatie", "kind": "ORGANISATION_KIND_OTHER", "parent": "gemeenten/x"}})",
       registry,
       "FIELD_INVALID",
       {"organisation_id", "organisation.display_name", "organisation.parent"}},
      {"RequestIdNil",
       kKeeper,
       "CreateRegion",
       R"({"regionId": "40", "region": {"displayName": "X"}, "requestId": "00000000-0000-0000-0000-000000000000"})",
       registry,
       "FIELD_INVALID",
       {"request_id"}},
      {"RequestIdInBraces",
       kKeeper,
       "CreateRegion",
       R"({"regionId": "40", "region": {"displayName": "X"}, "requestId": "{0192f0a0-0000-7000-8000-000000000001}"})",
       registry,
       "FIELD_INVALID",
       {"request_id"}},
      {"RequestIdOfAnotherBody", kKeeper, "CreateRegion",
       absl::StrCat(R"({"regionId": "38", "region": {"displayName": "Y"}, "requestId": ")", kKept,
                    R"("})"),
       registry, "REQUEST_ID_REUSED"},
      {"RegionThatIsNone",
       kKeeper,
       "CreateRegion",
       R"({"regionId": "41", "region": {"displayName": "X"}})",
       registry,
       "FIELD_INVALID",
       {"region_id"}},
      {"RegionInOtherDigits",
       kKeeper,
       "CreateRegion",
       R"({"regionId": "١٦", "region": {"displayName": "X"}})",
       registry,
       "FIELD_INVALID",
       {"region_id"}},
      {"StaleEtag", kKeeper, "UpdateOrganisation", update("displayName", "dgAAAAAAAAAJ"), registry,
       "ETAG_MISMATCH"},
      {"EtagThatIsNone", kKeeper, "UpdateOrganisation", update("displayName", "7"), registry,
       "ETAG_MISMATCH"},
      {"MaskUnknown",
       kKeeper,
       "UpdateOrganisation",
       update("displayName,shoeSize", current),
       registry,
       "FIELD_INVALID",
       {"update_mask.paths[1]"}},
      {"MaskTwice",
       kKeeper,
       "UpdateOrganisation",
       update("displayName,displayName", current),
       registry,
       "FIELD_INVALID",
       {"update_mask.paths[1]"}},
      {"MaskOfWhatIsTheServices",
       kKeeper,
       "UpdateOrganisation",
       update("status,createTime", current),
       registry,
       "FIELD_INVALID",
       {"update_mask.paths[0]", "update_mask.paths[1]"}},
      {"MaskThroughAList",
       kKeeper,
       "UpdateOrganisation",
       update("identifiers.value,displayName.x", current),
       registry,
       "FIELD_INVALID",
       {"update_mask.paths[0]", "update_mask.paths[1]"}},
      {"CredentialWrongInAll",
       kKeeper,
       "CreateCredential",
       R"({"parent": "organisations/vmbo-de-eemhoek", "credential": {"thumbprint": "ABCD", "purposes": ["PURPOSE_PROJECTION"], "validity": {"startDate": {"year": 2024, "month": 2, "day": 2}, "endDate": {"year": 2024, "month": 2, "day": 1}}}})",
       registry,
       "FIELD_INVALID",
       {"credential.thumbprint", "credential.purposes", "credential.validity.end_date"}},
      {"FilterWithoutAValue",
       kKeeper,
       "ListOrganisations",
       R"({"filter": "kind = "})",
       registry,
       "FIELD_INVALID",
       {"filter"}},
      {"FilterWithOr",
       kKeeper,
       "ListOrganisations",
       R"({"filter": "kind = \"VO_SCHOOL\" OR kind = \"PRO_SCHOOL\""})",
       registry,
       "FIELD_INVALID",
       {"filter"}},
      {"FilterOnWhatIsNoField",
       kKeeper,
       "ListOrganisations",
       R"({"filter": "shoe_size = \"43\""})",
       registry,
       "FIELD_INVALID",
       {"filter"}},
      {"FilterNeverClosed",
       kKeeper,
       "ListOrganisations",
       R"({"filter": "kind = \"VO_SCHOOL"})",
       registry,
       "FIELD_INVALID",
       {"filter"}},
      {"FilterOfSeventeen",
       kKeeper,
       "ListOrganisations",
       R"({"filter": "kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\" AND kind=\"A\""})",
       registry,
       "FIELD_INVALID",
       {"filter"}},
      {"NameOfAnotherCollection",
       kKeeper,
       "GetOrganisation",
       R"({"name": "regions/16"})",
       registry,
       "FIELD_INVALID",
       {"name"}},
      {"NameThatLooksAlike",
       kKeeper,
       "GetOrganisation",
       R"({"name": "organisations/vmbo-de-ееmhoek"})",
       registry,
       "FIELD_INVALID",
       {"name"}},
      {"NameWithAWayUp",
       kKeeper,
       "GetOrganisation",
       R"({"name": "organisations/../regions"})",
       registry,
       "FIELD_INVALID",
       {"name"}},
      {"NothingThere", kKeeper, "GetOrganisation", R"({"name": "organisations/nothing-there"})",
       registry, "ORGANISATION_NOT_FOUND"},
      {"MunicipalityThatIsNone",
       kKeeper,
       "ResolveRegion",
       R"({"municipalityCode": "GM03O7"})",
       registry,
       "FIELD_INVALID",
       {"municipality_code"}},
      {"CursorForged", kService, "WatchDirectory", R"({"cursor": "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"})",
       "projection", "CURSOR_INVALID"},
  };
}

std::string Dossier(const std::vector<std::pair<std::string, std::string>>& changes) {
  return absl::StrReplaceAll(
      R"({"parent": "regions/16", "dossier": {"pgn": "999900006", "origin": "ORIGIN_VO_SCHOOL",
          "schoolYear": "2025-2026", "residenceMunicipalityCode": "GM0307",
          "dueDate": {"year": 2026, "month": 7, "day": 1},
          "administrative": {"familyName": "Testman", "birthDate": {"year": 2008, "month": 2, "day": 29}},
          "absence": {"schoolYear": "2024-2025"}}})",
      changes);
}

std::vector<Bad> Dossiers() {
  const std::string transition = "transition";
  const auto pgn = [&](const std::string& what, const std::string& number) {
    return Bad{"Pgn" + what, kSchool,         "CreateDossier", Dossier({{"999900006", number}}),
               transition,   "FIELD_INVALID", {"dossier.pgn"}};
  };
  return {
      pgn("FailsTheElevenTest", "999900007"),
      pgn("AllZeros", "000000000"),
      pgn("EightDigits", "99990000"),
      pgn("TenDigits", "9999000060"),
      pgn("FullWidth", "99990000\xEF\xBC\x96"),
      pgn("WithADot", "9999.0000"),
      {"SchoolYearOfTwo",
       kSchool,
       "CreateDossier",
       Dossier({{"2025-2026", "2025-2027"}}),
       transition,
       "FIELD_INVALID",
       {"dossier.school_year"}},
      {"SchoolYearWithASlash",
       kSchool,
       "CreateDossier",
       Dossier({{"2025-2026", "2025/2026"}}),
       transition,
       "FIELD_INVALID",
       {"dossier.school_year"}},
      {"BornOnADayThatIsNone",
       kSchool,
       "CreateDossier",
       Dossier({{"\"year\": 2008", "\"year\": 2009"}}),
       transition,
       "FIELD_INVALID",
       {"dossier.administrative.birth_date"}},
      {"BornTomorrow",
       kSchool,
       "CreateDossier",
       Dossier({{"\"year\": 2008", "\"year\": 2096"}}),
       transition,
       "FIELD_INVALID",
       {"dossier.administrative.birth_date"}},
      {"DueOnThe31stOfJune",
       kSchool,
       "CreateDossier",
       Dossier({{"\"month\": 7, \"day\": 1", "\"month\": 6, \"day\": 31"}}),
       transition,
       "FIELD_INVALID",
       {"dossier.due_date"}},
      {"MunicipalityWithALetter",
       kSchool,
       "CreateDossier",
       Dossier({{"GM0307", "GM03O7"}}),
       transition,
       "FIELD_INVALID",
       {"dossier.residence_municipality_code"}},
      {"AllAtOnce",
       kSchool,
       "CreateDossier",
       Dossier({{"999900006", "1"}, {"GM0307", "x"}, {"2025-2026", "2025"}}),
       transition,
       "FIELD_INVALID",
       {"dossier.pgn", "dossier.residence_municipality_code", "dossier.school_year"}},
      {"NobodysDossier", kSchool, "GetDossier",
       R"({"name": "regions/16/dossiers/0192f0a0-0000-7000-8000-000000000001"})", transition,
       "DOSSIER_NOT_FOUND"},
      {"DossierOfNoUuid",
       kSchool,
       "GetDossier",
       R"({"name": "regions/16/dossiers/1"})",
       transition,
       "FIELD_INVALID",
       {"name"}},
      {"MaskWithin",
       kSchool,
       "UpdateDossier",
       R"({"dossier": {"name": "regions/16/dossiers/0192f0a0-0000-7000-8000-000000000001", "etag": "dgAAAAAAAAAB"}, "updateMask": "career.studyChoice,state,pgn"})",
       transition,
       "FIELD_INVALID",
       {"update_mask.paths[0]", "update_mask.paths[1]", "update_mask.paths[2]"}},
      {"CursorForged", kSchool, "WatchDossiers",
       R"({"regions": ["regions/16"], "cursor": "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"})", transition,
       "CURSOR_INVALID"},
      {"FilterDate",
       kSchool,
       "ListDossiers",
       R"({"parent": "regions/16", "filter": "due_date < 2026-02-29"})",
       transition,
       "FIELD_INVALID",
       {"filter"}},
      {"PurposeOfOthers", kSchool, "CreateDossier", Dossier({}), "outcome_monitoring",
       "PURPOSE_NOT_PERMITTED"},
  };
}

class BadRequest : public ::testing::TestWithParam<Bad> {
 public:
  static void SetUpTestSuite() {
    Suite::Get().MustJson(
        kKeeper, "CreateRegion",
        absl::StrCat(R"({"regionId": "38", "region": {"displayName": "X"}, "requestId": ")", kKept,
                     R"("})"),
        "registry");
    for (const std::string& area : Suite::Areas()) stored_[area] = Suite::Get().Stored(area);
  }

  static void TearDownTestSuite() {
    for (const std::string& area : Suite::Areas()) {
      EXPECT_EQ(Suite::Get().Stored(area), stored_[area]) << area << " has written something";
    }
  }

 protected:
  static inline std::map<std::string, std::string> stored_;  // by area, before the attack
};

TEST_P(BadRequest, IsToldEverythingThatIsWrongAndLeavesNothing) {
  const Bad& bad = GetParam();
  const absl::Status status =
      Suite::Get().CallJson(bad.who, bad.method, bad.json, bad.purpose).status();
  ASSERT_EQ(errors::ReasonOf(status), bad.reason) << status;
  std::set<std::string> told;
  const errors::Detail detail = errors::DetailOf(status).value_or(errors::Detail());
  for (const errors::Violation& violation : detail.violations) told.insert(violation.field);
  EXPECT_EQ(told, bad.fields);
}

std::string NameOf(const ::testing::TestParamInfo<Bad>& info) {
  return absl::StrReplaceAll(info.param.what, {{"_", ""}});
}

INSTANTIATE_TEST_SUITE_P(Identifiers, BadRequest, ::testing::ValuesIn(Identifiers()), NameOf);
INSTANTIATE_TEST_SUITE_P(Register, BadRequest, ::testing::ValuesIn(Register()), NameOf);
INSTANTIATE_TEST_SUITE_P(Dossiers, BadRequest, ::testing::ValuesIn(Dossiers()), NameOf);

// Tokens of a list that was begun: only its own caller, method, query and service can go on with
// it.
TEST(PageToken, ContinuesNothingButItsOwnList) {
  const auto text = [](const google::protobuf::Message& message, const char* field) {
    return message.GetReflection()->GetString(message,
                                              message.GetDescriptor()->FindFieldByName(field));
  };
  const auto page =
      Suite::Get().MustJson(kKeeper, "ListOrganisations", R"({"pageSize": 2})", "registry");
  const std::string token = text(*page, "next_page_token");
  const auto reason = [&token](const std::string& who, const std::string& method,
                               const std::string& more) {
    return errors::ReasonOf(
        Suite::Get()
            .CallJson(who, method, absl::StrCat(R"({"pageToken": ")", token, R"(")", more, "}"),
                      who == kKeeper ? "registry" : "transition")
            .status());
  };
  EXPECT_EQ(reason(kKeeper, "ListOrganisations", R"(, "pageSize": 3)"), "");  // the size may change
  EXPECT_EQ(reason(kSchool, "ListOrganisations", ""), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(reason(kKeeper, "ListRegions", ""), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(reason(kKeeper, "ListIndicators", ""), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(reason(kKeeper, "ListOrganisations", R"(, "filter": "kind = \"VO_SCHOOL\"")"),
            "PAGE_TOKEN_INVALID");
}

// A cursor that was given out: only its own caller and stream can follow with it.
TEST(Cursor, FollowsNothingButItsOwnStream) {
  const testing::KeyPair pair = Suite::Get().pki().IssueOrganisation("0000000700099AA00000");
  Suite::Get().Register(kSchool, pair, {policy::v1::PURPOSE_TRANSITION});
  Suite::Get().AwaitKnown(pair);
  const auto stub = dossiers::v1::DossierService::NewStub(Suite::Get().Connect("dossiers", pair));
  const auto first = [&stub](const std::string& cursor) {
    grpc::ClientContext context;
    context.AddMetadata("vsv-purpose", "transition");
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
    dossiers::v1::WatchDossiersRequest request;
    request.add_regions("regions/16");
    request.set_cursor(cursor);
    const auto stream = stub->WatchDossiers(&context, request);
    dossiers::v1::WatchDossiersResponse message;
    const bool is_there = stream->Read(&message);
    context.TryCancel();
    stream->Finish();
    return is_there ? message.cursor() : "";
  };
  const std::string cursor = first("");
  ASSERT_NE(cursor, "");
  EXPECT_NE(first(cursor), "") << "it follows its own";
  const auto reason = [&cursor](const std::string& who, const std::string& method,
                                const std::string& region) {
    return errors::ReasonOf(Suite::Get()
                                .CallJson(who, method,
                                          absl::StrCat(R"({"regions": ["regions/)", region,
                                                       R"("], "cursor": ")", cursor, R"("})"),
                                          "transition")
                                .status());
  };
  EXPECT_EQ(reason(kInstitution, "WatchDossiers", "16"), "CURSOR_INVALID");
  EXPECT_EQ(reason(kSchool, "WatchDossiers", "19"), "CURSOR_INVALID");
}

TEST(LargeMessage, IsRefusedAndTheServerServesOn) {
  for (const auto& [area, method] : {std::pair("partners", "ListRegions"),
                                     {"dossiers", "ListDossiers"},
                                     {"outcomes", "ListIndicators"},
                                     {"programs", "ListPrograms"}}) {
    const absl::Status status =
        Suite::Get().CallBytes(kSchool, method, std::string((4 << 20) + 1, 'a'), "transition");
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << area << ": " << status;
    EXPECT_TRUE(Suite::Get().Serves(area)) << area;
  }
}

}  // namespace
}  // namespace vsv::bad_input
