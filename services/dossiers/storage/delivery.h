// Receipts of what is handed out.
#pragma once

#include "libs/pg/transaction.h"
#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/ids.h"
#include "services/dossiers/storage/dossier_columns.h"

#include "absl/status/status.h"

#include <cstdint>
#include <vector>

namespace vsv::dossiers {

// A dossier that leaves for its asker.
struct Delivery {
  const Asker* asker;
  RegionId region;
  DossierId dossier;
  int64_t version;  // of the dossier, as it was judged
  Grants grants;
};

// Notes what `all` give their askers to hold; several may go to one asker. TRANSACTION_CONFLICT
// when one of the dossiers was erased since it was read, or something of it taken back. From here
// on changes of what was not held before wait for the transaction.
absl::Status RecordHoldings(pg::Transaction& tx, const std::vector<Delivery>& all);

// What a holder is told to give up.
struct Recalled {
  RegionId region;
  DossierId dossier;
  std::vector<std::string> categories;
  int64_t version;      // of the dossier in which it was seen
  bool ended_silently;  // not by a change that the feed tells of
};

// Notes the recalls of `asker` on its receipts. Of an end that the feed does not tell of, and that
// no sweep will find any more, it is told now: another stream of `asker` may be past what showed
// it.
absl::Status RecordRecalls(pg::Transaction& tx, const Asker& asker,
                           const std::vector<Recalled>& recalled);

}  // namespace vsv::dossiers
