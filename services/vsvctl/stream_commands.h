// Commands that need more of a connection than single calls.
#pragma once

#include "services/vsvctl/client.h"
#include "services/vsvctl/commands.h"

#include "absl/status/status.h"

#include <string>

namespace vsv::vsvctl {

// Follows the dossiers of --regions and writes each change as one line of JSON. With --cursor_file
// it goes on where it ended: the cursor is written after the changes before it. --limit batches (0:
// until it is stopped).
absl::Status WatchDossiers(GrpcClient& client, const Session& session);

// Asks each service for its health, with -o json a line of JSON each; UNAVAILABLE when one does not
// serve.
absl::Status ShowHealth(GrpcClient& client, const Session& session);

}  // namespace vsv::vsvctl
