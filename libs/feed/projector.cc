#include "libs/feed/projector.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/feed/statements.h"
#include "libs/obs/log.h"

#include "absl/random/random.h"
#include "absl/time/clock.h"

#include <algorithm>
#include <utility>

namespace vsv::feed {
namespace {

constexpr absl::Duration kApplyTime = absl::Seconds(30);

absl::Duration Jittered(absl::Duration ceiling) {
  thread_local absl::BitGen random;
  return ceiling * absl::Uniform(random, 0.0, 1.0);
}

// The source will never take this cursor again: the history behind it is gone, or it is read under
// another key or filter since an upgrade of either side. Of one that cannot be followed from the
// beginning, what is there is not thrown away for nothing.
bool IsNoLongerOfUse(const std::string& cursor, const absl::Status& refusal) {
  const std::string reason = errors::ReasonOf(refusal);
  return !cursor.empty() && (reason == "CURSOR_EXPIRED" || reason == "CURSOR_INVALID");
}

}  // namespace

absl::StatusOr<std::optional<ProjectionState>> ReadProjectionState(pg::Transaction& tx,
                                                                   absl::string_view source) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(sql::kGetProjectionCursor, pg::Params().Text(source)));
  std::optional<ProjectionState> state;
  for (const pg::Row row : rows)
    state = ProjectionState{row.Text("cursor"), row.OptionalTime("heartbeat_at")};
  return state;
}

absl::Status DistrustProjections(pg::Transaction& tx) {
  VSV_ASSIGN_OR_RETURN(const pg::Result rows, tx.Execute(sql::kHasProjections));
  if (!rows[0].Bool("here")) return absl::OkStatus();
  return tx.Execute(sql::kDistrustProjections).status();
}

Projector::Projector(pg::Pool& worker, ProjectionSource& source, ProjectorOptions options)
    : worker_(worker), source_(source), options_(std::move(options)) {}

Projector::~Projector() {
  Stop();
}

void Projector::Start() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = false;
  }
  thread_ = std::thread([this] { Loop(); });
}

void Projector::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
    if (open_ != nullptr) open_->Cancel();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

absl::Time Projector::current_as_of() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return current_as_of_;
}

bool Projector::stopped() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return stopped_;
}

bool Projector::Pause(absl::Duration time) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, absl::ToChronoMicroseconds(time), [this] { return stopped_; });
  return !stopped_;
}

void Projector::Loop() {
  absl::Duration backoff = options_.first_backoff;
  while (!stopped()) {
    bool progressed = false;
    absl::Status status = Follow(progressed);
    if (stopped()) return;
    if (IsNoLongerOfUse(behind_, status)) {
      obs::Log(obs::Severity::kWarning, "projection starts afresh",
               {{"source", options_.source}, {"cause", errors::ReasonOf(status)}});
      status = Resync();
      if (status.ok() && progressed) continue;
    }
    if (!status.ok()) {
      obs::Log(obs::Severity::kWarning, "projection stream ended",
               {{"source", options_.source},
                {"cause", status.ToString(absl::StatusToStringMode::kWithNoExtraData)}});
    }
    if (progressed) backoff = options_.first_backoff;
    if (!Pause(Jittered(backoff))) return;
    backoff = std::min(backoff * 2, options_.longest_backoff);
  }
}

absl::StatusOr<std::unique_ptr<ProjectionStream>> Projector::OpenStream() {
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(worker_, pg::Mode::kReadOnly, absl::Now() + kApplyTime,
                                           {}, [&](pg::Transaction& tx) -> absl::Status {
                                             VSV_ASSIGN_OR_RETURN(
                                                 const std::optional<ProjectionState> state,
                                                 ReadProjectionState(tx, options_.source));
                                             behind_ = state.has_value() ? state->cursor : "";
                                             return absl::OkStatus();
                                           }));
  return source_.Open(behind_);
}

absl::Status Projector::Follow(bool& progressed) {
  VSV_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionStream> stream, OpenStream());
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (stopped_) return absl::CancelledError();
    open_ = stream.get();
  }
  absl::Status status;
  std::vector<ProjectionBatch> parts;
  while (status.ok()) {
    absl::StatusOr<ProjectionBatch> batch = stream->Next();
    status = batch.status();
    if (!status.ok()) break;
    parts.push_back(*std::move(batch));
    if (parts.back().cursor.empty()) continue;
    status = Apply(parts);
    parts.clear();
    if (status.ok()) progressed = true;
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  open_ = nullptr;
  return status;
}

absl::StatusOr<std::string> Projector::Hold(pg::Transaction& tx) {
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kLockProjection, pg::Params().Text(options_.source)));
  VSV_ASSIGN_OR_RETURN(const std::optional<ProjectionState> state,
                       ReadProjectionState(tx, options_.source));
  return state.has_value() ? state->cursor : "";
}

absl::Status Projector::Apply(const std::vector<ProjectionBatch>& parts) {
  const ProjectionBatch& last = parts.back();
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      worker_, pg::Mode::kReadWrite, absl::Now() + kApplyTime, {},
      [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(const std::string at, Hold(tx));
        if (at == behind_) {
          for (const ProjectionBatch& part : parts) {
            if (part.apply) VSV_RETURN_IF_ERROR(part.apply(tx));
          }
        } else if (at != last.cursor) {
          return absl::AbortedError("another process has moved the projection");
        }
        return tx
            .Execute(sql::kPutProjectionCursor,
                     pg::Params().Text(options_.source).Text(last.cursor).Time(last.current_as_of))
            .status();
      }));
  behind_ = last.cursor;
  if (last.current_as_of.has_value()) {
    const std::lock_guard<std::mutex> lock(mutex_);
    current_as_of_ = *last.current_as_of;
  }
  if (options_.on_applied) options_.on_applied();
  return absl::OkStatus();
}

absl::Status Projector::Resync() {
  return pg::RunInTransaction(
      worker_, pg::Mode::kReadWrite, absl::Now() + kApplyTime, {},
      [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(const std::string at, Hold(tx));
        if (at != behind_) return absl::OkStatus();  // another process has begun afresh
        VSV_RETURN_IF_ERROR(source_.Reset(tx));
        return tx.Execute(sql::kClearProjectionCursor, pg::Params().Text(options_.source)).status();
      });
}

}  // namespace vsv::feed
