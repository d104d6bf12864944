#include "tests/faults/history_checks.h"

#include "libs/base/uuid.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace vsv::faults {
namespace {

// Where the id of what was erased stays: who must be told, what was told, and requests (72 h).
bool KeepsIds(const std::string& table) {
  static const std::set<std::string> tables = {"holdings", "recalls", "feed", "feed_outbox",
                                               "request_records"};
  return tables.contains(table);
}

using Key = std::pair<std::string, std::string>;  // trace and method

}  // namespace

void AddImported(const History& history, std::vector<Acknowledged>& writes,
                 Violations& violations) {
  std::map<std::string, std::string> answers;
  std::map<std::string, std::string> makers;
  for (const Told& told : history.told) {
    const auto [first, is_new] = answers.emplace(told.request, told.answer);
    if (!is_new) {
      if (first->second != told.answer) {
        violations.push_back(absl::StrCat(told.request, ": told '", first->second, "' and then '",
                                          told.answer, "'"));
      }
      continue;
    }
    absl::string_view made = told.answer;
    if (!absl::ConsumePrefix(&made, "dossier ")) continue;
    const auto [maker, is_first] = makers.emplace(std::string(made), told.request);
    if (is_first) {
      writes.push_back({std::string(made), 1, told.request});
    } else {
      violations.push_back(
          absl::StrCat(told.request, ": told the dossier of ", maker->second, " was its own"));
    }
  }
}

void CheckErased(const History& history, Violations& violations) {
  std::map<std::string, int64_t> erased;
  for (const Erased& resource : history.erased) erased[resource.resource] = resource.moment;
  for (const Sighting& sighting : history.sightings) {
    const auto found = erased.find(sighting.resource);
    if (found != erased.end() && sighting.moment > found->second) {
      violations.push_back(
          absl::StrCat(sighting.reader, " was shown ", sighting.resource, " after its erasure"));
    }
  }
  for (const Remnant& remnant : history.remnants) {
    if (base::IsUuid(remnant.trace) && KeepsIds(remnant.table)) continue;
    violations.push_back(absl::StrCat(remnant.table, " still has ", remnant.trace));
  }
  for (const std::string& erasure : history.unregistered)
    violations.push_back(absl::StrCat("erased, and not in the register: ", erasure));
  if (history.registered < static_cast<int64_t>(erased.size())) {
    violations.push_back(absl::StrCat(erased.size(), " erasures acknowledged, ", history.registered,
                                      " in the register"));
  }
}

void CheckAudit(const History& history, Violations& violations) {
  std::map<Key, Audited> audited;
  for (const Audited& trace : history.audited) audited[{trace.trace, trace.method}] = trace;
  // Many answers of one stream stand under one trace.
  std::map<Key, int64_t> people;
  for (const Act& act : history.acts) people[{act.trace, act.method}] += act.people;
  for (const auto& [key, concerned] : people) {
    const auto found = audited.find(key);
    if (found == audited.end()) {
      violations.push_back(
          absl::StrCat(key.second, " of trace ", key.first, ": answered, and not in the trail"));
    } else if (found->second.people < concerned) {
      violations.push_back(absl::StrCat(key.second, " of trace ", key.first, ": about ", concerned,
                                        " people, of whom the trail has ", found->second.people));
    }
  }
  for (const Sealed& trail : history.sealed) {
    if (trail.leaves != trail.entries) {
      violations.push_back(
          absl::StrCat(trail.service, ": ", trail.leaves, " entries sealed of ", trail.entries));
    }
  }
}

}  // namespace vsv::faults
