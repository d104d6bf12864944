#include "services/dossiers/storage/dossier_changes.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/pg/idempotency.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/domain/change.h"
#include "services/dossiers/storage/access_log.h"
#include "services/dossiers/storage/batches.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/delivery.h"
#include "services/dossiers/storage/dossier_columns.h"
#include "services/dossiers/storage/dossier_list.h"
#include "services/dossiers/storage/effects.h"
#include "services/dossiers/storage/erasures.h"
#include "services/dossiers/storage/events.h"
#include "services/dossiers/storage/question.h"
#include "services/dossiers/storage/replays.h"
#include "services/dossiers/storage/statements.h"

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace vsv::dossiers {
namespace {

// One command on its way through the transaction.
struct Course {
  const MutateCommand* command = nullptr;
  size_t place = 0;               // of the command
  absl::Status refusal;           // of an earlier run; settled, and only logged from then on
  std::optional<DossierRow> row;  // as judged; nullopt = not there for the asker
  Grants grants;
  bool done_before = false;  // a replay
  bool changed = false;
  bool judge_again = false;  // what it changed may decide what it is granted
  bool erased = false;
  std::string made;  // id of what the request makes or made
};

Question QuestionOf(const MutateCommand& command) {
  return {&command.asker, command.target.region, command.target.dossier};
}

absl::Status NotThere(const MutateCommand& command) {
  return errors::NotFound(command.target.application.has_value() ? "APPLICATION" : "DOSSIER");
}

pg::IdempotencyKey KeyOf(const MutateCommand& command) {
  return {command.asker.organisation.value(), command.asker.method, command.target.region.value(),
          command.request.request_id, command.request.body_hash};
}

// The reference of a request is what it made, or the dossier.
void SetDone(Course& course, const std::string& reference) {
  course.done_before = true;
  if (reference != course.command->target.dossier.value()) course.made = reference;
}

// One run of the transaction over all courses.
class Run {
 public:
  Run(pg::Transaction& tx, const PupilKeys& keys, const PgStoreOptions& options,
      std::vector<Course>& courses)
      : tx_(tx), keys_(keys), options_(options), courses_(courses) {}

  // True in `again` when a refusal came up that must be undone by another run.
  absl::Status Execute(bool& again) {
    VSV_RETURN_IF_ERROR(options_.waits_for_rows ? Lock() : LockFree());
    if (courses_.empty()) return absl::OkStatus();
    VSV_RETURN_IF_ERROR(FindReplays());
    VSV_RETURN_IF_ERROR(Judge([](const Course&) { return true; }));
    VSV_RETURN_IF_ERROR(RecallReplays());
    VSV_RETURN_IF_ERROR(Claim());
    VSV_RETURN_IF_ERROR(Decide());
    again = refused_;
    if (again) return absl::CancelledError("a refusal is undone");
    VSV_RETURN_IF_ERROR(Write());
    VSV_RETURN_IF_ERROR(Judge([](const Course& course) { return course.judge_again; }));
    VSV_RETURN_IF_ERROR(Leave());
    return Erase();
  }

 private:
  absl::Status FindReplays();
  absl::Status RecallReplays();
  absl::Status Lock();
  absl::Status LockFree();
  absl::Status Judge(absl::FunctionRef<bool(const Course&)> which);
  absl::Status Claim();
  absl::Status Decide();
  absl::Status Write();
  absl::Status Leave();
  absl::Status Erase();
  void Change(Course& course, DossierChange change);

  void Refuse(Course& course, absl::Status why) {
    course.refusal = std::move(why);
    refused_ = true;
  }

  pg::Transaction& tx_;
  const PupilKeys& keys_;
  const PgStoreOptions& options_;
  std::vector<Course>& courses_;
  std::vector<pg::IdempotencyKey> claimed_;
  std::vector<Effect> effects_;
  std::vector<DossierRow> before_;
  std::vector<ToErase> to_erase_;
  bool refused_ = false;
};

absl::Status Run::FindReplays() {
  std::vector<pg::IdempotencyKey> keys;
  for (const Course& course : courses_) keys.push_back(KeyOf(*course.command));
  VSV_ASSIGN_OR_RETURN(const auto references, FindReferences(tx_, keys));
  for (size_t i = 0; i < courses_.size(); ++i) {
    if (references[i].has_value()) SetDone(courses_[i], *references[i]);
  }
  return absl::OkStatus();
}

// To whom nothing of the dossier is granted any more since it changed it is told that it did: with
// the process facts as long as nobody has changed them since, else with its name alone.
absl::Status Run::RecallReplays() {
  std::vector<Course*> lost;
  std::vector<Repeated> repeated;
  for (Course& course : courses_) {
    const MutateCommand& command = *course.command;
    if (!course.done_before || course.row.has_value() || command.erases.has_value()) continue;
    lost.push_back(&course);
    repeated.push_back({KeyOf(command), command.target.dossier});
  }
  if (lost.empty()) return absl::OkStatus();
  VSV_ASSIGN_OR_RETURN(std::vector<std::optional<DossierRow>> rows,
                       ReadRepeated(tx_, repeated, keys_));
  for (size_t i = 0; i < lost.size(); ++i) lost[i]->row = std::move(rows[i]);
  return absl::OkStatus();
}

// $1 and $2 of the statements that lock.
pg::Params TargetParams(const std::vector<Course>& courses) {
  return pg::Params()
      .TextArray(Texts(courses, [](const Course& c) { return c.command->target.region.value(); }))
      .TextArray(Texts(courses, [](const Course& c) { return c.command->target.dossier.value(); }));
}

absl::Status Run::Lock() {
  return tx_.Execute(sql::kLockDossiers, TargetParams(courses_)).status();
}

// Who is not locked takes no further part.
absl::Status Run::LockFree() {
  VSV_ASSIGN_OR_RETURN(const pg::Result result,
                       tx_.Execute(sql::kLockFreeDossiers, TargetParams(courses_)));
  std::set<size_t> locked;
  for (const pg::Row row : result) locked.insert(static_cast<size_t>(row.Int("ordinal")) - 1);
  std::vector<Course> taking_part;
  for (const size_t i : locked) taking_part.push_back(std::move(courses_[i]));
  courses_ = std::move(taking_part);
  return absl::OkStatus();
}

absl::Status Run::Judge(absl::FunctionRef<bool(const Course&)> which) {
  std::vector<Course*> judged;
  std::vector<Question> questions;
  for (Course& course : courses_) {
    if (!which(course)) continue;
    judged.push_back(&course);
    questions.push_back(QuestionOf(*course.command));
  }
  if (judged.empty()) return absl::OkStatus();
  const auto application = [](const Course* c) -> std::optional<std::string> {
    const std::optional<ApplicationId>& id = c->command->target.application;
    return id.has_value() ? std::optional<std::string>(id->value()) : std::nullopt;
  };
  VSV_ASSIGN_OR_RETURN(
      const pg::Result result,
      tx_.Execute(sql::kJudgeDossiers,
                  AskParams(questions)
                      .TextArray(OptionalTexts(judged, application))
                      .BoolArray(Bools(judged, [](const Course* c) { return c->changed; }))
                      .Int(Seconds(options_.max_register_age))));
  VSV_RETURN_IF_ERROR(CheckFresh(result));
  for (const pg::Row row : result) {
    Course& course = *judged[static_cast<size_t>(row.Int("ordinal")) - 1];
    const bool by_application = course.command->target.application.has_value();
    if (row.IsNull("id") || (by_application && !row.Bool("has_application"))) continue;
    VSV_ASSIGN_OR_RETURN(course.row, ReadDossier(row, keys_));
    ReadFacts(row, *course.row);
    course.grants = ReadGrants(row);
  }
  return absl::OkStatus();
}

absl::Status Run::Claim() {
  std::vector<Course*> claimants;
  std::vector<std::string> references;
  for (Course& course : courses_) {
    if (!course.row.has_value() || course.done_before || course.command->validate_only ||
        !course.refusal.ok()) {
      continue;
    }
    claimants.push_back(&course);
    claimed_.push_back(KeyOf(*course.command));
    references.push_back(course.command->target.dossier.value());
  }
  if (claimants.empty()) return absl::OkStatus();
  VSV_ASSIGN_OR_RETURN(const auto claims, pg::ClaimRequestIds(tx_, claimed_, references));
  for (size_t i = 0; i < claims.size(); ++i) {
    if (!claims[i].ok()) {
      Refuse(*claimants[i], claims[i].status());
    } else if (claims[i]->has_value()) {
      SetDone(*claimants[i], (*claims[i])->reference);  // by another transaction just now
    }
  }
  return absl::OkStatus();
}

absl::Status Run::Decide() {
  before_.reserve(courses_.size());  // effects point into it
  for (Course& course : courses_) {
    if (!course.row.has_value() || course.done_before || !course.refusal.ok()) continue;
    const MutateCommand& command = *course.command;
    if (command.expected_version.value_or(course.row->dossier.version) !=
        course.row->dossier.version) {
      Refuse(course, errors::EtagMismatch());
      continue;
    }
    absl::StatusOr<DossierChange> change = command.decide(*course.row);
    if (!change.ok()) {
      Refuse(course, change.status());
      continue;
    }
    if (command.validate_only) continue;
    Change(course, *std::move(change));
  }
  return absl::OkStatus();
}

void Run::Change(Course& course, DossierChange change) {
  const MutateCommand& command = *course.command;
  before_.push_back(*std::move(course.row));
  const DossierRow& before = before_.back();
  change.dossier.version = before.dossier.version + 1;
  // PostgreSQL keeps microseconds.
  change.dossier.updated_at = absl::FromUnixMicros(absl::ToUnixMicros(command.asker.now));
  course.changed = true;
  course.made = change.made;
  if (change.erasure.has_value()) {
    course.erased = true;
    course.row = DossierRow();
    course.row->granted = kAllCategories;  // for the trail: all of it is touched
    course.grants = Grants();
    to_erase_.push_back(
        {command.target.region, command.target.dossier, command.asker.now, *change.erasure});
    return;
  }
  if (IsOfContentAlone(before, change)) {
    course.row = AfterContent(before, change);
  } else {
    course.judge_again = true;
    // What it gets should the wall close behind it; otherwise the row is read afresh.
    course.row = DossierRow();
    course.row->dossier = change.dossier;
    course.row->granted = {Category::kProcess};
    if (change.application.has_value()) course.row->applications = {*change.application};
    if (change.consent.has_value()) course.row->consents = {*change.consent};
    course.grants = Grants();
  }
  effects_.push_back({&command.asker, &before, std::move(change)});
}

// Last, because from here on the trail is nobody's.
absl::Status Run::Erase() {
  absl::CivilDay day;
  for (const Course& course : courses_) {
    if (course.erased) day = std::max(day, course.command->asker.today);
  }
  VSV_ASSIGN_OR_RETURN(const int64_t erased,
                       EraseIn(tx_, sql::kEraseDossiers, keys_, to_erase_, day));
  if (erased == static_cast<int64_t>(to_erase_.size())) return absl::OkStatus();
  return errors::Internal("the wall kept a dossier from being erased");
}

absl::Status Run::Write() {
  std::vector<CountDelta> counts;
  std::vector<const Dossier*> dossiers;
  for (const Effect& effect : effects_) {
    counts.insert(counts.end(), effect.change.counts.begin(), effect.change.counts.end());
    dossiers.push_back(&effect.change.dossier);
  }
  VSV_RETURN_IF_ERROR(WriteEffects(tx_, effects_));
  VSV_RETURN_IF_ERROR(WriteCounts(tx_, counts));
  return Publish(tx_, dossiers, counts);
}

// Then the asker is given its application, and nothing of the dossier.
bool DecidesOwnApplication(const MutateCommand& command, const DossierRow& row) {
  return std::any_of(row.applications.begin(), row.applications.end(), [&](const Application& a) {
    return a.id == command.target.application && a.institution == command.asker.organisation;
  });
}

absl::Status Run::Leave() {
  std::vector<Delivery> deliveries;
  std::vector<Access> accesses;
  std::vector<pg::IdempotencyKey> done;
  std::vector<std::string> made;
  for (const Course& course : courses_) {
    const MutateCommand& command = *course.command;
    Access access{
        &command.asker,    command.target.region, kDossierKind, {command.target.dossier}, {},
        Outcome::kNotFound};
    if (command.target.application.has_value()) access.resource_kind = kApplicationKind;
    if (!course.refusal.ok()) {
      access.outcome = Outcome::kRefused;
      // Another run refused it, which no longer holds the lock.
      access.may_be_gone = !course.row.has_value();
    } else if (course.row.has_value()) {
      access.outcome = Outcome::kGranted;
      access.categories = course.row->granted;
      if (!course.grants.bases.empty() && LeavesTheHouse(command.asker, *course.row) &&
          !DecidesOwnApplication(command, *course.row)) {
        deliveries.push_back({&command.asker, command.target.region, command.target.dossier,
                              course.row->dossier.version, course.grants});
      }
    }
    accesses.push_back(std::move(access));
    if (course.changed && !course.made.empty()) {
      done.push_back(KeyOf(command));
      made.push_back(course.made);
    }
  }
  VSV_RETURN_IF_ERROR(pg::RecordReferences(tx_, done, made));
  VSV_ASSIGN_OR_RETURN(const std::set<size_t> busy, NoteHoldings(tx_, deliveries));
  // Of a dossier that came in sight after the locks were taken: the next run takes its lock.
  if (!busy.empty()) return errors::TransactionConflict();
  return Log(tx_, accesses);
}

absl::StatusOr<DossierRow> VerdictOf(const Course& course) {
  if (!course.refusal.ok()) return course.refusal;
  // Of an erasure that was done before there is nothing to read: when it was is in the reference.
  const bool was_erased = course.command->erases.has_value() && course.done_before;
  if (!course.row.has_value() && !was_erased) return NotThere(*course.command);
  DossierRow row = course.row.value_or(DossierRow());
  row.made = course.made;
  return row;
}

absl::StatusOr<std::vector<absl::StatusOr<DossierRow>>> MutateInOneTransaction(
    pg::Pool& pool, const PupilKeys& keys, const PgStoreOptions& options,
    const std::vector<const MutateCommand*>& commands) {
  std::vector<absl::Status> refusals(commands.size());
  std::vector<Question> questions;
  for (const MutateCommand* command : commands) questions.push_back(QuestionOf(*command));
  std::vector<Course> courses;
  absl::Status status;
  bool again = true;
  // Each run that goes again has settled one more command, so this ends.
  while (again) {
    again = false;
    status = pg::RunInTransaction(
        pool, pg::Mode::kReadWrite, DeadlineOf(questions), ContextOf(questions),
        [&](pg::Transaction& tx) {
          courses.clear();
          for (size_t i = 0; i < commands.size(); ++i) {
            courses.push_back({.command = commands[i], .place = i, .refusal = refusals[i]});
          }
          return Run(tx, keys, options, courses).Execute(again);
        });
    for (const Course& course : courses) refusals[course.place] = course.refusal;
  }
  VSV_RETURN_IF_ERROR(status);
  std::vector<absl::StatusOr<DossierRow>> verdicts(commands.size(), errors::TransactionConflict());
  for (const Course& course : courses) verdicts[course.place] = VerdictOf(course);
  return verdicts;
}

}  // namespace

std::vector<absl::StatusOr<DossierRow>> MutateTogether(
    pg::Pool& pool, const PupilKeys& keys, const PgStoreOptions& options,
    const std::vector<const MutateCommand*>& commands) {
  return InHalves(commands, [&](const std::vector<const MutateCommand*>& together) {
    return MutateInOneTransaction(pool, keys, options, together);
  });
}

}  // namespace vsv::dossiers
