// The audit trail: who saw or changed what of whom, for which purpose, on whose responsibility (NEN
// 7513, Logboek Dataverwerkingen). An entry is written in the transaction of the act; if it cannot
// be written, nothing is disclosed.
#pragma once

#include "libs/pg/transaction.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::audit {

// How the act ended.
enum class Outcome : uint8_t {
  kGranted,   // data were disclosed or changed
  kRefused,   // visible to the caller, but not its to do
  kNotFound,  // absent or not visible: the log keeps what the answer did not tell apart
};

// One act. Names of enums are those of the contract without prefix ("TRANSITION").
struct Entry {
  std::string region;                  // of the data; "00" when of no region
  absl::Time recorded_at;              // the call's start, by the service's clock
  std::string method;                  // full method name
  std::string resource_kind;           // "DOSSIER"
  std::string organisation_id;         // on whose responsibility
  std::string acting_organisation_id;  // whose client: the supplier's under a mandate
  std::string user_id;                 // person, "" when a system acts
  std::string purpose;                 // policy.v1.Purpose
  std::string
      processing_activity;  // entry of the register of processing, e.g. "doorstroomdossier-vo-mbo"
  std::vector<std::string> categories;  // policy.v1.DataCategory, disclosed or changed
  Outcome outcome = Outcome::kGranted;
  std::string trace_id;  // 32 hex digits
  std::vector<std::string>
      subject_ids;  // whom it is about, by the id of the record (a dossier's id); may be empty
  // They were read without a lock: one that has no key was erased meanwhile, and gets no new one.
  bool subjects_may_be_gone = false;
};

// Appends the entries of a batch. Subjects are stored as hashes under a key of their own, made at
// first use.
//
// For kNotFound a subject that has no key gets none: an id that was only guessed leaves an entry
// that is about nobody. The statements are the same whether the subject exists or not, so that the
// time taken tells the caller nothing. Write such an entry in a transaction that commits, though
// the call is refused.
absl::Status Append(pg::Transaction& tx, absl::Span<const Entry> entries);

// An entry as it is read: all but the subjects, whom the reader named.
struct StoredEntry {
  std::string id;  // UUID, ascending with time
  Entry entry;
};

// At most `limit` entries about a subject, newest first, older than `before` (an entry's id) when
// given. Whether the caller may read them is judged before, by the service.
absl::StatusOr<std::vector<StoredEntry>> ListEntries(pg::Transaction& tx, absl::string_view region,
                                                     absl::string_view subject_id,
                                                     const std::optional<std::string>& before,
                                                     int64_t limit);

// Destroys the subject's key: the log stays complete, and nobody can tell any more which entries
// are about them. For the worker role, in the transaction of the erasure.
absl::Status EraseSubject(pg::Transaction& tx, absl::string_view region,
                          absl::string_view subject_id);

}  // namespace vsv::audit
