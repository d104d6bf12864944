#include "libs/audit/verify.h"

#include "libs/audit/checkpoint_chain.h"
#include "libs/audit/leaf.h"
#include "libs/audit/merkle.h"
#include "libs/audit/trail_export.h"
#include "libs/base/status_macros.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace vsv::audit {
namespace {

std::string Described(const ExportedRow::Entry& entry) {
  const std::optional<absl::Time> at = entry.recorded_at();
  return absl::StrCat("entry ", entry.Column("id"), " (",
                      at.has_value()
                          ? absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", *at, absl::UTCTimeZone())
                          : "without a time",
                      ", ", entry.Column("method"), ")");
}

// The leaves, one after another, against what was signed.
class TreeCheck {
 public:
  TreeCheck(const std::vector<Checkpoint>& database, const std::vector<Checkpoint>& kept,
            Report& report)
      : report_(report) {
    for (const Checkpoint& checkpoint : database) heads_.emplace(checkpoint.head.size, &checkpoint);
    for (const Checkpoint& checkpoint : kept) heads_.emplace(checkpoint.head.size, &checkpoint);
    CompareRoots();
  }

  void Append(const ExportedRow::Leaf& leaf) {
    if (leaf.index > next_) {
      report_.Add(Fault::kLeavesMissing, absl::StrCat("leaves ", next_, " to ", leaf.index - 1));
      whole_ = false;
    }
    next_ = leaf.index + 1;
    tree_.Append(LeafHash(absl::StrCat(leaf.entry_digest, leaf.subjects_digest)));
    CompareRoots();
  }

  // Whether this leaf stands twice: with two entries of one id.
  bool Stands(const ExportedRow::Leaf& leaf) const { return leaf.index < next_; }

  int64_t leaves() const { return tree_.size(); }

  void End(const std::vector<Checkpoint>& database) {
    const int64_t signed_until = database.empty() ? 0 : database.back().head.size;
    if (next_ > signed_until) {
      report_.Add(Fault::kCheckpointMissing,
                  absl::StrCat("leaves ", signed_until, " to ", next_ - 1, " have none"));
    }
    const int64_t known_until = heads_.empty() ? 0 : heads_.rbegin()->first;
    if (next_ < known_until) {
      report_.Add(Fault::kLeavesMissing,
                  absl::StrCat("leaves ", next_, " to ", known_until - 1, ", which were sealed"));
    }
  }

 private:
  void CompareRoots() {
    const auto [first, last] = heads_.equal_range(tree_.size());
    if (first == last || !whole_) return;
    const std::string root = tree_.Root();
    for (auto head = first; head != last; ++head) {
      if (head->second->head.root == root) continue;
      // From here on no root can be right: one finding for them all.
      whole_ = false;
      report_.Add(Fault::kTreeChanged,
                  absl::StrCat("leaves ", right_until_, " to ", tree_.size() - 1,
                               " are not those of the root that checkpoint number ",
                               head->second->number, " signs; behind them nothing is certain"));
      return;
    }
    right_until_ = tree_.size();
  }

  Report& report_;
  std::multimap<int64_t, const Checkpoint*> heads_;
  Frontier tree_;
  int64_t next_ = 0;         // leaf that must come
  int64_t right_until_ = 0;  // by its size
  bool whole_ = true;
};

// The entries against what their leaves say of them, and those without a leaf.
class EntryCheck {
 public:
  EntryCheck(const ExportHead& head, Report& report) : head_(head), report_(report) {}

  void Compare(const ExportedRow::Leaf& leaf, const std::optional<ExportedRow::Entry>& entry) {
    if (!entry.has_value()) {
      report_.Add(Fault::kEntryRemoved,
                  absl::StrCat("entry ", leaf.entry_id, ", leaf ", leaf.index));
      return;
    }
    const std::string digest = EntryDigest(entry->columns);
    if (digest != leaf.entry_digest) {
      moved_[digest] = {leaf.index, Described(*entry)};
    } else if (SubjectsDigest(entry->subjects) != leaf.subjects_digest) {
      report_.Add(Fault::kSubjectsChanged,
                  absl::StrCat("of ", Described(*entry), ", leaf ", leaf.index));
    }
  }

  void WithoutLeaf(const ExportedRow::Entry& entry) {
    const std::optional<int64_t> transaction = entry.transaction();
    if (!transaction.has_value() || head_.sealed.HadEnded(*transaction)) {
      report_.Add(Fault::kEntryInserted,
                  absl::StrCat(Described(entry), " among entries that were sealed before"));
      return;
    }
    ++report_.unsealed;
    const absl::Duration age =
        head_.exported_at - entry.recorded_at().value_or(absl::InfinitePast());
    report_.oldest_unsealed = std::max(report_.oldest_unsealed.value_or(age), age);
  }

  bool looks_for_moved() const { return !moved_.empty(); }

  // Second reading: whether an entry that is not that of its leaf is that of another.
  void LookForMoved(const ExportedRow::Leaf& leaf) {
    const auto moved = moved_.find(leaf.entry_digest);
    if (moved == moved_.end()) return;
    report_.Add(Fault::kOrderChanged,
                absl::StrCat(moved->second.second, " stands at leaf ", moved->second.first,
                             " and was sealed as leaf ", leaf.index));
    moved_.erase(moved);
  }

  void ReportChanged() {
    for (const auto& [digest, place] : moved_) {
      report_.Add(Fault::kEntryChanged, absl::StrCat(place.second, ", leaf ", place.first));
    }
  }

 private:
  const ExportHead& head_;
  Report& report_;
  std::map<std::string, std::pair<int64_t, std::string>> moved_;  // by digest: leaf, what it is
};

absl::Status ReadLeaves(const std::string& path, TreeCheck& tree, EntryCheck& entries,
                        Report& report) {
  VSV_ASSIGN_OR_RETURN(LeavesReader reader, LeavesReader::Open(path));
  while (true) {
    VSV_ASSIGN_OR_RETURN(const std::optional<ExportedRow> row, reader.Next());
    if (!row.has_value()) return absl::OkStatus();
    if (!row->leaf.has_value()) {
      entries.WithoutLeaf(*row->entry);
    } else if (tree.Stands(*row->leaf)) {
      report.Add(Fault::kEntryInserted, absl::StrCat("a second one at leaf ", row->leaf->index));
    } else {
      tree.Append(*row->leaf);
      entries.Compare(*row->leaf, row->entry);
    }
  }
}

absl::Status FindMoved(const std::string& path, EntryCheck& entries) {
  VSV_ASSIGN_OR_RETURN(LeavesReader reader, LeavesReader::Open(path));
  while (entries.looks_for_moved()) {
    VSV_ASSIGN_OR_RETURN(const std::optional<ExportedRow> row, reader.Next());
    if (!row.has_value()) break;
    if (row->leaf.has_value()) entries.LookForMoved(*row->leaf);
  }
  entries.ReportChanged();
  return absl::OkStatus();
}

// What is known outside stands in the database too, and the other way round but for the last
// moments.
void CompareChains(const std::vector<Checkpoint>& database, const std::vector<Checkpoint>& kept,
                   absl::Time oldest_allowed, Report& report) {
  const auto key = [](const Checkpoint& c) { return std::pair(c.head.trail, c.head.size); };
  std::set<std::pair<std::string, int64_t>> known;
  for (const Checkpoint& checkpoint : database) known.insert(key(checkpoint));
  for (const Checkpoint& checkpoint : kept) {
    if (known.contains(key(checkpoint))) continue;
    report.Add(Fault::kCheckpointMissing,
               absl::StrCat("number ", checkpoint.number, " of ", checkpoint.head.size,
                            " entries is known outside and not in the database"));
  }
  const int64_t kept_until = kept.empty() ? 0 : kept.back().number;
  const auto first_not_kept =
      std::find_if(database.begin(), database.end(),
                   [&](const Checkpoint& checkpoint) { return checkpoint.number > kept_until; });
  if (first_not_kept != database.end() && first_not_kept->time < oldest_allowed) {
    report.Add(Fault::kOutsideBehind, absl::StrCat("from number ", first_not_kept->number,
                                                   " on checkpoints are in the database alone"));
  }
}

}  // namespace

absl::StatusOr<Report> VerifyTrail(const VerifyOptions& options) {
  Report report;
  VSV_ASSIGN_OR_RETURN(const std::string about, ReadWholeFile(options.directory + "/trail"));
  VSV_ASSIGN_OR_RETURN(const ExportHead head, ParseExportHead(about));
  VSV_ASSIGN_OR_RETURN(const std::string notes, ReadWholeFile(options.directory + "/checkpoints"));
  const Chain database = CheckDatabaseChain(notes, head.service, options.public_keys, report);
  report.checkpoints = static_cast<int64_t>(database.standing.size());
  report.restores = database.restores;
  const absl::Time oldest_allowed = head.exported_at - options.max_unsealed_age;
  Chain kept;
  if (options.kept.has_value()) {
    VSV_ASSIGN_OR_RETURN(const std::string kept_notes, ReadWholeFile(*options.kept));
    kept = CheckKeptChain(kept_notes, head.service, options.public_keys, report);
    report.kept = static_cast<int64_t>(kept.standing.size());
    report.restores = kept.restores;
    CompareChains(database.standing, kept.standing, oldest_allowed, report);
  }
  TreeCheck tree(database.standing, kept.standing, report);
  EntryCheck entries(head, report);
  const std::string leaves = options.directory + "/leaves";
  VSV_RETURN_IF_ERROR(ReadLeaves(leaves, tree, entries, report));
  VSV_RETURN_IF_ERROR(FindMoved(leaves, entries));
  tree.End(database.standing);
  report.leaves = tree.leaves();
  if (report.oldest_unsealed.value_or(absl::ZeroDuration()) > options.max_unsealed_age) {
    report.Add(
        Fault::kTailTooOld,
        absl::StrCat(report.unsealed, " entries, the oldest for ",
                     absl::FormatDuration(absl::Trunc(*report.oldest_unsealed, absl::Seconds(1)))));
  }
  return report;
}

}  // namespace vsv::audit
