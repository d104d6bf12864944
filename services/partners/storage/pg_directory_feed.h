// The register as a stream, from the change feed in PostgreSQL.
#pragma once

#include "libs/feed/cursor.h"
#include "libs/pg/pool.h"
#include "services/partners/domain/directory_feed.h"

namespace vsv::partners {

// Thread-safe. The feed of the register is kept whole: following it from the beginning brings every
// resource, so a snapshot apart is not needed.
class PgDirectoryFeed final : public DirectoryFeed {
 public:
  // Both must outlive it.
  PgDirectoryFeed(pg::Pool& pool, const feed::Cursors& cursors) : pool_(pool), cursors_(cursors) {}

  absl::StatusOr<DirectoryBatch> Next(const std::string& cursor, const std::string& subscriber,
                                      absl::Time deadline) override;

 private:
  pg::Pool& pool_;
  const feed::Cursors& cursors_;
};

}  // namespace vsv::partners
