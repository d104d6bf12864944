// Erasure of dossiers in the database: by a request, and again after a backup brought them back.
#pragma once

#include "libs/pg/statement.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/domain/erasure.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include <cstdint>
#include <vector>

namespace vsv::dossiers {

// A dossier to be erased.
struct ToErase {
  RegionId region;
  DossierId dossier;
  absl::Time erased_at;
  ErasureGround ground = ErasureGround::kRequest;
};

// Erases those that are there by `statement` (erase_dossiers or erase_dossiers_again), takes what
// was open out of the counters of `day`, tells the feed, and returns how many there were. Entries
// about them must have been written before: from here on they are nobody's.
absl::StatusOr<int64_t> EraseIn(pg::Transaction& tx, const pg::Statement& statement,
                                const PupilKeys& keys, const std::vector<ToErase>& dossiers,
                                absl::CivilDay day);

}  // namespace vsv::dossiers
