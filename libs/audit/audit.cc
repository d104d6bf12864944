#include "libs/audit/audit.h"

#include "libs/audit/statements.h"
#include "libs/audit/subject_keys.h"
#include "libs/base/clock.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"
#include "libs/errors/errors.h"

#include "absl/strings/str_join.h"

#include <array>
#include <map>
#include <set>
#include <utility>

namespace vsv::audit {
namespace {

// In the order of Outcome.
constexpr std::array<const char*, 3> kOutcomeNames = {"GRANTED", "REFUSED", "NOT_FOUND"};

const char* NameOf(Outcome outcome) {
  return kOutcomeNames[static_cast<size_t>(outcome)];
}

absl::StatusOr<Outcome> OutcomeOf(absl::string_view name) {
  for (size_t i = 0; i < kOutcomeNames.size(); ++i) {
    if (name == kOutcomeNames[i]) return static_cast<Outcome>(i);
  }
  return errors::Internal("an outcome in the audit trail that has no name here");
}

absl::StatusOr<std::map<Subject, std::string>> KeysFor(pg::Transaction& tx,
                                                       absl::Span<const Entry> entries) {
  std::set<Subject> known;
  std::set<Subject> claimed;
  for (const Entry& entry : entries) {
    const bool certain = entry.outcome != Outcome::kNotFound && !entry.subjects_may_be_gone;
    std::set<Subject>& subjects = certain ? known : claimed;
    for (const std::string& id : entry.subject_ids) subjects.emplace(entry.region, id);
  }
  return GetSubjectKeys(tx, known, claimed);
}

// $1..$13 of append_entries; `ids` are those of the entries.
void AddEntryColumns(absl::Span<const Entry> entries, const std::vector<std::string>& ids,
                     pg::Params& params) {
  std::vector<std::optional<absl::Time>> times;
  for (const Entry& entry : entries) times.emplace_back(entry.recorded_at);
  const auto column = [&entries](auto text_of) {
    std::vector<std::string> values;
    for (const Entry& entry : entries) values.push_back(text_of(entry));
    return values;
  };
  params.TextArray(column([](const Entry& e) { return e.region; }))
      .TextArray(ids)
      .TimeArray(times)
      .TextArray(column([](const Entry& e) { return e.method; }))
      .TextArray(column([](const Entry& e) { return e.resource_kind; }))
      .TextArray(column([](const Entry& e) { return e.organisation_id; }))
      .TextArray(column([](const Entry& e) { return e.acting_organisation_id; }))
      .TextArray(column([](const Entry& e) { return e.user_id; }))
      .TextArray(column([](const Entry& e) { return e.purpose; }))
      .TextArray(column([](const Entry& e) { return e.processing_activity; }))
      .TextArray(column([](const Entry& e) { return absl::StrJoin(e.categories, ","); }))
      .TextArray(column([](const Entry& e) { return std::string(NameOf(e.outcome)); }))
      .TextArray(column([](const Entry& e) { return e.trace_id; }));
}

// $14..$16 of append_entries: a row per entry and subject that has a key.
void AddSubjectColumns(absl::Span<const Entry> entries, const std::vector<std::string>& ids,
                       const std::map<Subject, std::string>& keys, pg::Params& params) {
  std::vector<std::string> regions;
  std::vector<std::string> entry_ids;
  std::vector<std::string> hashes;
  for (size_t i = 0; i < entries.size(); ++i) {
    const std::set<std::string> subjects(entries[i].subject_ids.begin(),
                                         entries[i].subject_ids.end());
    for (const std::string& subject : subjects) {
      const auto key = keys.find({entries[i].region, subject});
      if (key == keys.end()) continue;
      regions.push_back(entries[i].region);
      entry_ids.push_back(ids[i]);
      hashes.push_back(SubjectHash(key->second, subject));
    }
  }
  params.TextArray(regions).TextArray(entry_ids).BytesArray(hashes);
}

absl::StatusOr<StoredEntry> FromRow(const pg::Row& row, absl::string_view region) {
  StoredEntry stored;
  stored.id = row.Text("id");
  Entry& entry = stored.entry;
  entry.region = std::string(region);
  entry.recorded_at = row.Time("recorded_at");
  entry.method = row.Text("method");
  entry.resource_kind = row.Text("resource_kind");
  entry.organisation_id = row.Text("organisation_id");
  entry.acting_organisation_id = row.Text("acting_organisation_id");
  entry.user_id = row.OptionalText("user_id").value_or("");
  entry.purpose = row.Text("purpose");
  entry.processing_activity = row.Text("processing_activity");
  entry.categories = row.TextArray("categories");
  VSV_ASSIGN_OR_RETURN(entry.outcome, OutcomeOf(row.Text("outcome")));
  entry.trace_id = row.Text("trace_id");
  return stored;
}

}  // namespace

absl::Status Append(pg::Transaction& tx, absl::Span<const Entry> entries) {
  if (entries.empty()) return absl::OkStatus();
  VSV_ASSIGN_OR_RETURN(const auto keys, KeysFor(tx, entries));
  const base::SystemClock clock;
  std::vector<std::string> ids;
  for (size_t i = 0; i < entries.size(); ++i) ids.push_back(base::NewUuidV7(clock));
  pg::Params params;
  AddEntryColumns(entries, ids, params);
  AddSubjectColumns(entries, ids, keys, params);
  return tx.Execute(sql::kAppendEntries, params).status();
}

absl::StatusOr<std::vector<StoredEntry>> ListEntries(pg::Transaction& tx, absl::string_view region,
                                                     absl::string_view subject_id,
                                                     const std::optional<std::string>& before,
                                                     int64_t limit) {
  const Subject subject{std::string(region), std::string(subject_id)};
  VSV_ASSIGN_OR_RETURN(const auto keys, GetSubjectKeys(tx, {}, {subject}));
  std::vector<StoredEntry> entries;
  const auto key = keys.find(subject);
  if (key == keys.end()) return entries;
  const std::string hash = SubjectHash(key->second, subject_id);
  VSV_RETURN_IF_ERROR(tx.Execute(sql::kNameSubject, pg::Params().Bytes(hash)));
  VSV_ASSIGN_OR_RETURN(
      const pg::Result rows,
      tx.Execute(sql::kListEntries, pg::Params().Text(region).Bytes(hash).Text(before).Int(limit)));
  for (const pg::Row row : rows) {
    VSV_ASSIGN_OR_RETURN(StoredEntry entry, FromRow(row, region));
    entries.push_back(std::move(entry));
  }
  return entries;
}

absl::Status EraseSubject(pg::Transaction& tx, absl::string_view region,
                          absl::string_view subject_id) {
  return tx.Execute(sql::kEraseSubjectKey, pg::Params().Text(region).Text(subject_id)).status();
}

}  // namespace vsv::audit
