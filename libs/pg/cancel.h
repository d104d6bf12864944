// Asks a PostgreSQL server to stop what a connection is doing.
#pragma once

#include "absl/time/time.h"

#include "libpq-fe.h"

namespace vsv::pg {

// True when the server has taken the request by `deadline`. libpq waits for that without end, and a
// server that stands still (stopped, frozen, behind half a connection) never takes it: so another
// thread waits, and is left behind when it takes too long.
bool CancelBy(PGconn* connection, absl::Time deadline);

}  // namespace vsv::pg
