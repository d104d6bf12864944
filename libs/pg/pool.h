// A bounded pool of PostgreSQL connections.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <functional>
#include <memory>
#include <string>

namespace vsv::pg {

class Connection;

struct PoolOptions {
  std::string url;  // libpq URL or conninfo
  int size = 4;     // connections, opened when first needed and reopened when lost
  std::string application_name;
  // Told why a connection could not be opened, for the log; the caller learns DATABASE_UNAVAILABLE
  // only.
  std::function<void(absl::string_view cause)> on_connect_error;
  // Told of every executed statement, for metrics (libs/pg/connection.h).
  std::function<void(const char* statement, absl::Duration elapsed, absl::StatusCode code)>
      on_statement;
};

// Thread-safe; waiting threads are served in the order of their arrival. Connections are refused as
// superuser when opened.
class Pool {
 public:
  explicit Pool(PoolOptions options);
  // Requires that all leases have ended.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Refuses (FAILED_PRECONDITION ROLE_UNSAFE) a role that is superuser, has BYPASSRLS, or is or may
  // become the owner of tables of the database: the second wall would not stand. Called once at
  // start.
  absl::Status CheckRole(absl::Time deadline);

  // Exclusive use of a connection; it goes back to the pool at the end, or is closed when it is
  // broken or still in a transaction.
  class Lease {
   public:
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&&) = delete;
    ~Lease();

    Connection& connection() { return *connection_; }

    // The connection has served before, so it may have been lost meanwhile.
    bool reused() const { return reused_; }

   private:
    friend class Pool;
    Lease(Pool& pool, std::unique_ptr<Connection> connection, bool reused);
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
    bool reused_;
  };

  // Errors: OVERLOADED when none is free in time, DATABASE_UNAVAILABLE.
  absl::StatusOr<Lease> Acquire(absl::Time deadline);

  const PoolOptions& options() const;

 private:
  struct State;
  absl::StatusOr<std::unique_ptr<Connection>> Open(absl::Time deadline);
  void Return(std::unique_ptr<Connection> connection);
  std::unique_ptr<State> state_;
};

}  // namespace vsv::pg
