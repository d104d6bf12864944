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
#include <set>
#include <string>
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

// What to do about a dossier that somebody is changing just now.
enum class Changing : uint8_t { kLeave, kAwait };

// Notes what `all` give their askers to hold; several may go to one asker. Gives those that cannot
// be noted, as places in `all`, because somebody is changing the dossier, or it is gone: they must
// not be handed out. TRANSACTION_CONFLICT when something of the rest was taken back since it was
// judged. From here on changes of what was not held before wait for the transaction.
absl::StatusOr<std::set<size_t>> NoteHoldings(pg::Transaction& tx, const std::vector<Delivery>& all,
                                              Changing changing = Changing::kLeave);

// The same for what cannot be handed out in part, over all runs of one transaction. The first run
// ends with TRANSACTION_CONFLICT when somebody is changing one of the dossiers; the next ones wait
// for him, for a moment: whoever waits holds what others wait for.
class FirstReceipts {
 public:
  absl::Status Record(pg::Transaction& tx, const std::vector<Delivery>& all);

 private:
  Changing changing_ = Changing::kLeave;
};

// What a holder is told to give up.
struct Recalled {
  RegionId region;
  DossierId dossier;
  std::vector<std::string> categories;
  int64_t first_version;  // of the changes that were looked at
  int64_t last_version;
};

// Notes the recalls of `asker` on its receipts. Of an end that the feed does not tell of, and no
// sweep will find any more, it is told now: another stream of `asker` may be past what showed it.
absl::Status RecordRecalls(pg::Transaction& tx, const Asker& asker,
                           const std::vector<Recalled>& recalled);

}  // namespace vsv::dossiers
