// Keys that make a subject of the audit trail unreadable once they are erased.
#pragma once

#include "libs/pg/transaction.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace vsv::audit {

using Subject = std::pair<std::string, std::string>;  // region, id

// What stands in the log for a subject.
std::string SubjectHash(absl::string_view key, absl::string_view subject_id);

// Keys of `known`, made where they are missing, and of those in `claimed` that have one. The same
// statements are run whether a claimed subject exists or not.
absl::StatusOr<std::map<Subject, std::string>> GetSubjectKeys(pg::Transaction& tx,
                                                              const std::set<Subject>& known,
                                                              const std::set<Subject>& claimed);

}  // namespace vsv::audit
