#include "services/dossiers/storage/access_log.h"

#include "libs/audit/audit.h"
#include "services/dossiers/domain/names.h"

#include <string>
#include <utility>

namespace vsv::dossiers {
namespace {

// Entry of the register of processing activities (verwerkingsregister).
constexpr char kProcessingActivity[] = "doorstroomdossier-vo-mbo";

audit::Outcome ToAudit(Outcome outcome) {
  switch (outcome) {
    case Outcome::kGranted:
      return audit::Outcome::kGranted;
    case Outcome::kRefused:
      return audit::Outcome::kRefused;
    case Outcome::kNotFound:
      return audit::Outcome::kNotFound;
  }
  return audit::Outcome::kNotFound;
}

audit::Entry ToEntry(const Access& access) {
  const Asker& asker = *access.asker;
  audit::Entry entry;
  entry.region = access.region.value();
  entry.recorded_at = asker.now;
  entry.method = asker.method;
  entry.resource_kind = access.resource_kind;
  entry.organisation_id = asker.organisation.value();
  entry.acting_organisation_id = asker.acting_organisation.value();
  entry.purpose = std::string(Name(asker.purpose));
  entry.processing_activity = kProcessingActivity;
  for (const Category category : access.categories.Members()) {
    entry.categories.emplace_back(Name(category));
  }
  entry.outcome = ToAudit(access.outcome);
  entry.trace_id = asker.trace_id;
  entry.subjects_may_be_gone = access.may_be_gone;
  for (const DossierId& subject : access.subjects) entry.subject_ids.push_back(subject.value());
  return entry;
}

}  // namespace

absl::Status Log(pg::Transaction& tx, const std::vector<Access>& accesses) {
  std::vector<audit::Entry> entries;
  entries.reserve(accesses.size());
  for (const Access& access : accesses) entries.push_back(ToEntry(access));
  return audit::Append(tx, entries);
}

}  // namespace vsv::dossiers
