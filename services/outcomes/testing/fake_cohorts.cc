// The cohorts of FakeOutcomesStores.
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "services/outcomes/domain/pupil_import.h"
#include "services/outcomes/testing/fake_stores.h"

#include "absl/strings/str_cat.h"

namespace vsv::outcomes {
namespace {

std::vector<CohortPupil> PupilsOf(const std::map<std::string, CohortPupil>& by_key) {
  std::vector<CohortPupil> pupils;
  for (const auto& [key, pupil] : by_key) pupils.push_back(pupil);
  return pupils;
}

}  // namespace

void FakeOutcomesStores::Audit(const Call& call, const CohortName& name, bool granted,
                               std::vector<std::string> subjects) {
  audited_.push_back({call.organisation_id, call.method,
                      absl::StrCat("regions/", name.region_id, "/cohorts/", name.id), granted,
                      std::move(subjects)});
}

absl::StatusOr<FakeOutcomesStores::StoredCohort*> FakeOutcomesStores::Own(const Call& call,
                                                                          const CohortName& name) {
  const auto entry = cohorts_.find({name.region_id, name.id});
  if (entry == cohorts_.end() || entry->second.cohort.institution_id != call.organisation_id) {
    Audit(call, name, false, {});
    return errors::NotFound("COHORT");
  }
  return &entry->second;
}

absl::StatusOr<Cohort> FakeOutcomesStores::CreateOne(const CreateCohortCommand& command) {
  const Cohort& wanted = command.cohort;
  VSV_ASSIGN_OR_RETURN(const bool replay, Claim(command.mutation));
  if (replay) return cohorts_.at({wanted.region_id, wanted.id}).cohort;
  if (command.mutation.validate_only) Forget(command.mutation);
  for (const auto& [key, stored] : cohorts_) {
    const bool same_id = key == Key(wanted.region_id, wanted.id);
    const bool same_count = key.first == wanted.region_id &&
                            stored.cohort.institution_id == wanted.institution_id &&
                            stored.cohort.count_on == wanted.count_on;
    if (!same_id && !same_count) continue;
    Forget(command.mutation);
    return errors::AlreadyExists("COHORT", same_id
                                               ? "the cohort id is taken"
                                               : "the institution has a cohort of that count date");
  }
  Cohort cohort = wanted;
  cohort.version = 1;
  cohort.created_at = cohort.updated_at = command.mutation.call.now;
  if (!command.mutation.validate_only) {
    cohorts_[{cohort.region_id, cohort.id}].cohort = cohort;
  }
  return cohort;
}

std::vector<absl::StatusOr<Cohort>> FakeOutcomesStores::CreateCohorts(
    absl::Span<const CreateCohortCommand> commands) {
  absl::MutexLock lock(&mutex_);
  std::vector<absl::StatusOr<Cohort>> verdicts;
  for (const CreateCohortCommand& command : commands) verdicts.push_back(CreateOne(command));
  return verdicts;
}

std::vector<absl::StatusOr<Cohort>> FakeOutcomesStores::GetCohorts(
    absl::Span<const CohortName> names, absl::Time /*deadline*/) {
  absl::MutexLock lock(&mutex_);
  std::vector<absl::StatusOr<Cohort>> found;
  for (const CohortName& name : names) {
    const auto entry = cohorts_.find({name.region_id, name.id});
    if (entry == cohorts_.end()) {
      found.push_back(errors::NotFound("COHORT"));
    } else {
      found.push_back(entry->second.cohort);
    }
  }
  return found;
}

absl::StatusOr<std::vector<Cohort>> FakeOutcomesStores::ListCohorts(
    const ListCohortsCommand& command) {
  absl::MutexLock lock(&mutex_);
  std::vector<Cohort> page;
  for (const auto& [key, stored] : cohorts_) {
    if (page.size() == static_cast<size_t>(command.limit)) break;
    if (key.first == command.region_id && key.second > command.after) page.push_back(stored.cohort);
  }
  return page;
}

absl::StatusOr<ImportedPupils> FakeOutcomesStores::ImportPupils(
    const ImportPupilsCommand& command) {
  absl::MutexLock lock(&mutex_);
  VSV_ASSIGN_OR_RETURN(StoredCohort* const stored, Own(command.mutation.call, command.cohort));
  if (command.undecided) {
    Audit(command.mutation.call, command.cohort, false, {});
    return errors::NotFound("COHORT");
  }
  VSV_ASSIGN_OR_RETURN(const bool replay, Claim(command.mutation));
  PupilImport import = PlanPupilImport(PupilsOf(stored->pupils), command.pupils);
  const bool closed = !replay && stored->cohort.state == CohortState::kClosed;
  if (closed || command.mutation.validate_only) Forget(command.mutation);
  if (closed) {
    return errors::Precondition("COHORT_CLOSED",
                                "the cohort is closed; nothing can be added to it");
  }
  std::vector<std::string> subjects;
  for (const CohortPupil& pupil : command.pupils) subjects.push_back(pupil.pupil_key);
  Audit(command.mutation.call, command.cohort, true, std::move(subjects));
  Cohort& cohort = stored->cohort;
  if (replay) return ImportedPupils{std::move(import.verdicts), cohort.record_count};
  const int64_t count = cohort.record_count + import.added;
  if (!command.mutation.validate_only && !import.written.empty()) {
    for (const CohortPupil& pupil : import.written) stored->pupils[pupil.pupil_key] = pupil;
    cohort.record_count = count;
    ++cohort.version;
    cohort.updated_at = command.mutation.call.now;
  }
  return ImportedPupils{std::move(import.verdicts), count};
}

absl::StatusOr<Cohort> FakeOutcomesStores::CloseOne(const CloseCohortCommand& command) {
  VSV_ASSIGN_OR_RETURN(StoredCohort* const stored, Own(command.mutation.call, command.cohort));
  VSV_ASSIGN_OR_RETURN(const bool replay, Claim(command.mutation));
  Cohort& cohort = stored->cohort;
  if (replay) return cohort;
  const bool stale = command.expected_version.value_or(cohort.version) != cohort.version;
  const bool closed = cohort.state == CohortState::kClosed;
  if (stale || closed || command.mutation.validate_only) Forget(command.mutation);
  if (stale) return errors::EtagMismatch();
  if (closed) return errors::Precondition("COHORT_CLOSED", "the cohort is closed already");
  Audit(command.mutation.call, command.cohort, true, {});
  Cohort after = cohort;
  after.state = CohortState::kClosed;
  ++after.version;
  after.updated_at = command.mutation.call.now;
  if (!command.mutation.validate_only) {
    stored->publication =
        Publish(CountPupils(PupilsOf(stored->pupils), CountDimension::kLevel), command.threshold);
    cohort = after;
  }
  return after;
}

std::vector<absl::StatusOr<Cohort>> FakeOutcomesStores::CloseCohorts(
    absl::Span<const CloseCohortCommand> commands) {
  absl::MutexLock lock(&mutex_);
  std::vector<absl::StatusOr<Cohort>> verdicts;
  for (const CloseCohortCommand& command : commands) verdicts.push_back(CloseOne(command));
  return verdicts;
}

absl::StatusOr<std::vector<SliceCount>> FakeOutcomesStores::Count(const CountCommand& command) {
  absl::MutexLock lock(&mutex_);
  VSV_ASSIGN_OR_RETURN(StoredCohort* const stored, Own(command.call, command.cohort));
  Audit(command.call, command.cohort, true, {});
  return CountPupils(PupilsOf(stored->pupils), command.dimension);
}

absl::StatusOr<std::vector<PublishedRow>> FakeOutcomesStores::GetPublication(
    const CohortName& name, absl::Time /*deadline*/) {
  absl::MutexLock lock(&mutex_);
  const auto entry = cohorts_.find({name.region_id, name.id});
  if (entry == cohorts_.end()) return errors::NotFound("COHORT");
  if (entry->second.cohort.state == CohortState::kOpen) {
    return errors::Precondition("COHORT_OPEN", "its institution has not closed the cohort yet");
  }
  return entry->second.publication;
}

absl::StatusOr<DecisionPage> FakeOutcomesStores::ListDecisions(
    const ListDecisionsCommand& command) {
  absl::MutexLock lock(&mutex_);
  VSV_ASSIGN_OR_RETURN(StoredCohort* const stored, Own(command.call, command.cohort));
  std::map<std::string, CohortPupil> by_reference;
  for (const auto& [key, pupil] : stored->pupils) by_reference[pupil.record_reference] = pupil;
  DecisionPage page;
  std::vector<std::string> subjects;
  for (auto entry = by_reference.upper_bound(command.after); entry != by_reference.end(); ++entry) {
    CohortPupil pupil = entry->second;
    if (command.outcome.value_or(pupil.decision.outcome) != pupil.decision.outcome) continue;
    page.more = page.pupils.size() == static_cast<size_t>(command.limit);
    if (page.more) break;
    subjects.push_back(pupil.pupil_key);
    pupil.pupil_key.clear();
    page.pupils.push_back(std::move(pupil));
  }
  Audit(command.call, command.cohort, true, std::move(subjects));
  return page;
}

}  // namespace vsv::outcomes
