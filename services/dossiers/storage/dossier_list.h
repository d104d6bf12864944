// One page of the dossiers that an asker may see; for lists and for snapshots.
#pragma once

#include "libs/pg/transaction.h"
#include "services/dossiers/domain/dossier_store.h"
#include "services/dossiers/storage/delivery.h"
#include "services/dossiers/storage/pupil_keys.h"
#include "services/dossiers/storage/usual_size.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace vsv::dossiers {

// Judges and reads the page, notes what leaves and who asked, in one transaction of the caller's.
// `usual` is what was learned of sizes so far, and learns more.
absl::StatusOr<Page<DossierRow>> ListIn(pg::Transaction& tx, const ListCommand& command,
                                        const PupilKeys& keys, absl::Duration max_age,
                                        FirstReceipts& receipts, UsualSize& usual);

// False for the organisation that made the dossier: it holds its own data and is given nothing.
bool LeavesTheHouse(const Asker& asker, const DossierRow& dossier);

}  // namespace vsv::dossiers
