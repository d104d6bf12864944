// What a repeat tells whoever has lost the dossier since it changed it.
#include "libs/aip/page_token.h"
#include "libs/base/clock.h"
#include "libs/testing/status_matchers.h"
#include "services/dossiers/api/application_handlers.h"
#include "services/dossiers/api/consent_handlers.h"
#include "services/dossiers/api/convert_dossier.h"
#include "services/dossiers/testing/builders.h"
#include "services/dossiers/testing/fake_store.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using testing::RowIn;

constexpr char kDossier[] = "01920000-0000-7000-8000-000000000004";
constexpr char kApplication[] = "01920000-0000-7000-8000-000000000001";
constexpr char kConsent[] = "01920000-0000-7000-8000-000000000002";
constexpr char kRequest[] = "0192aaaa-0000-4000-8000-000000000003";

// Answers every change with the same row, as PostgreSQL does a repeat.
class Repeated : public testing::FakeStore {
 public:
  std::vector<absl::StatusOr<DossierRow>> Mutate(
      absl::Span<const MutateCommand> /*commands*/) override {
    return {row};
  }

  DossierRow row = RowIn(DossierState::kSent);
};

class Replay : public ::testing::Test {
 protected:
  Replay() {
    store_.row.applications = {
        testing::ApplicationAt("mbo", ApplicationState::kEnrolled, kApplication)};
    Consent consent;
    consent.id = ConsentId(kConsent);
    consent.recipient = OrganisationId("care");
    consent.purpose = Purpose::kSupport;
    consent.withdrawn_at = absl::UnixEpoch();
    store_.row.consents = {consent};
    call_.caller.organisation_id = "school";
    call_.caller.purpose = policy::v1::PURPOSE_TRANSITION;
  }

  std::string NameOf(const std::string& what) const {
    return absl::StrCat("regions/16/dossiers/", kDossier, "/", what);
  }

  v1::Application Offer() {
    v1::OfferPlaceRequest request;
    request.set_name(NameOf(absl::StrCat("applications/", kApplication)));
    request.set_request_id(kRequest);
    ApplicationHandlers handlers(store_, store_, tokens_, clock_);
    const auto reply = handlers.OfferPlace(call_, request);
    EXPECT_THAT(reply, vsv::testing::IsOk());
    return reply.ok() ? reply->message() : v1::Application();
  }

  v1::Consent Withdraw() {
    v1::WithdrawConsentRequest request;
    request.set_name(NameOf(absl::StrCat("consents/", kConsent)));
    request.set_request_id(kRequest);
    ConsentHandlers handlers(store_, store_, clock_);
    const auto reply = handlers.Withdraw(call_, request);
    EXPECT_THAT(reply, vsv::testing::IsOk());
    return reply.ok() ? reply->message() : v1::Consent();
  }

  const base::SystemClock clock_;
  const aip::PageTokens tokens_{std::string(32, 'k')};
  Repeated store_;
  rpc::CallContext call_;
};

TEST_F(Replay, TellsWhoMayStillSeeTheDossier) {
  store_.row.granted = {Category::kProcess};
  EXPECT_EQ(Offer().state(), v1::APPLICATION_STATE_ENROLLED);
  EXPECT_TRUE(Withdraw().has_withdraw_time());
}

TEST_F(Replay, TellsWhoHasLostItThatItWasDoneAndNotWhatBecameOfIt) {
  store_.row.granted = {};
  const v1::Application application = Offer();
  EXPECT_THAT(application.name(), ::testing::EndsWith(kApplication));
  EXPECT_EQ(application.state(), v1::APPLICATION_STATE_UNSPECIFIED);
  EXPECT_FALSE(application.has_state_date());
  const v1::Consent consent = Withdraw();
  EXPECT_THAT(consent.name(), ::testing::EndsWith(kConsent));
  EXPECT_FALSE(consent.has_withdraw_time());
  EXPECT_EQ(consent.recipient(), "");
  const auto dossier = ToCleared(store_.row);
  ASSERT_THAT(dossier, vsv::testing::IsOk());
  v1::Dossier known;
  known.set_name(dossier->message().name());
  EXPECT_THAT(known.name(), ::testing::StartsWith("regions/16/dossiers/"));
  EXPECT_EQ(dossier->message().SerializeAsString(), known.SerializeAsString());
}

}  // namespace
}  // namespace vsv::dossiers
