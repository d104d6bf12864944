#include "libs/pg/pool.h"

#include "libs/errors/errors.h"
#include "libs/pg/connection.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace vsv::pg {
namespace {

constexpr Statement kCheckRole{"pg.check_role", R"sql(
SELECT current_user AS role,
       r.rolsuper AS is_superuser,
       r.rolbypassrls AS bypasses_rls,
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
                  AND pg_has_role(current_user, c.relowner, 'MEMBER')) AS owns_tables
  FROM pg_roles r
 WHERE r.rolname = current_user)sql"};

// What a connection may take to open whatever its caller's deadline.
constexpr absl::Duration kConnectGrace = absl::Milliseconds(500);

struct Waiter {
  std::condition_variable granted_changed;
  bool granted = false;
};

}  // namespace

struct Pool::State {
  PoolOptions options;
  std::mutex mutex;
  int free = 0;  // connections that may still be handed out
  std::vector<std::unique_ptr<Connection>>
      idle;                     // the last one used is the first one taken: it is warm
  std::deque<Waiter*> waiters;  // first come, first served

  // Waits for the right to use one connection.
  bool Take(absl::Time deadline) {
    std::unique_lock<std::mutex> lock(mutex);
    if (free > 0) {
      --free;
      return true;
    }
    Waiter waiter;
    waiters.push_back(&waiter);
    const auto until = absl::ToChronoTime(std::min(deadline, absl::Now() + absl::Hours(24)));
    waiter.granted_changed.wait_until(lock, until, [&waiter] { return waiter.granted; });
    if (!waiter.granted) waiters.erase(std::find(waiters.begin(), waiters.end(), &waiter));
    return waiter.granted;
  }

  // Passes the right on to who has waited longest.
  void Give(std::unique_ptr<Connection> connection) {
    const std::lock_guard<std::mutex> lock(mutex);
    if (connection != nullptr) idle.push_back(std::move(connection));
    if (waiters.empty()) {
      ++free;
      return;
    }
    Waiter* next = waiters.front();
    waiters.pop_front();
    next->granted = true;
    next->granted_changed.notify_one();
  }
};

Pool::Pool(PoolOptions options) : state_(std::make_unique<State>()) {
  state_->free = std::max(options.size, 1);
  state_->options = std::move(options);
}

Pool::~Pool() = default;

const PoolOptions& Pool::options() const {
  return state_->options;
}

absl::StatusOr<std::unique_ptr<Connection>> Pool::Open(absl::Time deadline) {
  std::string cause;
  absl::StatusOr<std::unique_ptr<Connection>> connection =
      Connection::Open({.url = state_->options.url,
                        .application_name = state_->options.application_name,
                        .on_statement = state_->options.on_statement},
                       deadline, &cause);
  if (connection.ok() && (*connection)->is_superuser()) {
    cause = "the role is a superuser: row-level security would not hold";
    connection = errors::Internal(cause);
  }
  if (!connection.ok() && state_->options.on_connect_error) state_->options.on_connect_error(cause);
  return connection;
}

absl::StatusOr<Pool::Lease> Pool::Acquire(absl::Time deadline) {
  if (!state_->Take(deadline)) return errors::Overloaded();
  std::unique_ptr<Connection> connection;
  {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    if (!state_->idle.empty()) {
      connection = std::move(state_->idle.back());
      state_->idle.pop_back();
    }
  }
  if (connection != nullptr) return Lease(*this, std::move(connection), /*reused=*/true);
  // Worth finishing for a caller that is too late as well: under a storm of short deadlines no
  // connection would ever be there.
  absl::StatusOr<std::unique_ptr<Connection>> opened =
      Open(std::max(deadline, absl::Now() + kConnectGrace));
  if (!opened.ok()) {
    state_->Give(nullptr);
    return opened.status();
  }
  return Lease(*this, *std::move(opened), /*reused=*/false);
}

void Pool::Return(std::unique_ptr<Connection> connection) {
  if (connection->broken() || connection->in_transaction()) connection.reset();
  state_->Give(std::move(connection));
}

absl::Status Pool::CheckRole(absl::Time deadline) {
  absl::StatusOr<Lease> lease = Acquire(deadline);
  if (!lease.ok()) return lease.status();
  absl::StatusOr<Result> result = lease->connection().Execute(kCheckRole, {}, deadline);
  if (!result.ok()) return result.status();
  for (const Row row : *result) {
    std::string why;
    if (row.Bool("is_superuser")) why = "is a superuser";
    if (row.Bool("bypasses_rls")) why = "has BYPASSRLS";
    if (row.Bool("owns_tables")) why = "owns tables, or is a member of a role that does";
    if (!why.empty()) {
      return errors::Precondition("ROLE_UNSAFE",
                                  absl::StrCat("database role ", row.Text("role"), " ", why,
                                               ": row-level security would not hold"));
    }
  }
  return absl::OkStatus();
}

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection, bool reused)
    : pool_(&pool), connection_(std::move(connection)), reused_(reused) {}

Pool::Lease::Lease(Lease&& other) noexcept
    : pool_(other.pool_), connection_(std::move(other.connection_)), reused_(other.reused_) {}

Pool::Lease::~Lease() {
  if (connection_ != nullptr) pool_->Return(std::move(connection_));
}

}  // namespace vsv::pg
