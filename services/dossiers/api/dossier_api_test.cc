// The whole API on the fake store, through a real server and real stubs.
#include "libs/aip/proto_time.h"
#include "libs/rpc/status_bridge.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/testing/api_world.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using testing::ApiWorld;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::vsv::testing::HasReason;
using ::vsv::testing::IsOk;

class DossierApi : public ::testing::Test {
 protected:
  ApiWorld world_;
};

TEST_F(DossierApi, ADossierIsMadeWithTheStateAndTheOrganisationsTheServiceDecides) {
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier made, world_.Create());
  EXPECT_EQ(made.state(), v1::DOSSIER_STATE_A_IN_PROGRESS);
  EXPECT_EQ(made.delivering_organisation(), "organisations/school");
  EXPECT_EQ(made.responsible_organisation(), "organisations/school");
  EXPECT_EQ(made.warm_handover().state(), v1::HANDOVER_STATE_NEEDED);
  EXPECT_EQ(made.residence_municipality_code(), "GM0307");
}

TEST_F(DossierApi, EveryViolationIsNamedAtOnce) {
  v1::CreateDossierRequest request = world_.CreateRequest();
  request.mutable_dossier()->set_pgn("111252333");
  request.mutable_dossier()->clear_due_date();
  request.mutable_dossier()->set_school_year("2025-2027");
  request.set_parent("regions/x");
  const auto made = world_.Create(request);
  const auto detail = errors::DetailOf(made.status());
  ASSERT_TRUE(detail.has_value());
  std::vector<std::string> fields;
  for (const auto& violation : detail->violations) fields.push_back(violation.field);
  EXPECT_THAT(fields, ::testing::IsSupersetOf(
                          {"dossier.pgn", "dossier.due_date", "dossier.school_year", "parent"}));
}

TEST_F(DossierApi, ARepeatedRequestFindsTheDossierAndAnotherBodyIsRefused) {
  v1::CreateDossierRequest request = world_.CreateRequest();
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier first, world_.Create(request));
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier again, world_.Create(request));
  EXPECT_EQ(again.name(), first.name());
  request.mutable_dossier()->set_late_entrant(true);
  EXPECT_THAT(world_.Create(request), HasReason("REQUEST_ID_REUSED"));
}

TEST_F(DossierApi, ABatchGivesEachRequestItsOwnVerdict) {
  v1::BatchCreateDossiersRequest batch;
  batch.set_parent("regions/16");
  *batch.add_requests() = world_.CreateRequest();
  *batch.add_requests() = world_.CreateRequest();  // the same pupil once more
  v1::CreateDossierRequest& third = *batch.add_requests();
  third = world_.CreateRequest("999900018");
  third.mutable_dossier()->clear_administrative();
  *batch.add_requests() = world_.CreateRequest("999900018");
  v1::BatchCreateDossiersResponse reply;
  VSV_ASSERT_OK(world_.Call("school", [&](grpc::ClientContext* context) {
    return world_.dossiers().BatchCreateDossiers(context, batch, &reply);
  }));
  ASSERT_EQ(reply.verdicts_size(), 4);
  EXPECT_TRUE(reply.verdicts(0).has_dossier());
  EXPECT_EQ(reply.verdicts(1).error().code(), static_cast<int>(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(reply.verdicts(2).error().code(), static_cast<int>(absl::StatusCode::kInvalidArgument));
  EXPECT_TRUE(reply.verdicts(3).has_dossier());
}

TEST_F(DossierApi, WhoeverHasNoBasisGetsTheSameAnswerAsForNothing) {
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier made, world_.Create());
  const auto hidden = world_.Get("other-mbo", made.name());
  const auto absent =
      world_.Get("other-mbo", "regions/16/dossiers/01920000-0000-7000-8000-00000000dead");
  EXPECT_THAT(hidden, HasReason("DOSSIER_NOT_FOUND"));
  EXPECT_EQ(hidden.status().message(), absent.status().message());
}

TEST_F(DossierApi, TheMunicipalityGetsTheProcessAndNothingElse) {
  world_.store().GrantOnAgreement(OrganisationId("town"), {Category::kProcess});
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier made, world_.Create());
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier seen, world_.Get("town", made.name()));
  EXPECT_EQ(seen.state(), made.state());
  EXPECT_FALSE(seen.has_administrative());
  EXPECT_FALSE(seen.has_support());
  EXPECT_EQ(seen.pgn(), "");
  EXPECT_EQ(seen.pupil(), "");
  EXPECT_THAT(seen.granted_categories(), ElementsAre(policy::v1::DATA_CATEGORY_PROCESS));
}

TEST_F(DossierApi, GoesTheWholeWayToTheAddressee) {
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier agreed, world_.Agreed());
  EXPECT_EQ(agreed.state(), v1::DOSSIER_STATE_AGREED);
  EXPECT_THAT(world_.Send(agreed.name()), HasReason("NO_APPLICATION"));
  VSV_ASSERT_OK(world_.Apply(agreed.name(), "mbo"));
  EXPECT_THAT(world_.Get("mbo", agreed.name()), HasReason("DOSSIER_NOT_FOUND"))
      << "a dossier must not be used to select at the gate";
  VSV_ASSERT_OK(world_.Send(agreed.name()));
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier received, world_.Get("mbo", agreed.name()));
  EXPECT_TRUE(received.has_support());
  EXPECT_EQ(received.views_size(), 1);
  EXPECT_FALSE(received.has_health());
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier accepted, world_.Accept(agreed.name()));
  EXPECT_EQ(accepted.responsible_organisation(), "organisations/mbo");
}

TEST_F(DossierApi, ExtraCareDataGoesAlongUntilTheConsentIsWithdrawn) {
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier sent, world_.Sent());
  EXPECT_FALSE(world_.Get("mbo", sent.name())->has_extra_care());
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Consent consent, world_.Consent(sent.name()));
  EXPECT_TRUE(world_.Get("mbo", sent.name())->has_extra_care());
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Consent withdrawn, world_.Withdraw(consent.name()));
  EXPECT_TRUE(withdrawn.has_withdraw_time());
  EXPECT_FALSE(world_.Get("mbo", sent.name())->has_extra_care());
  EXPECT_THAT(world_.Withdraw(consent.name()), HasReason("CONSENT_WITHDRAWN"));
}

TEST_F(DossierApi, AnUpdateTouchesWhatTheMaskNamesAndNothingElse) {
  VSV_ASSERT_OK_AND_ASSIGN(v1::Dossier made, world_.Create());
  v1::UpdateDossierRequest request;
  request.mutable_dossier()->set_name(made.name());
  request.mutable_dossier()->set_etag(made.etag());
  request.mutable_dossier()->mutable_career()->set_study_choice("Timmerman");
  request.mutable_dossier()->mutable_due_date()->set_year(2030);
  request.mutable_dossier()->mutable_due_date()->set_month(1);
  request.mutable_dossier()->mutable_due_date()->set_day(1);
  request.mutable_update_mask()->add_paths("career");
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier updated, world_.Update(request));
  EXPECT_EQ(updated.career().study_choice(), "Timmerman");
  EXPECT_EQ(updated.due_date().year(), made.due_date().year());
  EXPECT_EQ(updated.administrative().family_name(), made.administrative().family_name());
  EXPECT_THAT(world_.Update(request), HasReason("ETAG_MISMATCH")) << "with a new request id";
}

TEST_F(DossierApi, AnUpdateRefusesWhatIsNotTheCallersToSet) {
  VSV_ASSERT_OK_AND_ASSIGN(v1::Dossier made, world_.Create());
  for (const std::string path :
       {"state", "pgn", "delivering_organisation", "career.motivation", "etag"}) {
    v1::UpdateDossierRequest request;
    request.mutable_dossier()->set_name(made.name());
    request.mutable_update_mask()->add_paths(path);
    EXPECT_THAT(world_.Update(request), HasReason("FIELD_INVALID")) << path;
  }
}

TEST_F(DossierApi, TheDateOfBirthIsFixed) {
  VSV_ASSERT_OK_AND_ASSIGN(v1::Dossier made, world_.Create());
  v1::UpdateDossierRequest request;
  *request.mutable_dossier() = made;
  request.mutable_dossier()->mutable_administrative()->mutable_birth_date()->set_year(2001);
  request.mutable_update_mask()->add_paths("administrative");
  EXPECT_THAT(world_.Update(request), HasReason("FIELD_INVALID"));
}

TEST_F(DossierApi, AnErasedDossierIsGoneAndTheRepeatTellsWhenItWas) {
  VSV_ASSERT_OK_AND_ASSIGN(const v1::Dossier sent, world_.Sent());
  v1::EraseDossierRequest request;
  request.set_name(sent.name());
  EXPECT_THAT(world_.Erase("school", request), HasReason("FIELD_INVALID")) << "without a ground";
  request.set_ground(v1::ERASURE_GROUND_RETENTION_ENDED);
  EXPECT_THAT(world_.Erase("mbo", request), HasReason("ROLE_REQUIRED"));
  EXPECT_THAT(world_.Erase("other-mbo", request), HasReason("DOSSIER_NOT_FOUND"));
  request.set_etag(sent.etag());
  request.set_validate_only(true);
  VSV_ASSERT_OK_AND_ASSIGN(const v1::EraseDossierResponse judged, world_.Erase("school", request));
  EXPECT_FALSE(judged.has_erase_time());
  request.set_validate_only(false);
  request.set_request_id(world_.NewId());
  VSV_ASSERT_OK_AND_ASSIGN(const v1::EraseDossierResponse erased, world_.Erase("school", request));
  EXPECT_EQ(erased.name(), sent.name());
  EXPECT_EQ(aip::FromProto(erased.erase_time()),
            absl::FromCivil(absl::CivilHour(2026, 5, 11, 10), absl::UTCTimeZone()));
  VSV_ASSERT_OK_AND_ASSIGN(const v1::EraseDossierResponse again, world_.Erase("school", request));
  EXPECT_EQ(again.SerializeAsString(), erased.SerializeAsString());
  EXPECT_THAT(world_.Get("school", sent.name()), HasReason("DOSSIER_NOT_FOUND"));
  EXPECT_THAT(world_.Get("mbo", sent.name()), HasReason("DOSSIER_NOT_FOUND"));
  request.set_request_id("");
  EXPECT_THAT(world_.Erase("school", request), HasReason("DOSSIER_NOT_FOUND"));
}

TEST_F(DossierApi, ListsByPageAndTheTokenIsTheCallersOwn) {
  for (const char* pgn : {"999900006", "999900018", "999900031"})
    VSV_ASSERT_OK(world_.Create(world_.CreateRequest(pgn)));
  v1::ListDossiersRequest request;
  request.set_parent("regions/16");
  request.set_filter("state = A_IN_PROGRESS");
  request.set_page_size(2);
  VSV_ASSERT_OK_AND_ASSIGN(const v1::ListDossiersResponse first, world_.List("school", request));
  ASSERT_EQ(first.dossiers_size(), 2);
  request.set_page_token(first.next_page_token());
  VSV_ASSERT_OK_AND_ASSIGN(const v1::ListDossiersResponse second, world_.List("school", request));
  EXPECT_EQ(second.dossiers_size(), 1);
  EXPECT_THAT(second.next_page_token(), IsEmpty());
  EXPECT_THAT(world_.List("mbo", request), HasReason("PAGE_TOKEN_INVALID"));
  request.set_filter("");
  EXPECT_THAT(world_.List("school", request), HasReason("PAGE_TOKEN_INVALID"));
}

TEST_F(DossierApi, AFilterOutsideTheSubsetIsRefused) {
  v1::ListDossiersRequest request;
  request.set_parent("regions/16");
  for (const std::string filter :
       {"pgn = \"1\"", "state != SENT", "due_date = \"2026-01-01\"", "state = X"}) {
    request.set_filter(filter);
    EXPECT_THAT(world_.List("school", request), HasReason("FIELD_INVALID")) << filter;
  }
}

}  // namespace
}  // namespace vsv::dossiers
