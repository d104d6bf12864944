#include "libs/audit/findings.h"

#include "absl/strings/str_cat.h"

#include <array>

namespace vsv::audit {
namespace {

constexpr size_t kMostFindings = 1000;

// In the order of Fault.
constexpr std::array<const char*, 12> kNames = {
    "ENTRY_CHANGED",  "SUBJECTS_CHANGED",  "ENTRY_REMOVED",
    "ENTRY_INSERTED", "ORDER_CHANGED",     "LEAVES_MISSING",
    "TREE_CHANGED",   "CHECKPOINT_FORGED", "CHECKPOINT_MISSING",
    "FORK",           "TAIL_TOO_OLD",      "OUTSIDE_BEHIND"};

}  // namespace

std::string NameOf(Fault fault) {
  return kNames[static_cast<size_t>(fault)];
}

void Report::Add(Fault fault, std::string text) {
  if (findings.size() < kMostFindings) {
    findings.push_back({fault, std::move(text)});
  } else {
    ++more_findings;
  }
}

std::string Report::Text() const {
  std::string text = absl::StrCat(leaves, " entries sealed, ", checkpoints, " checkpoints, ", kept,
                                  " known outside\n", unsealed, " entries not sealed yet");
  if (oldest_unsealed.has_value()) {
    absl::StrAppend(&text, ", the oldest for ",
                    absl::FormatDuration(absl::Trunc(*oldest_unsealed, absl::Seconds(1))));
  }
  absl::StrAppend(&text, "\n");
  for (const Restore& restore : restores) {
    absl::StrAppend(
        &text, "restored at ", absl::FormatTime(absl::RFC3339_sec, restore.at, absl::UTCTimeZone()),
        ": went on from ", restore.size, " entries, ", restore.lost, " sealed ones were lost\n");
  }
  for (const Finding& finding : findings) {
    absl::StrAppend(&text, NameOf(finding.fault), ": ", finding.text, "\n");
  }
  if (more_findings > 0) absl::StrAppend(&text, "and ", more_findings, " more\n");
  absl::StrAppend(&text, verifies() ? "VERIFIED" : "NOT VERIFIED", "\n");
  return text;
}

}  // namespace vsv::audit
