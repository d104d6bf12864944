// What goes to the change feed: that something changed, never how.
#pragma once

#include "libs/pg/transaction.h"
#include "services/dossiers/domain/dossier.h"
#include "services/dossiers/domain/process_count.h"

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {

// Kinds of resources in the feed.
inline constexpr char kDossierEvents[] = "dossier";
inline constexpr char kCountEvents[] = "process_count";

// Leaves events of changed dossiers (locked, with their new versions) and of counters that moved.
absl::Status Publish(pg::Transaction& tx, const std::vector<const Dossier*>& dossiers,
                     const std::vector<CountDelta>& counts);

// By region and id, with the version.
using DossierVersions = std::map<std::pair<std::string, std::string>, int64_t>;

// Leaves events of dossiers that nobody changed: what is granted of them has.
absl::Status PublishUnchanged(pg::Transaction& tx, const DossierVersions& dossiers);

// A counter's id in the feed, and back; nullopt for a text that is none.
std::string CountEventId(const CountKey& key);
std::optional<CountKey> ParseCountEventId(const RegionId& region, absl::string_view id);

}  // namespace vsv::dossiers
