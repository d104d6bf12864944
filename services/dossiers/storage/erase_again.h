// Keeps the database and the register of erasures (erasure_register.h) of one mind.
#pragma once

#include "libs/base/clock.h"
#include "libs/pg/pool.h"
#include "libs/pg/transaction.h"
#include "services/dossiers/storage/erasure_register.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <cstdint>

namespace vsv::dossiers {

// Carries over what the database erased and the register misses, because a server ended in between
// or the register was lost.
absl::Status CarryErasures(pg::Transaction& tx, ErasureRegister& erasures);

// Before anything is served. Carries over, then erases again what the register names and the
// database still has, however it came back, and notes there what it did not know. Every dossier of
// a region with erasures is looked at, a few seconds for a million: no shortcut trusts what the
// database says of itself. `worker`: pool of the worker role. Returns how many were erased.
absl::StatusOr<int64_t> EraseAgain(pg::Pool& worker, ErasureRegister& erasures,
                                   const PupilKeys& keys, const base::Clock& clock);

}  // namespace vsv::dossiers
