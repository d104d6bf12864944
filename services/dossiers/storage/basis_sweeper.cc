#include "services/dossiers/storage/basis_sweeper.h"

#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/feed/projector.h"
#include "libs/obs/log.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/storage/events.h"
#include "services/dossiers/storage/question.h"
#include "services/dossiers/storage/statements.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include <chrono>
#include <string>

namespace vsv::dossiers {
namespace {

constexpr absl::Duration kLongestPass = absl::Minutes(30);

// Where a pass stands: the last receipt that was looked at.
struct Place {
  std::string region;
  std::string dossier = "00000000-0000-0000-0000-000000000000";
  std::string organisation;
  std::string purpose;
};

struct Chunk {
  Place last;
  int64_t looked = 0;
  int64_t told = 0;
};

absl::StatusOr<Chunk> Sweep(pg::Transaction& tx, const Place& after, absl::Time now,
                            const BasisSweeperOptions& options) {
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(sql::kNoteEndedBases, pg::Params()
                                           .Text(after.region)
                                           .Text(after.dossier)
                                           .Text(after.organisation)
                                           .Text(after.purpose)
                                           .Day(base::LocalDay(now))
                                           .Int(options.chunk)
                                           .Time(now)
                                           .Int(Seconds(options.max_register_age))));
  VSV_RETURN_IF_ERROR(CheckFresh(rows));
  Chunk chunk{after};
  DossierNames ended;
  for (const pg::Row row : rows) {
    if (row.IsNull("dossier_id")) break;  // there is nothing more to look at
    ++chunk.looked;
    chunk.last = {row.Text("region_id"), row.Text("dossier_id"), row.Text("organisation_id"),
                  row.Text("purpose")};
    if (row.Bool("is_ended")) ended.emplace(chunk.last.region, chunk.last.dossier);
  }
  VSV_RETURN_IF_ERROR(PublishUnchanged(tx, ended, now));
  chunk.told = static_cast<int64_t>(ended.size());
  return chunk;
}

}  // namespace

BasisSweeper::BasisSweeper(pg::Pool& worker, const base::Clock& clock, BasisSweeperOptions options)
    : worker_(worker), clock_(clock), options_(options) {}

BasisSweeper::~BasisSweeper() {
  Stop();
}

void BasisSweeper::Start() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (thread_.joinable()) return;
  stopping_ = false;
  thread_ = std::thread([this] { Loop(); });
}

void BasisSweeper::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool BasisSweeper::IsStopping() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return stopping_;
}

absl::StatusOr<int64_t> BasisSweeper::TellBegun(absl::Time deadline) {
  int64_t told = 0;
  for (bool more = true; more && !IsStopping();) {
    int64_t of_these = 0;
    VSV_RETURN_IF_ERROR(pg::RunInTransaction(
        worker_, pg::Mode::kReadWrite, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
          const absl::Time now = clock_.Now();
          VSV_ASSIGN_OR_RETURN(
              const pg::Result rows,
              tx.Execute(sql::kNoteBegunConsents,
                         pg::Params().Day(base::LocalDay(now)).Int(options_.chunk).Time(now)));
          more = static_cast<int64_t>(rows.size()) == options_.chunk;
          DossierNames begun;
          for (const pg::Row row : rows) {
            begun.emplace(row.Text("region_id"), row.Text("dossier_id"));
          }
          of_these = static_cast<int64_t>(begun.size());
          return PublishUnchanged(tx, begun, now);
        }));
    told += of_these;
  }
  return told;
}

absl::StatusOr<int64_t> BasisSweeper::RunOnce(absl::Time deadline) {
  Place place;
  VSV_ASSIGN_OR_RETURN(int64_t told, TellBegun(deadline));
  while (true) {
    if (IsStopping()) return absl::CancelledError("the sweeper is stopped");
    Chunk chunk;
    VSV_RETURN_IF_ERROR(pg::RunInTransaction(
        worker_, pg::Mode::kReadWrite, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
          VSV_ASSIGN_OR_RETURN(chunk, Sweep(tx, place, clock_.Now(), options_));
          return absl::OkStatus();
        }));
    told += chunk.told;
    place = chunk.last;
    if (chunk.looked < options_.chunk) return told;
  }
}

absl::StatusOr<std::string> BasisSweeper::Circumstances(absl::Time deadline) {
  std::string circumstances;
  VSV_RETURN_IF_ERROR(pg::RunInTransaction(
      worker_, pg::Mode::kReadOnly, deadline, {}, [&](pg::Transaction& tx) -> absl::Status {
        VSV_ASSIGN_OR_RETURN(const auto followed, feed::ReadProjectionState(tx, "partners"));
        circumstances = absl::StrCat(absl::FormatCivilTime(base::LocalDay(clock_.Now())), "/",
                                     followed.has_value() ? followed->cursor : "");
        return absl::OkStatus();
      }));
  return circumstances;
}

absl::Status BasisSweeper::SweepWhenDue() {
  const absl::Time begun = clock_.Now();
  VSV_ASSIGN_OR_RETURN(const std::string circumstances, Circumstances(begun + absl::Seconds(10)));
  if (!schedule_.IsDue(circumstances, begun)) return absl::OkStatus();
  VSV_RETURN_IF_ERROR(RunOnce(begun + kLongestPass).status());
  schedule_.Passed(begun);
  return absl::OkStatus();
}

void BasisSweeper::Loop() {
  std::string logged;  // once, however often it is tried again
  while (true) {
    const absl::Status swept = SweepWhenDue();
    const std::string cause(swept.message());
    if (cause != logged && !swept.ok() && !IsStopping()) {
      obs::Log(obs::Severity::kWarning, "basis sweep failed", {{"cause", cause}});
    }
    logged = cause;
    std::unique_lock<std::mutex> lock(mutex_);
    const bool stopped = changed_.wait_for(lock, absl::ToChronoMilliseconds(options_.interval),
                                           [this] { return stopping_; });
    if (stopped) return;
  }
}

}  // namespace vsv::dossiers
