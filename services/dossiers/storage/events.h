// What goes to the change feed: that something changed, never how.
#pragma once

#include "libs/feed/reader.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/domain/dossier.h"
#include "services/dossiers/domain/process_count.h"

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {

// Kinds of resources in the feed.
inline constexpr char kDossierEvents[] = "dossier";
inline constexpr char kBasisEvents[] = "dossier_basis";  // its id is that of the dossier
inline constexpr char kCountEvents[] = "process_count";

// Leaves events of changed dossiers (locked, with their new versions) and of counters that moved.
absl::Status Publish(pg::Transaction& tx, const std::vector<const Dossier*>& dossiers,
                     const std::vector<CountDelta>& counts);

// By region and id.
using DossierNames = std::set<std::pair<std::string, std::string>>;

// Leaves events of dossiers that nobody changed: what is granted of them has, as was noted at
// `noted_at`, which is their version in microseconds since 1970.
absl::Status PublishUnchanged(pg::Transaction& tx, const DossierNames& dossiers,
                              absl::Time noted_at);

// Whether an entry says that something of a dossier changed, or what is granted of it.
bool IsOfDossier(const feed::FeedEntry& entry);

// A counter's id in the feed, and back; nullopt for a text that is none.
std::string CountEventId(const CountKey& key);
std::optional<CountKey> ParseCountEventId(const RegionId& region, absl::string_view id);

}  // namespace vsv::dossiers
