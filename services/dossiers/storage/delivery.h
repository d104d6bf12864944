// Receipts of what is handed out.
#pragma once

#include "libs/pg/transaction.h"
#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/ids.h"
#include "services/dossiers/storage/dossier_columns.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
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

// Notes what `all` give their askers to hold; several may go to one asker. Gives those of which
// somebody is changing the dossier just now, as places in `all`: they must not be handed out, and
// it is not waited for him, because whoever waits holds what others wait for.
// TRANSACTION_CONFLICT when something of the rest was taken back since it was judged. From here on
// changes of what was not held before wait for the transaction.
absl::StatusOr<std::set<size_t>> NoteHoldings(pg::Transaction& tx,
                                              const std::vector<Delivery>& all);

// The same for what cannot be handed out in part, over all runs of one transaction: when somebody
// is changing one of the dossiers, the run ends with TRANSACTION_CONFLICT, and the next one begins
// by waiting for him, while it holds nothing that others wait for.
class FirstReceipts {
 public:
  // First of all in a run.
  absl::Status Await(pg::Transaction& tx) const;
  absl::Status Record(pg::Transaction& tx, const std::vector<Delivery>& all);

 private:
  std::optional<std::pair<RegionId, DossierId>> changing_;
};

// What a holder is told to give up.
struct Recalled {
  RegionId region;
  DossierId dossier;
  std::vector<std::string> categories;
  int64_t version;      // of the dossier in which it was seen
  bool ended_silently;  // by no change that the feed tells of
};

// Notes the recalls of `asker` on its receipts. Of an end that the feed does not tell of, and no
// sweep will find any more, it is told now: another stream of `asker` may be past what showed it.
absl::Status RecordRecalls(pg::Transaction& tx, const Asker& asker,
                           const std::vector<Recalled>& recalled);

}  // namespace vsv::dossiers
