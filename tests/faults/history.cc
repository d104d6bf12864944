#include "tests/faults/history.h"

#include "tests/faults/history_checks.h"

#include "absl/strings/str_cat.h"

#include <map>
#include <set>
#include <utility>

namespace vsv::faults {
namespace {

// The last acknowledged write of each resource.
std::map<std::string, Acknowledged> LastWrites(const History& history, Violations& violations) {
  std::map<std::string, Acknowledged> last;
  std::vector<Acknowledged> writes = history.acknowledged;
  AddImported(history, writes, violations);
  for (const Acknowledged& write : writes) {
    Acknowledged& newest = last[write.resource];
    if (write.version != newest.version + 1) {
      violations.push_back(absl::StrCat(write.resource, ": write ", write.version,
                                        " was acknowledged after ", newest.version,
                                        "; the clients are at fault"));
    }
    newest = write;
  }
  return last;
}

// `there`: what is stored of the resource; nullptr = nothing.
void CheckLast(const Acknowledged& write, const Stored* there, Violations& violations) {
  if (there == nullptr) {
    violations.push_back(absl::StrCat(write.resource, ": lost altogether"));
  } else if (there->version < write.version) {
    violations.push_back(absl::StrCat(write.resource, ": writes lost, version ", there->version,
                                      " after ", write.version, " writes"));
  } else if (there->version > write.version) {
    violations.push_back(absl::StrCat(write.resource, ": writes doubled, version ", there->version,
                                      " after ", write.version, " writes"));
  } else if (there->value != write.value) {
    violations.push_back(absl::StrCat(write.resource, ": holds '", there->value, "' where '",
                                      write.value, "' was acknowledged"));
  }
}

void CheckStored(const std::map<std::string, Acknowledged>& last, const History& history,
                 Violations& violations) {
  std::set<std::string> erased;
  for (const Erased& end : history.erased) erased.insert(end.resource);
  std::map<std::string, Stored> there;
  for (const Stored& row : history.stored) {
    if (!there.emplace(row.resource, row).second)
      violations.push_back(absl::StrCat(row.resource, ": stored twice"));
    if (!last.contains(row.resource))
      violations.push_back(absl::StrCat(row.resource, ": stored, but of nobody's asking"));
    if (erased.contains(row.resource))
      violations.push_back(absl::StrCat(row.resource, ": erased, and stored again"));
  }
  for (const auto& [resource, write] : last) {
    if (erased.contains(resource)) continue;
    const auto found = there.find(resource);
    CheckLast(write, found == there.end() ? nullptr : &found->second, violations);
  }
}

// Positions without gaps, and versions of each resource in order; gives the last of each.
std::map<std::string, int64_t> CheckFeed(const std::vector<Published>& published,
                                         Violations& violations) {
  std::map<std::string, int64_t> positions;
  std::map<std::string, int64_t> versions;
  for (const Published& row : published) {
    int64_t& position = positions[row.region];
    if (row.position != position + 1) {
      violations.push_back(
          absl::StrCat("region ", row.region, ": position ", row.position, " follows ", position));
    }
    position = row.position;
    if (row.resource.empty()) continue;
    int64_t& version = versions[row.resource];
    if (row.version != version + 1) {
      violations.push_back(
          absl::StrCat(row.resource, ": version ", row.version, " is published after ", version));
    }
    version = row.version;
  }
  return versions;
}

void CheckPublished(const std::map<std::string, Acknowledged>& last, const History& history,
                    Violations& violations) {
  std::map<std::string, int64_t> versions = CheckFeed(history.published, violations);
  // An erasure is the last version; the write that it raced with may be the one before.
  std::map<std::string, int64_t> most_after;
  for (const Erased& end : history.erased) most_after[end.resource] = end.raced ? 2 : 1;
  for (const auto& [resource, write] : last) {
    const auto end = most_after.find(resource);
    const int64_t after = versions[resource] - write.version;
    if (end == most_after.end() && after != 0) {
      violations.push_back(absl::StrCat(resource, ": published up to version ", versions[resource],
                                        " of ", write.version));
    } else if (end != most_after.end() && (after < 1 || after > end->second)) {
      violations.push_back(absl::StrCat(resource, ": erased after version ", write.version,
                                        ", and published up to ", versions[resource]));
    }
  }
}

void CheckHeld(const History& history, Violations& violations) {
  std::map<std::pair<std::string, std::string>, std::string> shown;
  for (const Copy& copy : history.shown) shown[{copy.subscriber, copy.resource}] = copy.content;
  for (const Copy& copy : history.held) {
    const auto found = shown.find({copy.subscriber, copy.resource});
    if (found == shown.end()) {
      violations.push_back(
          absl::StrCat(copy.subscriber, " holds ", copy.resource, ", which it is not shown"));
      continue;
    }
    if (found->second != copy.content) {
      violations.push_back(
          absl::StrCat(copy.subscriber, " holds another ", copy.resource, " than it is shown"));
    }
    shown.erase(found);
  }
  for (const auto& [key, content] : shown) {
    violations.push_back(absl::StrCat(key.first, " misses ", key.second));
  }
}

}  // namespace

std::vector<std::string> BrokenPromises(const History& history) {
  Violations violations;
  const std::map<std::string, Acknowledged> last = LastWrites(history, violations);
  CheckStored(last, history, violations);
  CheckPublished(last, history, violations);
  for (const std::string& write : history.unanswered) {
    violations.push_back(absl::StrCat("in doubt: ", write));
  }
  CheckHeld(history, violations);
  CheckErased(history, violations);
  CheckAudit(history, violations);
  if (history.unpublished != 0) {
    violations.push_back(absl::StrCat(history.unpublished, " changes never got a position"));
  }
  return violations;
}

}  // namespace vsv::faults
