// Keeps a local projection of another service's feed: effect and cursor in one transaction, so that
// a batch is applied exactly once, whatever is killed when.
#pragma once

#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace vsv::feed {

// One message of the stream.
struct ProjectionBatch {
  // Where to resume once it is applied; "" when it is a part, to be applied with those that follow.
  std::string cursor;
  std::optional<absl::Time> current_as_of;  // of a checkpoint: up to when everything is known
  std::function<absl::Status(pg::Transaction&)>
      apply;  // the effect; may run more than once; empty for none
};

// An open stream. Next is called by one thread at a time.
class ProjectionStream {
 public:
  virtual ~ProjectionStream() = default;
  // Blocks for the next message. Any error ends the stream.
  virtual absl::StatusOr<ProjectionBatch> Next() = 0;
  // Makes a blocked Next return; from any thread, at any time.
  virtual void Cancel() = 0;
};

// The feed that is projected. Implemented over the generated stub by who owns the projection.
class ProjectionSource {
 public:
  virtual ~ProjectionSource() = default;
  // Opens the stream behind `cursor`; "" = from the beginning, with everything there is.
  virtual absl::StatusOr<std::unique_ptr<ProjectionStream>> Open(const std::string& cursor) = 0;
  // The cursor has expired: empties the projection, which is then filled from the beginning. What
  // must not vanish meanwhile may be left for the new content to replace.
  virtual absl::Status Reset(pg::Transaction& tx) = 0;
};

struct ProjectorOptions {
  std::string source;  // name in projection_cursors, e.g. "partners"
  absl::Duration first_backoff = absl::Milliseconds(100);
  absl::Duration longest_backoff = absl::Seconds(2);
  // Told after each commit, e.g. to refresh what is kept in memory; may be empty.
  std::function<void()> on_applied;
};

// Thread-safe. Needs libs/feed/migrations/projection_cursors.sql. Several processes may keep one
// projection: each batch is applied by one of them.
class Projector {
 public:
  // `worker`: pool of the worker role. Both must outlive the projector.
  Projector(pg::Pool& worker, ProjectionSource& source, ProjectorOptions options);
  // Stops.
  ~Projector();
  Projector(const Projector&) = delete;
  Projector& operator=(const Projector&) = delete;

  void Start();
  void Stop();

  // Up to when the projection knows its source; InfinitePast before it has caught up for the first
  // time in this process.
  absl::Time current_as_of() const;

 private:
  void Loop();
  // Reads one stream to its end; always returns an error or a cancellation.
  absl::Status Follow(bool& progressed);
  absl::StatusOr<std::unique_ptr<ProjectionStream>> OpenStream();
  // `parts`: messages that belong together; the last one has a cursor.
  absl::Status Apply(const std::vector<ProjectionBatch>& parts);
  // Where the projection stands, as long as `tx` is open: nobody else moves it.
  absl::StatusOr<std::string> Hold(pg::Transaction& tx);
  absl::Status Resync();
  bool Pause(absl::Duration time);
  bool stopped() const;

  pg::Pool& worker_;
  ProjectionSource& source_;
  const ProjectorOptions options_;
  std::string behind_;  // the cursor behind which the open stream goes on
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = true;
  ProjectionStream* open_ = nullptr;  // so that Stop can cancel it
  absl::Time current_as_of_ = absl::InfinitePast();
  std::thread thread_;
};

// Whether a projection that knows its source up to `current_as_of` is too old to decide on: then
// the answer is PROJECTION_STALE, alike for every key. So it is when it claims to know the future:
// a clock was set back, and how old it is nobody can say.
inline bool IsStale(absl::Time current_as_of, absl::Time now, absl::Duration max_age) {
  return now - current_as_of > max_age || current_as_of - now > max_age;
}

// What projection_cursors holds for a source; nothing before the first batch.
struct ProjectionState {
  std::string cursor;
  std::optional<absl::Time> current_as_of;
};

absl::StatusOr<std::optional<ProjectionState>> ReadProjectionState(pg::Transaction& tx,
                                                                   absl::string_view source);

// After a restore: what the projections of this database know is of no known age, so nothing is
// decided on it before its sources are heard again. For the worker role; nothing to do in a
// database that projects nothing.
absl::Status DistrustProjections(pg::Transaction& tx);

}  // namespace vsv::feed
