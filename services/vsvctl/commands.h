// The commands. Each asks the services by the client and writes what it found.
#pragma once

#include "services/vsvctl/client.h"
#include "services/vsvctl/options.h"

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

// Sends the requests of --file in order; what is there already is passed over.
absl::Status Apply(const Session& session);

// Registers a certificate as a credential of --organisation, or of the organisation that has --oin.
absl::Status CreateCredential(const Session& session);

}  // namespace vsv::vsvctl
