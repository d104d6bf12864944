#include "libs/directory/caller_resolver.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/errors/cause.h"
#include "libs/errors/errors.h"
#include "libs/feed/projector.h"
#include "libs/policy/method_policy.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace vsv::directory {

namespace {

using policy::v1::Purpose;
using Purposes = std::set<Purpose>;

constexpr absl::string_view kKeeper = "register-keeper";

// The services of the suite: no other name in a certificate of ours makes a caller one of them.
constexpr absl::string_view kServices[] = {"partners", "programs", "dossiers", "outcomes"};

// One text for every cause; which it was is for the operator.
absl::Status Refused(absl::string_view cause) {
  return errors::WithCause(
      errors::CredentialInvalid(
          "the certificate is not registered, not valid today or revoked, or its organisation is "
          "suspended"),
      cause);
}

// The purpose of the call: the named one, which must be permitted, or else the only permitted one.
// Which of several it is, is told by the method that is called (rpc::Admit).
absl::StatusOr<Purpose> PurposeFor(const std::string& named, const Purposes& permitted) {
  if (named.empty())
    return permitted.size() == 1 ? *permitted.begin() : policy::v1::PURPOSE_UNSPECIFIED;
  const Purpose purpose = policy::ParsePurpose(named);
  if (purpose != policy::v1::PURPOSE_UNSPECIFIED && permitted.contains(purpose)) return purpose;
  return errors::PurposeNotPermitted(
      "the credential or mandate was not issued for the purpose named in vsv-purpose");
}

// The caller with the purposes that are permitted to it, and that of the call.
absl::StatusOr<rpc::Caller> For(rpc::Caller caller, const rpc::PeerIdentity& peer,
                                Purposes permitted) {
  VSV_ASSIGN_OR_RETURN(caller.purpose, PurposeFor(peer.purpose_metadata, permitted));
  caller.permitted_purposes = std::move(permitted);
  return caller;
}

absl::StatusOr<rpc::Caller> ResolveService(const rpc::PeerIdentity& peer) {
  if (std::find(std::begin(kServices), std::end(kServices), peer.service) == std::end(kServices)) {
    return Refused("no service of the suite");
  }
  rpc::Caller caller;
  caller.organisation_id = absl::StrCat("service:", peer.service);
  caller.acting_organisation_id = caller.organisation_id;
  caller.roles = {policy::v1::ROLE_SERVICE};
  return For(std::move(caller), peer, {policy::v1::PURPOSE_PROJECTION});
}

absl::StatusOr<rpc::Caller> ResolveKeeper(const Snapshot& snapshot, const rpc::PeerIdentity& peer) {
  const Organisation* organisation = snapshot.FindOrganisationByOin(peer.oin);
  rpc::Caller caller;
  caller.organisation_id = organisation != nullptr ? organisation->id : std::string(kKeeper);
  caller.organisation_oin = peer.oin;
  caller.acting_organisation_id = caller.organisation_id;
  caller.roles = {policy::v1::ROLE_REGISTER_KEEPER};
  return For(std::move(caller), peer,
             {policy::v1::PURPOSE_REGISTRY, policy::v1::PURPOSE_AUDIT,
              policy::v1::PURPOSE_PROGRAMME_MANAGEMENT});
}

// Who gave the supplier a mandate for this service that holds today, by the OIN it is named with.
// Several organisations can work under one OIN; the purpose then tells them apart.
absl::StatusOr<rpc::Caller> ResolveMandate(const Snapshot& snapshot, const rpc::PeerIdentity& peer,
                                           const Organisation& supplier, absl::string_view service,
                                           absl::CivilDay today) {
  const std::string area = absl::AsciiStrToUpper(service);
  const Organisation* principal = nullptr;
  Purposes permitted;
  for (const Mandate* mandate : snapshot.MandatesOf(supplier.id)) {
    const Organisation* giver = snapshot.FindOrganisation(mandate->organisation_id);
    if (giver == nullptr || giver->suspended || mandate->revoked ||
        !mandate->validity.Contains(today) || !mandate->services.contains(area) ||
        snapshot.EffectiveOin(*giver) != peer.on_behalf_of_metadata) {
      continue;
    }
    if (!PurposeFor(peer.purpose_metadata, mandate->purposes).ok()) continue;
    if (principal != nullptr && principal != giver) {
      return errors::PurposeNotPermitted(
          "several organisations with this OIN gave a mandate: name the purpose of one");
    }
    principal = giver;
    permitted.insert(mandate->purposes.begin(), mandate->purposes.end());
  }
  if (principal == nullptr) {
    return errors::PurposeNotPermitted(
        "no mandate of the organisation in vsv-on-behalf-of covers this service and purpose");
  }
  rpc::Caller caller;
  caller.organisation_id = principal->id;
  caller.organisation_oin = peer.on_behalf_of_metadata;
  caller.acting_organisation_id = supplier.id;
  caller.roles = snapshot.RolesOf(*principal, today);
  return For(std::move(caller), peer, std::move(permitted));
}

absl::StatusOr<rpc::Caller> ResolveOrganisation(const Snapshot& snapshot,
                                                const rpc::PeerIdentity& peer,
                                                absl::string_view service, absl::CivilDay today,
                                                bool is_keeper) {
  const Credential* credential = snapshot.FindCredential(peer.certificate_thumbprint);
  if (credential == nullptr) return Refused("certificate not registered");
  if (credential->revoked) return Refused("credential revoked");
  if (!credential->validity.Contains(today)) return Refused("credential not valid today");
  const Organisation* organisation = snapshot.FindOrganisation(credential->organisation_id);
  if (organisation == nullptr) return Refused("organisation unknown");
  if (organisation->suspended) return Refused("organisation suspended");
  if (peer.oin.empty() || snapshot.EffectiveOin(*organisation) != peer.oin) {
    return Refused("certificate of another organisation");
  }
  if (!peer.on_behalf_of_metadata.empty() && peer.on_behalf_of_metadata != peer.oin) {
    return ResolveMandate(snapshot, peer, *organisation, service, today);
  }
  rpc::Caller caller;
  caller.organisation_id = organisation->id;
  caller.organisation_oin = peer.oin;
  caller.acting_organisation_id = organisation->id;
  caller.roles = snapshot.RolesOf(*organisation, today);
  if (is_keeper && credential->purposes.contains(policy::v1::PURPOSE_REGISTRY)) {
    caller.roles.insert(policy::v1::ROLE_REGISTER_KEEPER);
  }
  return For(std::move(caller), peer, credential->purposes);
}

}  // namespace

absl::StatusOr<rpc::Caller> CallerResolver::Resolve(const rpc::PeerIdentity& peer,
                                                    absl::string_view service, absl::Time now) {
  if (!peer.service.empty()) return ResolveService(peer);
  const DatedSnapshot current = source_();
  if (feed::IsStale(current.current_as_of, now, options_.max_age)) {
    return errors::ProjectionStale();
  }
  const Snapshot& snapshot = *current.snapshot;
  const bool is_keeper =
      !options_.register_keeper_oin.empty() && peer.oin == options_.register_keeper_oin;
  if (is_keeper && snapshot.FindCredential(peer.certificate_thumbprint) == nullptr) {
    return ResolveKeeper(snapshot, peer);
  }
  return ResolveOrganisation(snapshot, peer, service, base::LocalDay(now), is_keeper);
}

}  // namespace vsv::directory
