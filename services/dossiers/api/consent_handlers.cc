#include "services/dossiers/api/consent_handlers.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "services/dossiers/api/call_asker.h"
#include "services/dossiers/api/checks.h"
#include "services/dossiers/api/convert_related.h"
#include "services/dossiers/api/enums.h"
#include "services/dossiers/api/mutation.h"
#include "services/dossiers/domain/related_rules.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {
namespace {

constexpr int kLongestYears = 2;

// Whoever may record or withdraw a consent, or receives on it, may see it.
policy::Cleared<v1::Consent> Clear(const DossierName& parent, const Consent& consent) {
  const ConsentRow row{parent.region, parent.dossier, consent, CategorySet{Category::kView}};
  return policy::Redact(ToProto(row), ToPolicy(row.granted));
}

// Who has lost the dossier is told the name, which it gave.
ConsentHandlers::Reply FromMutation(const DossierRow& row, const ConsentId& id) {
  for (const Consent& consent : row.consents) {
    if (consent.id != id) continue;
    if (row.granted.empty()) {
      v1::Consent known;
      known.set_name(FormatConsent(row.dossier.region, row.dossier.id, id));
      return policy::Redact(std::move(known), ToPolicy({Category::kView}));
    }
    return Clear({row.dossier.region, row.dossier.id}, consent);
  }
  return errors::NotFound("CONSENT");
}

void ValidateConsent(const v1::Consent& consent, absl::CivilDay today, Checks& checks) {
  checks.Take(ParseOrganisation(consent.recipient(), "consent.recipient"));
  checks.Require(kSectionCategories.Contains(CategoryFromProto(consent.category())),
                 "consent.category", "expected the category of a section, e.g. EXTRA_CARE");
  const Purpose purpose = PurposeFromProto(consent.purpose());
  const bool pupil_purpose = purpose == Purpose::kTransition || purpose == Purpose::kSupport ||
                             purpose == Purpose::kRmc || purpose == Purpose::kCompulsoryEducation;
  checks.Require(pupil_purpose, "consent.purpose",
                 "expected TRANSITION, SUPPORT, RMC or COMPULSORY_EDUCATION");
  checks.NotAfter(consent.given_date(), today, "consent.given_date");
  const absl::CivilDay first = ParseDay(consent.start_date());
  const absl::CivilDay longest(first.year() + kLongestYears, first.month(), first.day());
  checks.Require(ParseDay(consent.end_date()) <= longest, "consent.end_date",
                 "expected at most two years after start_date");
}

}  // namespace

ConsentHandlers::Reply ConsentHandlers::Record(const rpc::CallContext& call,
                                               const v1::RecordConsentRequest& request) {
  Checks checks(request);
  const DossierName parent = checks.Take(ParseDossierName(request.parent(), "parent"));
  ValidateConsent(request.consent(), base::LocalDay(call.start_time), checks);
  MutateCommand command =
      BeginMutation(call, request, {parent.region, parent.dossier, std::nullopt}, "", checks);
  VSV_RETURN_IF_ERROR(checks.Status());
  Consent consent = ParseConsent(request.consent());
  consent.id = ConsentId(base::NewUuidV7(clock_));
  command.validate_only = request.validate_only();
  command.decide = [asker = command.asker, consent](const DossierRow& row) {
    return RecordConsent(row, asker, consent);
  };
  VSV_ASSIGN_OR_RETURN(const DossierRow row, RunMutation(dossiers_, command));
  if (request.validate_only()) {
    consent.id = ConsentId();
    consent.recorded_by = command.asker.organisation;
    consent.recorded_at = command.asker.now;
    return Clear(parent, consent);
  }
  return FromMutation(row, ConsentId(row.made));
}

ConsentHandlers::Reply ConsentHandlers::Withdraw(const rpc::CallContext& call,
                                                 const v1::WithdrawConsentRequest& request) {
  Checks checks(request);
  const ConsentName name = checks.Take(ParseConsentName(request.name(), "name"));
  MutateCommand command =
      BeginMutation(call, request, {name.region, name.dossier, std::nullopt}, "", checks);
  VSV_RETURN_IF_ERROR(checks.Status());
  command.validate_only = request.validate_only();
  command.decide = [asker = command.asker, id = name.consent](const DossierRow& row) {
    return WithdrawConsent(row, asker, id);
  };
  VSV_ASSIGN_OR_RETURN(const DossierRow row, RunMutation(dossiers_, command));
  return FromMutation(row, name.consent);
}

ConsentHandlers::ListReply ConsentHandlers::List(const rpc::CallContext& call,
                                                 const v1::ListConsentsRequest& request) {
  Checks checks(request);
  const DossierName parent = checks.Take(ParseDossierName(request.parent(), "parent"));
  VSV_RETURN_IF_ERROR(checks.Status());
  VSV_ASSIGN_OR_RETURN(const std::vector<ConsentRow> rows,
                       related_.ListConsents({MakeAsker(call), parent.region, parent.dossier}));
  std::vector<policy::Cleared<v1::Consent>> consents;
  consents.reserve(rows.size());
  for (const ConsentRow& row : rows) {
    consents.push_back(policy::Redact(ToProto(row), ToPolicy(row.granted)));
  }
  return policy::Assemble(
      v1::ListConsentsResponse(), std::move(consents),
      [](v1::ListConsentsResponse* reply) { return reply->mutable_consents(); });
}

}  // namespace vsv::dossiers
