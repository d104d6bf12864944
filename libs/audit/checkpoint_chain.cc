#include "libs/audit/checkpoint_chain.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace vsv::audit {
namespace {

std::string Named(const Checkpoint& checkpoint) {
  return absl::StrCat("number ", checkpoint.number, " of ", checkpoint.head.size,
                      " entries of trail ", checkpoint.head.trail);
}

std::vector<Checkpoint> ReadGenuine(absl::string_view notes, const std::string& service,
                                    absl::Span<const std::string> public_keys,
                                    absl::string_view where, Report& report) {
  std::vector<Checkpoint> checkpoints;
  for (const absl::string_view note : SplitNotes(notes)) {
    absl::StatusOr<Checkpoint> checkpoint = ParseCheckpoint(note);
    const auto place = absl::StrCat("checkpoint ", checkpoints.size() + 1, " ", where);
    if (!checkpoint.ok()) {
      report.Add(Fault::kCheckpointForged,
                 absl::StrCat(place, ": ", std::string(checkpoint.status().message())));
    } else if (checkpoint->service != service || !IsSignedBy(note, public_keys)) {
      report.Add(Fault::kCheckpointForged, absl::StrCat(place, " (", Named(*checkpoint),
                                                        ") is not signed by the key of ", service));
    } else {
      checkpoints.push_back(*std::move(checkpoint));
    }
  }
  return checkpoints;
}

bool Grows(const Checkpoint& before, const Checkpoint& after) {
  return after.head.size > before.head.size && after.number > before.number;
}

void AddFork(const Checkpoint& before, const Checkpoint& after, absl::string_view where,
             Report& report) {
  report.Add(Fault::kFork,
             absl::StrCat(Named(after), " does not follow ", Named(before), " ", where));
}

// Whether a restore says that it follows what stands before it, or what came after that.
bool SaysSo(const Checkpoint& before, const Checkpoint& after) {
  if (!after.restored_after.has_value()) return false;
  const TreeHead& last = *after.restored_after;
  return last.trail == before.head.trail && (last == before.head || last.size > before.head.size);
}

std::vector<Restore> RestoresIn(const std::vector<Checkpoint>& chain) {
  std::vector<Restore> restores;
  for (const Checkpoint& checkpoint : chain) {
    if (!checkpoint.restored_after.has_value()) continue;
    const int64_t size = checkpoint.head.size;
    restores.push_back(
        {checkpoint.time, size, std::max<int64_t>(0, checkpoint.restored_after->size - size)});
  }
  return restores;
}

}  // namespace

Chain CheckDatabaseChain(absl::string_view notes, const std::string& service,
                         absl::Span<const std::string> public_keys, Report& report) {
  constexpr absl::string_view kWhere = "in the database";
  std::vector<Checkpoint> chain = ReadGenuine(notes, service, public_keys, kWhere, report);
  const std::vector<absl::string_view> all = SplitNotes(notes);
  if (!notes.empty() && (all.empty() || all.back().end() + 1 != notes.end())) {
    report.Add(Fault::kCheckpointForged,
               absl::StrCat("what stands behind checkpoint ", all.size(), " ", kWhere, " is none"));
  }
  int64_t expected = 1;
  for (size_t i = 0; i < chain.size(); ++i) {
    if (chain[i].number > expected) {
      report.Add(Fault::kCheckpointMissing,
                 absl::StrCat("numbers ", expected, " to ", chain[i].number - 1, " ", kWhere));
    }
    expected = chain[i].number + 1;
    if (i == 0) continue;
    // A restored database goes on from what it holds.
    const bool follows =
        chain[i].head.trail == chain[i - 1].head.trail
            ? Grows(chain[i - 1], chain[i])
            : chain[i].restored_after.has_value() && chain[i].head.size >= chain[i - 1].head.size;
    if (!follows) AddFork(chain[i - 1], chain[i], kWhere, report);
  }
  std::vector<Restore> restores = RestoresIn(chain);
  return {std::move(chain), std::move(restores)};
}

Chain CheckKeptChain(absl::string_view notes, const std::string& service,
                     absl::Span<const std::string> public_keys, Report& report) {
  constexpr absl::string_view kWhere = "outside";
  const std::vector<Checkpoint> chain = ReadGenuine(notes, service, public_keys, kWhere, report);
  for (size_t i = 1; i < chain.size(); ++i) {
    const bool follows = chain[i].head.trail == chain[i - 1].head.trail
                             ? Grows(chain[i - 1], chain[i])
                             : SaysSo(chain[i - 1], chain[i]);
    if (!follows) AddFork(chain[i - 1], chain[i], kWhere, report);
  }
  std::vector<Checkpoint> standing;
  // A restored database counts on from what it holds: whatever had that number or a higher one
  // before is lost.
  int64_t lost_from = std::numeric_limits<int64_t>::max();
  for (auto checkpoint = chain.rbegin(); checkpoint != chain.rend(); ++checkpoint) {
    if (checkpoint->number < lost_from) standing.push_back(*checkpoint);
    if (checkpoint->restored_after.has_value()) lost_from = std::min(lost_from, checkpoint->number);
  }
  std::reverse(standing.begin(), standing.end());
  return {std::move(standing), RestoresIn(chain)};
}

}  // namespace vsv::audit
