// Writes of what belongs to dossiers, one statement per table for a whole batch.
#pragma once

#include "libs/pg/params.h"
#include "libs/pg/statement.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/domain/dossier_row.h"
#include "services/dossiers/storage/columns.h"

#include "absl/status/status.h"

#include <string>
#include <vector>

namespace vsv::dossiers {

// An item that belongs to a dossier.
template <typename T>
struct Of {
  const Dossier* dossier;
  T item;
};

template <typename Item>
std::vector<std::string> Regions(const std::vector<Item>& items) {
  return Texts(items, [](const Item& i) { return i.dossier->region.value(); });
}

template <typename Item>
std::vector<std::string> DossierIds(const std::vector<Item>& items) {
  return Texts(items, [](const Item& i) { return i.dossier->id.value(); });
}

// Executes unless there is nothing to write.
template <typename Item>
absl::Status Write(pg::Transaction& tx, const pg::Statement& statement,
                   const std::vector<Item>& items, const pg::Params& params) {
  if (items.empty()) return absl::OkStatus();
  return tx.Execute(statement, params).status();
}

// Sections inserted or replaced.
absl::Status WriteSections(pg::Transaction& tx, const std::vector<Of<const Section*>>& sections);
// Warm handovers made or replaced.
absl::Status WriteHandovers(pg::Transaction& tx,
                            const std::vector<Of<const WarmHandover*>>& handovers);
// All that the changes add to or take from their dossiers: sections, views, applications, consents,
// handovers, first-year outcomes and recalls.
absl::Status WriteBelongings(pg::Transaction& tx, const std::vector<const DossierChange*>& changes);

}  // namespace vsv::dossiers
