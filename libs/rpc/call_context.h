// What is known of a call once it has been admitted.
#pragma once

#include "vsv/policy/v1/policy.pb.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace vsv::rpc {

// What the transport proves of the other side, and what it says in metadata. Not yet a caller.
struct PeerIdentity {
  std::string oin;      // subject.serialNumber of the certificate; "" for a service
  std::string service;  // name from the URI SAN urn:vsv:service:<name>; "" for an organisation
  std::string certificate_thumbprint;  // SHA-256 of the DER, lower-case hex
  std::string purpose_metadata;        // `vsv-purpose`, as sent
  std::string on_behalf_of_metadata;   // `vsv-on-behalf-of` (an OIN), as sent
};

// Who calls, in which roles, for what. Everything in it is proven or comes from the register.
struct Caller {
  std::string
      organisation_id;  // on whose responsibility; the mandating organisation when a supplier acts
  std::string organisation_oin;
  std::string acting_organisation_id;  // whose credential was used; differs from organisation_id
                                       // under a mandate
  std::set<policy::v1::Role> roles;
  // Of an admitted call one that its method serves. From a resolver also unspecified: several are
  // permitted, and none was named.
  policy::v1::Purpose purpose = policy::v1::PURPOSE_UNSPECIFIED;
  std::set<policy::v1::Purpose> permitted_purposes;  // of the credential or the mandate

  bool HasRole(policy::v1::Role role) const { return roles.contains(role); }
};

// Turns a proven identity into a caller. Implemented by libs/directory on the projection of the
// register.
class CallerResolver {
 public:
  virtual ~CallerResolver() = default;
  // `service` is the area called ("dossiers"), for mandates. Errors: CREDENTIAL_INVALID (unknown,
  // suspended, expired), PURPOSE_NOT_PERMITTED (not issued for that purpose, no mandate),
  // PROJECTION_STALE.
  virtual absl::StatusOr<Caller> Resolve(const PeerIdentity& peer, absl::string_view service,
                                         absl::Time now) = 0;
};

// One admitted call, immutable. Handed by reference to the handler; not to be kept beyond it.
struct CallContext {
  Caller caller;
  std::string method;               // "/vsv.dossiers.v1.DossierService/GetDossier"
  std::string trace_id;             // 32 hex digits of the W3C traceparent, made when none was sent
  absl::Time start_time;            // the service's clock at admission: "now" of the whole call
  absl::Time deadline;              // the client's minus 20 ms, or the service's default
  std::function<bool()> cancelled;  // whether the caller has left; empty for streams
  policy::v1::MethodPolicy policy;
};

}  // namespace vsv::rpc
