#include "tests/faults/evidence.h"

#include "absl/strings/str_cat.h"

#include <set>

namespace vsv::faults {
namespace {

// Who is erased stands in the feed by its id: whose id was not found there was not looked for.
int64_t NotLookedFor(const History& history) {
  std::set<std::string> found;
  for (const Remnant& remnant : history.remnants)
    if (remnant.table == "feed") found.insert(remnant.trace);
  int64_t missing = 0;
  for (const Erased& erased : history.erased)
    if (!found.contains(erased.resource)) ++missing;
  return missing;
}

}  // namespace

std::vector<std::string> Unshown(const History& history, const Expected& expected) {
  std::vector<std::string> unshown;
  const auto want = [&unshown](bool there, std::string what) {
    if (!there) unshown.push_back(std::move(what));
  };
  want(!history.acknowledged.empty(), "no write was acknowledged");
  want(!history.told.empty(), "nothing was imported");
  want(!history.erased.empty(), "nothing was erased");
  want(!history.sightings.empty(), "nobody saw what was erased before");
  want(!history.acts.empty(), "no answer was kept to be looked up in the trail");
  const int64_t missing = NotLookedFor(history);
  want(missing == 0, absl::StrCat("the tables were not searched for ", missing, " of the erased"));
  std::set<std::string> shown;
  for (const Copy& copy : history.shown) shown.insert(copy.subscriber);
  for (const std::string& subscriber : expected.subscribers)
    want(shown.contains(subscriber), absl::StrCat("nothing was shown to ", subscriber));
  std::set<std::string> trails;
  int64_t entries = 0;
  for (const Sealed& trail : history.sealed) {
    trails.insert(trail.service);
    entries += trail.entries;
  }
  for (const std::string& trail : expected.trails)
    want(trails.contains(trail), absl::StrCat("nobody looked at the trail of ", trail));
  want(entries > 0, "no trail has an entry");
  return unshown;
}

}  // namespace vsv::faults
