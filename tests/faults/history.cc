#include "tests/faults/history.h"

#include "absl/strings/str_cat.h"

#include <map>
#include <utility>

namespace vsv::faults {
namespace {

using Violations = std::vector<std::string>;

// The last acknowledged write of each resource.
std::map<std::string, Acknowledged> LastWrites(const History& history, Violations& violations) {
  std::map<std::string, Acknowledged> last;
  for (const Acknowledged& write : history.acknowledged) {
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

void CheckStored(const std::map<std::string, Acknowledged>& last, const std::vector<Stored>& stored,
                 Violations& violations) {
  std::map<std::string, Stored> there;
  for (const Stored& row : stored) {
    if (!there.emplace(row.resource, row).second)
      violations.push_back(absl::StrCat(row.resource, ": stored twice"));
    if (!last.contains(row.resource))
      violations.push_back(absl::StrCat(row.resource, ": stored, but of nobody's asking"));
  }
  for (const auto& [resource, write] : last) {
    const auto found = there.find(resource);
    if (found == there.end()) {
      violations.push_back(absl::StrCat(resource, ": lost altogether"));
    } else if (found->second.version < write.version) {
      violations.push_back(absl::StrCat(resource, ": writes lost, version ", found->second.version,
                                        " after ", write.version, " writes"));
    } else if (found->second.version > write.version) {
      violations.push_back(absl::StrCat(resource, ": writes doubled, version ",
                                        found->second.version, " after ", write.version,
                                        " writes"));
    } else if (found->second.value != write.value) {
      violations.push_back(absl::StrCat(resource, ": holds '", found->second.value, "' where '",
                                        write.value, "' was acknowledged"));
    }
  }
}

void CheckPublished(const std::map<std::string, Acknowledged>& last,
                    const std::vector<Published>& published, Violations& violations) {
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
  for (const auto& [resource, write] : last) {
    if (versions[resource] != write.version) {
      violations.push_back(absl::StrCat(resource, ": published up to version ", versions[resource],
                                        " of ", write.version));
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
  CheckStored(last, history.stored, violations);
  CheckPublished(last, history.published, violations);
  for (const std::string& write : history.unanswered) {
    violations.push_back(absl::StrCat("in doubt: ", write));
  }
  CheckHeld(history, violations);
  if (history.unpublished != 0) {
    violations.push_back(absl::StrCat(history.unpublished, " changes never got a position"));
  }
  return violations;
}

}  // namespace vsv::faults
