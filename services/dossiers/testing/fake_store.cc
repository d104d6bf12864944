#include "services/dossiers/testing/fake_store.h"

#include "libs/base/hash.h"
#include "libs/errors/errors.h"

#include "absl/strings/str_join.h"

#include <algorithm>

namespace vsv::dossiers::testing {
namespace {

constexpr CategorySet kByLaw = kAllCategories.Minus(kConsentOnly);

std::string Scope(const Asker& asker, const RegionId& region, const RequestKey& request) {
  return absl::StrJoin(
      {asker.organisation.value(), asker.method, region.value(), request.request_id}, "/");
}

bool IsThere(DossierState state) {
  return state == DossierState::kSent || state == DossierState::kAccepted ||
         state == DossierState::kProcessed;
}

bool Fits(const DossierFilter& filter, const Dossier& dossier) {
  return (!filter.state || *filter.state == dossier.state) &&
         (!filter.delivering || *filter.delivering == dossier.delivering) &&
         (!filter.receiving || *filter.receiving == dossier.receiving) &&
         (!filter.responsible || *filter.responsible == dossier.responsible) &&
         (!filter.school_year || *filter.school_year == dossier.school_year) &&
         (!filter.due_before || dossier.due_on < *filter.due_before);
}

size_t SizeOf(const DossierRow& row) {
  size_t bytes = sizeof(Dossier);
  for (const Section& section : row.sections) {
    bytes += section.document.size();
  }
  return bytes;
}

template <typename T>
void Put(std::vector<T>& list, const T& value) {
  for (T& present : list) {
    if (present.id == value.id) {
      present = value;
      return;
    }
  }
  list.push_back(value);
}

const Application* Find(const DossierRow& row, const ApplicationId& id) {
  for (const Application& application : row.applications) {
    if (application.id == id) return &application;
  }
  return nullptr;
}

void PutSections(const DossierChange& change, DossierRow& stored) {
  const auto drop = [&](Category category) {
    std::erase_if(stored.sections,
                  [&](const Section& section) { return section.category == category; });
  };
  for (const Category category : change.cleared) drop(category);
  for (const Section& section : change.sections) {
    drop(section.category);
    stored.sections.push_back(section);
  }
  std::sort(stored.sections.begin(), stored.sections.end(),
            [](const Section& a, const Section& b) { return a.category < b.category; });
}

}  // namespace

void FakeStore::GrantOnAgreement(const OrganisationId& organisation, CategorySet categories) {
  absl::MutexLock lock(&mutex_);
  agreed_[organisation] = categories;
}

CategorySet FakeStore::GrantedTo(const Asker& asker, const DossierRow& stored) const {
  const Dossier& dossier = stored.dossier;
  if (asker.organisation == dossier.delivering) return kAllCategories;
  const auto agreed = agreed_.find(asker.organisation);
  CategorySet granted = agreed == agreed_.end() ? CategorySet() : agreed->second;
  if (dossier.receiving != asker.organisation) return granted;
  if (dossier.state == DossierState::kRejected) granted.Add(Category::kProcess);
  if (!IsThere(dossier.state)) return granted;
  granted = granted.Union(kByLaw);
  for (const Consent& consent : stored.consents) {
    const bool fits = consent.recipient == asker.organisation && consent.purpose == asker.purpose &&
                      kConsentOnly.Contains(consent.category) && Carries(consent, asker.today);
    if (fits) granted.Add(consent.category);
  }
  return granted;
}

DossierRow FakeStore::Redacted(const DossierRow& stored, CategorySet granted) {
  DossierRow row = stored;
  row.granted = granted;
  if (!granted.Contains(Category::kPgn)) row.pgn.reset();
  if (!granted.Contains(Category::kView)) row.views.clear();
  if (!granted.Contains(Category::kSupport)) row.handover_texts = HandoverTexts();
  std::erase_if(row.sections,
                [&](const Section& section) { return !granted.Contains(section.category); });
  if (!granted.Contains(Category::kCareer)) {
    for (FirstYearOutcome& outcome : row.first_year) outcome.reason = outcome.destination = "";
  }
  return row;
}

absl::Status FakeStore::CheckNew(const CreateCommand& command) const {
  for (const auto& [key, row] : rows_) {
    if (key.first == command.dossier.region && row.pgn == command.pgn &&
        row.dossier.delivering == command.dossier.delivering &&
        row.dossier.school_year == command.dossier.school_year &&
        row.dossier.state != DossierState::kWithdrawn) {
      return errors::AlreadyExists("DOSSIER", "there is one already");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<DossierRow> FakeStore::CreateOne(const CreateCommand& command) {
  absl::MutexLock lock(&mutex_);
  const std::string scope = Scope(command.asker, command.dossier.region, command.request);
  if (const auto done = done_.find(scope); done != done_.end()) {
    const auto made = rows_.find({command.dossier.region, done->second.dossier});
    if (made == rows_.end()) return errors::NotFound("DOSSIER");  // erased since
    if (done->second.body_hash != command.request.body_hash) return errors::RequestIdReused();
    return Redacted(made->second, kAllCategories);
  }
  if (absl::Status status = CheckNew(command); !status.ok()) return status;
  DossierRow row;
  row.dossier = command.dossier;
  row.pgn = command.pgn;
  row.sections = command.sections;
  row.handover = command.handover;
  row.granted = kAllCategories;
  if (command.validate_only) {
    row.dossier.id = DossierId();
    return row;
  }
  row.dossier.pupil = PupilId(
      "01920000-0000-7000-8000-" +
      base::HexEncode(base::Sha256(command.dossier.region.value() + command.pgn)).substr(0, 12));
  done_[scope] = {command.request.body_hash, row.dossier.id, ""};
  rows_[{row.dossier.region, row.dossier.id}] = row;
  return row;
}

std::vector<absl::StatusOr<DossierRow>> FakeStore::Create(
    absl::Span<const CreateCommand> commands) {
  std::vector<absl::StatusOr<DossierRow>> verdicts;
  for (const CreateCommand& command : commands) verdicts.push_back(CreateOne(command));
  return verdicts;
}

std::vector<absl::StatusOr<DossierRow>> FakeStore::Get(absl::Span<const GetCommand> commands) {
  absl::MutexLock lock(&mutex_);
  std::vector<absl::StatusOr<DossierRow>> verdicts;
  for (const GetCommand& command : commands) {
    const auto found = rows_.find({command.region, command.id});
    const CategorySet granted =
        found == rows_.end() ? CategorySet() : GrantedTo(command.asker, found->second);
    if (granted.empty()) {
      verdicts.emplace_back(errors::NotFound("DOSSIER"));
      continue;
    }
    DossierRow row = Redacted(found->second, granted);
    row.applications.clear();
    row.consents.clear();
    verdicts.emplace_back(std::move(row));
  }
  return verdicts;
}

absl::StatusOr<Page<DossierRow>> FakeStore::List(const ListCommand& command) {
  absl::MutexLock lock(&mutex_);
  Page<DossierRow> page;
  size_t bytes = 0;
  for (const auto& [key, stored] : rows_) {
    if (key.first != command.region || (command.after && key.second <= *command.after)) continue;
    const CategorySet granted = GrantedTo(command.asker, stored);
    if (granted.empty() || !Fits(command.filter, stored.dossier)) continue;
    page.rows.push_back(Redacted(stored, granted));
    bytes += SizeOf(page.rows.back());
    page.more =
        static_cast<int>(page.rows.size()) == command.limits.rows || bytes >= command.limits.bytes;
    if (page.more) break;
  }
  return page;
}

void FakeStore::Apply(const DossierChange& change, const Asker& asker, DossierRow& stored) {
  const int64_t version = stored.dossier.version;
  stored.dossier = change.dossier;
  stored.dossier.version = version + 1;
  stored.dossier.updated_at = asker.now;
  PutSections(change, stored);
  if (change.view.has_value()) stored.views.push_back(*change.view);
  if (change.application.has_value()) Put(stored.applications, *change.application);
  if (change.consent.has_value()) Put(stored.consents, *change.consent);
  if (change.handover.has_value()) stored.handover = *change.handover;
  const HandoverTexts& texts = change.handover_texts;
  if (texts.agreed_support) stored.handover_texts.agreed_support = texts.agreed_support;
  if (texts.follow_up_outcome) stored.handover_texts.follow_up_outcome = texts.follow_up_outcome;
  if (texts.declined_reason) stored.handover_texts.declined_reason = texts.declined_reason;
  if (change.first_year.has_value()) {
    std::erase_if(stored.first_year, [&](const FirstYearOutcome& outcome) {
      return outcome.count_on == change.first_year->count_on;
    });
    stored.first_year.push_back(*change.first_year);
  }
}

DossierRow FakeStore::ToldAgain(const Done& done, const DossierRow& stored) {
  DossierRow told;
  if (done.version == stored.dossier.version) told = Redacted(stored, {Category::kProcess});
  told.dossier.region = stored.dossier.region;
  told.dossier.id = stored.dossier.id;
  told.applications = stored.applications;
  told.consents = stored.consents;
  told.made = done.made;
  return told;
}

absl::StatusOr<DossierRow> FakeStore::MutateOne(const MutateCommand& command) {
  absl::MutexLock lock(&mutex_);
  const MutationTarget& target = command.target;
  const auto found = rows_.find({target.region, target.dossier});
  const absl::Status absent = errors::NotFound(target.application ? "APPLICATION" : "DOSSIER");
  const std::string scope = Scope(command.asker, target.region, command.request);
  const auto done = done_.find(scope);
  if (found == rows_.end()) {
    const bool was_erased = command.erases.has_value() && done != done_.end() &&
                            done->second.body_hash == command.request.body_hash;
    if (!was_erased) return absent;
    DossierRow reply;
    reply.made = done->second.made;
    return reply;
  }
  DossierRow& stored = found->second;
  CategorySet granted = GrantedTo(command.asker, stored);
  if (target.application) {
    const Application* application = Find(stored, *target.application);
    if (application == nullptr) return absent;
    if (application->institution == command.asker.organisation) granted.Add(Category::kProcess);
  }
  const bool same = done != done_.end() && done->second.body_hash == command.request.body_hash;
  if (granted.empty() && same) return ToldAgain(done->second, stored);
  if (granted.empty()) return absent;
  if (done != done_.end() && !same) return errors::RequestIdReused();
  std::string made = done == done_.end() ? "" : done->second.made;
  if (done == done_.end()) {
    if (command.expected_version.value_or(stored.dossier.version) != stored.dossier.version)
      return errors::EtagMismatch();
    const absl::StatusOr<DossierChange> change = command.decide(Redacted(stored, granted));
    if (!change.ok()) return change.status();
    if (command.validate_only) return Redacted(stored, granted);
    made = change->made;
    done_[scope] = {command.request.body_hash, target.dossier, made, stored.dossier.version + 1};
    if (change->erasure.has_value()) {
      rows_.erase(found);
      DossierRow reply;
      reply.made = made;
      return reply;
    }
    Apply(*change, command.asker, stored);
  }
  granted = GrantedTo(command.asker, stored);
  granted.Add(Category::kProcess);
  DossierRow reply = Redacted(stored, granted);
  reply.made = made;
  return reply;
}

std::vector<absl::StatusOr<DossierRow>> FakeStore::Mutate(
    absl::Span<const MutateCommand> commands) {
  std::vector<absl::StatusOr<DossierRow>> verdicts;
  for (const MutateCommand& command : commands) verdicts.push_back(MutateOne(command));
  return verdicts;
}

std::vector<absl::StatusOr<ApplicationRow>> FakeStore::GetApplications(
    absl::Span<const GetApplicationCommand> commands) {
  absl::MutexLock lock(&mutex_);
  std::vector<absl::StatusOr<ApplicationRow>> verdicts;
  for (const GetApplicationCommand& command : commands) {
    const auto found = rows_.find({command.region, command.dossier});
    const Application* application =
        found == rows_.end() ? nullptr : Find(found->second, command.id);
    const bool own =
        application != nullptr && application->institution == command.asker.organisation;
    if (application == nullptr || (!own && GrantedTo(command.asker, found->second).empty())) {
      verdicts.emplace_back(errors::NotFound("APPLICATION"));
    } else {
      verdicts.emplace_back(
          ApplicationRow{command.region, command.dossier, *application, {Category::kProcess}});
    }
  }
  return verdicts;
}

absl::StatusOr<Page<ApplicationRow>> FakeStore::ListApplications(
    const ListApplicationsCommand& command) {
  absl::MutexLock lock(&mutex_);
  Page<ApplicationRow> page;
  std::vector<ApplicationRow>& rows = page.rows;
  for (const auto& [key, stored] : rows_) {
    if (key.first != command.region || (command.dossier && key.second != *command.dossier))
      continue;
    const bool all = !GrantedTo(command.asker, stored).empty();
    for (const Application& application : stored.applications) {
      const bool visible = all || application.institution == command.asker.organisation;
      if (!visible || (command.state && application.state != *command.state)) continue;
      if (command.after && application.id <= *command.after) continue;
      rows.push_back({key.first, key.second, application, {Category::kProcess}});
    }
  }
  std::sort(rows.begin(), rows.end(), [](const ApplicationRow& a, const ApplicationRow& b) {
    return a.application.id < b.application.id;
  });
  const auto most = static_cast<size_t>(command.limits.rows);
  page.more = rows.size() >= most;
  if (page.more) rows.resize(most);
  return page;
}

absl::StatusOr<std::vector<ConsentRow>> FakeStore::ListConsents(
    const ListConsentsCommand& command) {
  absl::MutexLock lock(&mutex_);
  const auto found = rows_.find({command.region, command.dossier});
  if (found == rows_.end()) return errors::NotFound("DOSSIER");
  const CategorySet granted = GrantedTo(command.asker, found->second);
  std::vector<ConsentRow> rows;
  for (const Consent& consent : found->second.consents) {
    if (!granted.Contains(Category::kView) && consent.recipient != command.asker.organisation)
      continue;
    rows.push_back({command.region, command.dossier, consent, {Category::kView}});
  }
  if (rows.empty() && granted.empty()) return errors::NotFound("DOSSIER");
  return rows;
}

}  // namespace vsv::dossiers::testing
