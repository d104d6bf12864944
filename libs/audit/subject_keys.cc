#include "libs/audit/subject_keys.h"

#include "libs/audit/statements.h"
#include "libs/base/hash.h"
#include "libs/base/random.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"

#include <vector>

namespace vsv::audit {
namespace {

constexpr size_t kKeyBytes = 32;

struct Columns {
  std::vector<std::string> regions;
  std::vector<std::string> ids;
};

Columns ColumnsOf(const std::set<Subject>& subjects) {
  Columns columns;
  for (const auto& [region, id] : subjects) {
    columns.regions.push_back(region);
    columns.ids.push_back(id);
  }
  return columns;
}

absl::StatusOr<std::map<Subject, std::string>> Read(pg::Transaction& tx,
                                                    const std::set<Subject>& subjects) {
  const Columns columns = ColumnsOf(subjects);
  VSV_ASSIGN_OR_RETURN(const pg::Result rows,
                       tx.Execute(sql::kGetSubjectKeys,
                                  pg::Params().TextArray(columns.regions).TextArray(columns.ids)));
  std::map<Subject, std::string> keys;
  for (const pg::Row row : rows) {
    const auto place = static_cast<size_t>(row.Int("place") - 1);
    keys.emplace(Subject{columns.regions[place], columns.ids[place]}, row.Bytes("key"));
  }
  return keys;
}

}  // namespace

std::string SubjectHash(absl::string_view key, absl::string_view subject_id) {
  return base::HmacSha256(key, subject_id);
}

absl::StatusOr<std::map<Subject, std::string>> GetSubjectKeys(pg::Transaction& tx,
                                                              const std::set<Subject>& known,
                                                              const std::set<Subject>& claimed) {
  std::set<Subject> all = known;
  all.insert(claimed.begin(), claimed.end());
  VSV_ASSIGN_OR_RETURN(auto keys, Read(tx, all));
  std::set<Subject> missing;
  for (const Subject& subject : known) {
    if (!keys.contains(subject)) missing.insert(subject);
  }
  if (missing.empty()) return keys;
  const Columns columns = ColumnsOf(missing);
  std::vector<std::string> made;
  for (size_t i = 0; i < missing.size(); ++i) made.push_back(base::RandomBytes(kKeyBytes));
  VSV_RETURN_IF_ERROR(
      tx.Execute(sql::kCreateSubjectKeys,
                 pg::Params().TextArray(columns.regions).TextArray(columns.ids).BytesArray(made)));
  // Another transaction may have been first: its keys count.
  VSV_ASSIGN_OR_RETURN(const auto now_there, Read(tx, missing));
  if (now_there.size() != missing.size())
    return errors::Internal("the key of a subject of the audit trail is missing");
  keys.insert(now_there.begin(), now_there.end());
  return keys;
}

}  // namespace vsv::audit
