// Changes of the register into the directory tables.
#pragma once

#include "libs/pg/transaction.h"

#include "vsv/partners/v1/directory.pb.h"

#include "absl/status/status.h"

namespace vsv::directory {

// Stores each change unless what is stored is newer; may be repeated. For the worker role.
absl::Status ApplyChanges(pg::Transaction& tx, const partners::v1::WatchDirectoryResponse& changes);

// Empties the tables. Until they are filled again nobody has a basis for anything.
absl::Status ClearDirectory(pg::Transaction& tx);

}  // namespace vsv::directory
