// The commands. Each asks the services by the client and writes what it found.
#pragma once

#include "services/vsvctl/client.h"
#include "services/vsvctl/options.h"

#include "vsv/partners/v1/authorisation_requests.pb.h"

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

#include <ostream>
#include <string>
#include <vector>

namespace vsv::vsvctl {

// What a command works with.
struct Session {
  Client& client;
  const Options& options;
  std::ostream& out;    // results
  std::ostream& notes;  // progress and remarks
};

// `words` are what is left of the command line, the command first: {"programs", "status",
// "regions/..."}. INVALID_ARGUMENT for a command that is not known or lacks something, saying what.
absl::Status RunCommand(const std::vector<std::string>& words, const Session& session);

// Sends the requests of --file in order; what is there already is passed over. The ids of the
// requests follow from what they say, so that a file that is sent again within the 72 hours that
// the services keep them does nothing twice.
absl::Status Apply(const Session& session);

// Registers a certificate as a credential of --organisation, or of the organisation that has --oin.
absl::Status CreateCredential(const Session& session);

// As Client::Call, whoever calls.
using CallFunction = absl::StatusOr<MessagePtr>(absl::string_view method,
                                                google::protobuf::Message& request);

// OK when the certificate that was to be registered, and is, is a credential of the organisation
// that was asked for and holds today; otherwise ALREADY_EXISTS.
absl::Status CheckInForce(const partners::v1::CreateCredentialRequest& asked,
                          absl::FunctionRef<CallFunction> call);

}  // namespace vsv::vsvctl
