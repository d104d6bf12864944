// A bounded pool of PostgreSQL connections.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace vsv::pg {

class Connection;

struct PoolOptions {
  std::string url;  // libpq URL or conninfo
  int size = 4;     // connections, opened when first needed and reopened when lost
  std::string application_name;
};

// Thread-safe. Connections are checked (role, no superuser) when opened.
class Pool {
 public:
  explicit Pool(PoolOptions options);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Refuses (FAILED_PRECONDITION) a connection that is superuser, has BYPASSRLS, or owns tables of the database: the
  // second wall would not stand. Called once at start.
  absl::Status CheckRole(absl::Time deadline);

  // A connection for exclusive use; returned to the pool when the lease ends. OVERLOADED when none is free in time.
  class Lease;
  absl::StatusOr<Lease> Acquire(absl::Time deadline);

  const PoolOptions& options() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace vsv::pg
