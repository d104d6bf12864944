// What the transport proves of the other side.
#pragma once

#include "libs/rpc/call_context.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "grpcpp/server_context.h"

#include <string>
#include <vector>

namespace vsv::rpc {

// Facts of a certificate that matter here.
struct CertificateFacts {
  std::vector<std::string> serial_numbers;  // subject.serialNumber entries, in order
  std::vector<std::string> uri_names;       // URI subject alternative names
  std::string thumbprint;                   // SHA-256 of the DER, lower-case hex
};

// Reads a PEM certificate. CREDENTIAL_INVALID when it, or its alternative names, cannot be
// read. The chain was verified at the handshake.
absl::StatusOr<CertificateFacts> ReadCertificate(absl::string_view pem);

// Turns facts into an identity: either exactly one subject.serialNumber, which is an OIN in
// canonical form, or exactly one service name (a-z and '-') in a URI SAN `urn:vsv:service:<name>`
// and no serial number. Anything else is CREDENTIAL_INVALID.
absl::StatusOr<PeerIdentity> IdentifyCertificate(const CertificateFacts& facts);

// Identity of the peer of a call, with what its metadata says. CREDENTIAL_INVALID without a client
// certificate, and for metadata keys given twice.
absl::StatusOr<PeerIdentity> IdentifyPeer(const grpc::ServerContextBase& context);

// One value of a metadata key: "" when absent, CREDENTIAL_INVALID when given more than once.
absl::StatusOr<std::string> SingleMetadata(const grpc::ServerContextBase& context, const char* key);

}  // namespace vsv::rpc
