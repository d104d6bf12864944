#include "services/dossiers/storage/dossier_creation.h"

#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "libs/errors/errors.h"
#include "libs/pg/idempotency.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/storage/access_log.h"
#include "services/dossiers/storage/batches.h"
#include "services/dossiers/storage/columns.h"
#include "services/dossiers/storage/dossier_columns.h"
#include "services/dossiers/storage/effects.h"
#include "services/dossiers/storage/events.h"
#include "services/dossiers/storage/made_rows.h"
#include "services/dossiers/storage/question.h"
#include "services/dossiers/storage/statements.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace vsv::dossiers {
namespace {

// One command on its way through the transaction.
struct Course {
  const CreateCommand* command = nullptr;
  NewDossier made;
  absl::Status refusal;          // of an earlier run
  std::optional<DossierId> id;   // made now, or before by the same request
  std::optional<PupilId> pupil;  // of what was made now
  std::optional<DossierRow> row;
};

pg::IdempotencyKey KeyOf(const CreateCommand& command) {
  return {command.asker.organisation.value(), command.asker.method, command.dossier.region.value(),
          command.request.request_id, command.request.body_hash};
}

class Run {
 public:
  // `keep` false: what is made is undone, and only the entry in the trail stays.
  Run(pg::Transaction& tx, const PupilKeys& keys, absl::Duration max_age, bool keep,
      std::vector<Course>& courses)
      : tx_(tx), keys_(keys), max_age_(max_age), keep_(keep), courses_(courses) {}

  // True in `again` when a refusal came up that must be undone by another run.
  absl::Status Execute(bool& again) {
    VSV_RETURN_IF_ERROR(keep_ ? Create() : Validate());
    again = refused_;
    if (again) return absl::CancelledError("a refusal is undone");
    return Leave();
  }

 private:
  absl::Status Create();
  absl::Status Validate();
  absl::Status Claim();
  absl::Status Make();
  absl::Status Answer();
  absl::Status ReadReplayed();
  absl::Status Leave();

  void Refuse(Course& course, absl::Status why) {
    course.refusal = std::move(why);
    refused_ = true;
  }

  pg::Transaction& tx_;
  const PupilKeys& keys_;
  absl::Duration max_age_;
  const bool keep_;
  std::vector<Course>& courses_;
  bool refused_ = false;
};

absl::Status Run::Create() {
  VSV_RETURN_IF_ERROR(Claim());
  VSV_RETURN_IF_ERROR(Make());
  if (refused_) return absl::OkStatus();
  VSV_RETURN_IF_ERROR(Answer());
  return ReadReplayed();
}

// Creates, and undoes it: what came of it stands in the courses.
absl::Status Run::Validate() {
  bool created = false;
  const absl::Status undone = tx_.Savepoint([&]() -> absl::Status {
    VSV_RETURN_IF_ERROR(Create());
    created = true;
    return absl::CancelledError("validated only");
  });
  return created && absl::IsCancelled(undone) ? absl::OkStatus() : undone;
}

absl::Status Run::Claim() {
  std::vector<Course*> claimants;
  std::vector<pg::IdempotencyKey> keys;
  std::vector<std::string> ids;
  for (Course& course : courses_) {
    if (!course.refusal.ok()) continue;
    claimants.push_back(&course);
    keys.push_back(KeyOf(*course.command));
    ids.push_back(course.command->dossier.id.value());
  }
  if (keys.empty()) return absl::OkStatus();
  VSV_ASSIGN_OR_RETURN(const auto claims, pg::ClaimRequestIds(tx_, keys, ids));
  for (size_t i = 0; i < claims.size(); ++i) {
    if (!claims[i].ok()) {
      Refuse(*claimants[i], claims[i].status());
    } else if (claims[i]->has_value()) {
      claimants[i]->id = DossierId((*claims[i])->reference);
    }
  }
  return absl::OkStatus();
}

absl::Status Run::Make() {
  std::vector<Course*> makers;
  std::vector<NewDossier> dossiers;
  for (Course& course : courses_) {
    if (!course.refusal.ok() || course.id.has_value()) continue;
    makers.push_back(&course);
    dossiers.push_back(course.made);
  }
  if (makers.empty()) return absl::OkStatus();
  VSV_ASSIGN_OR_RETURN(const std::vector<std::optional<PupilId>> pupils,
                       WriteNewDossiers(tx_, dossiers));
  std::vector<CountDelta> counts;
  std::vector<const Dossier*> events;
  for (size_t i = 0; i < makers.size(); ++i) {
    const CreateCommand& command = *makers[i]->command;
    if (!pupils[i].has_value()) {
      Refuse(*makers[i],
             errors::AlreadyExists("DOSSIER",
                                   "there is a dossier for this pupil and school year already"));
      continue;
    }
    makers[i]->id = command.dossier.id;
    makers[i]->pupil = pupils[i];
    counts.insert(counts.end(), command.counts.begin(), command.counts.end());
    events.push_back(&command.dossier);
  }
  if (refused_) return absl::OkStatus();
  VSV_RETURN_IF_ERROR(WriteCounts(tx_, counts));
  return Publish(tx_, events, counts);
}

absl::Status Run::Answer() {
  std::vector<Course*> makers;
  std::vector<const CreateCommand*> commands;
  for (Course& course : courses_) {
    if (!course.pupil.has_value()) continue;
    makers.push_back(&course);
    commands.push_back(course.command);
  }
  VSV_ASSIGN_OR_RETURN(const std::vector<CategorySet> granted, JudgeMade(tx_, commands, max_age_));
  for (size_t i = 0; i < makers.size(); ++i) {
    Course& course = *makers[i];
    course.row = MadeRow(*commands[i], *course.pupil, granted[i]);
    if (keep_) continue;
    // What is only validated has no name, and is nobody in the trail.
    course.id.reset();
    course.row->dossier.id = DossierId();
    course.row->dossier.pupil = PupilId();
  }
  return absl::OkStatus();
}

absl::Status Run::ReadReplayed() {
  std::vector<Course*> askers;
  std::vector<Question> questions;
  for (Course& course : courses_) {
    if (!course.id.has_value() || course.row.has_value()) continue;
    askers.push_back(&course);
    questions.push_back({&course.command->asker, course.command->dossier.region, *course.id});
  }
  if (askers.empty()) return absl::OkStatus();
  VSV_ASSIGN_OR_RETURN(
      const pg::Result result,
      tx_.Execute(sql::kJudgeDossiers,
                  AskParams(questions)
                      .TextArray(std::vector<std::optional<std::string>>(askers.size()))
                      .BoolArray(std::vector<bool>(askers.size(), true))
                      .Int(Seconds(max_age_))));
  VSV_RETURN_IF_ERROR(CheckFresh(result));
  for (const pg::Row row : result) {
    if (row.IsNull("id")) continue;
    Course& course = *askers[static_cast<size_t>(row.Int("ordinal")) - 1];
    VSV_ASSIGN_OR_RETURN(course.row, ReadDossier(row, keys_));
    ReadFacts(row, *course.row);
  }
  return absl::OkStatus();
}

absl::Status Run::Leave() {
  std::vector<Access> accesses;
  for (const Course& course : courses_) {
    const CreateCommand& command = *course.command;
    Access access{&command.asker, command.dossier.region, kDossierKind, {}, {}, Outcome::kRefused};
    if (course.id.has_value()) {
      access.subjects = {*course.id};
      access.outcome = Outcome::kNotFound;
      access.may_be_gone = !course.pupil.has_value();
    }
    if (course.row.has_value()) {
      access.outcome = Outcome::kGranted;
      access.categories = course.row->granted;
    }
    accesses.push_back(std::move(access));
  }
  return Log(tx_, accesses);
}

absl::StatusOr<DossierRow> VerdictOf(const Course& course) {
  if (!course.refusal.ok()) return course.refusal;
  if (!course.row.has_value()) return errors::NotFound("DOSSIER");
  return *course.row;
}

absl::Status Prepare(const PupilKeys& keys, const base::Clock& clock, Course& course) {
  const CreateCommand& command = *course.command;
  const RegionId& region = command.dossier.region;
  VSV_ASSIGN_OR_RETURN(std::string sealed, keys.Seal(region, command.pgn));
  course.made = {&command, PupilId(base::NewUuidV7(clock)), keys.Hash(region, command.pgn),
                 std::move(sealed)};
  return absl::OkStatus();
}

absl::StatusOr<std::vector<absl::StatusOr<DossierRow>>> CreateInOneTransaction(
    pg::Pool& pool, const PupilKeys& keys, const base::Clock& clock, absl::Duration max_age,
    const std::vector<const CreateCommand*>& commands, bool keep) {
  std::vector<Course> courses(commands.size());
  std::vector<Question> questions;
  for (size_t i = 0; i < commands.size(); ++i) {
    courses[i].command = commands[i];
    VSV_RETURN_IF_ERROR(Prepare(keys, clock, courses[i]));
    questions.push_back(
        {&commands[i]->asker, commands[i]->dossier.region, commands[i]->dossier.id});
  }
  absl::Status status;
  bool again = true;
  while (again) {
    again = false;
    status = pg::RunInTransaction(
        pool, pg::Mode::kReadWrite, DeadlineOf(questions), ContextOf(questions),
        [&](pg::Transaction& tx) -> absl::Status {
          for (Course& course : courses) {
            course = {.command = course.command, .made = course.made, .refusal = course.refusal};
          }
          return Run(tx, keys, max_age, keep, courses).Execute(again);
        });
  }
  VSV_RETURN_IF_ERROR(status);
  std::vector<absl::StatusOr<DossierRow>> verdicts;
  verdicts.reserve(courses.size());
  for (const Course& course : courses) verdicts.push_back(VerdictOf(course));
  return verdicts;
}

}  // namespace

std::vector<absl::StatusOr<DossierRow>> CreateTogether(
    pg::Pool& pool, const PupilKeys& keys, const base::Clock& clock, absl::Duration max_age,
    const std::vector<const CreateCommand*>& commands) {
  const auto execute = [&](const std::vector<const CreateCommand*>& together, bool keep) {
    return CreateInOneTransaction(pool, keys, clock, max_age, together, keep);
  };
  std::vector<const CreateCommand*> kept;
  std::vector<size_t> places;
  std::vector<absl::StatusOr<DossierRow>> verdicts(commands.size(), absl::UnknownError(""));
  for (size_t i = 0; i < commands.size(); ++i) {
    if (commands[i]->validate_only) {
      auto judged = execute({commands[i]}, /*keep=*/false);
      verdicts[i] = judged.ok() ? std::move(judged->front()) : judged.status();
    } else {
      kept.push_back(commands[i]);
      places.push_back(i);
    }
  }
  if (kept.empty()) return verdicts;
  std::vector<absl::StatusOr<DossierRow>> answers =
      InHalves(kept, [&](const std::vector<const CreateCommand*>& together) {
        return execute(together, /*keep=*/true);
      });
  for (size_t k = 0; k < kept.size(); ++k) verdicts[places[k]] = std::move(answers[k]);
  return verdicts;
}

}  // namespace vsv::dossiers
