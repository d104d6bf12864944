// Stores of their own for tests that strike between two statements of one transaction.
#pragma once

#include "libs/base/clock.h"
#include "libs/pg/pool.h"
#include "services/dossiers/storage/pg_change_store.h"
#include "services/dossiers/storage/pg_dossier_store.h"
#include "services/dossiers/storage/test_world.h"

#include "absl/status/status.h"
#include "absl/time/time.h"

#include <functional>
#include <utility>

namespace vsv::dossiers {

// Called after each statement with its name, on the thread that executed it.
using Strike = std::function<void(const char*, absl::Duration, absl::StatusCode)>;

class StruckStore {
 public:
  StruckStore(TestWorld& world, Strike strike)
      : pool_({.url = world.db().app_url(), .on_statement = std::move(strike)}),
        store_(pool_, world.keys(), clock_, {}) {}

  PgDossierStore* operator->() { return &store_; }

 private:
  pg::Pool pool_;
  const base::SystemClock clock_;
  PgDossierStore store_;
};

class StruckChangeStore {
 public:
  StruckChangeStore(TestWorld& world, Strike strike)
      : pool_({.url = world.db().app_url(), .on_statement = std::move(strike)}),
        store_(pool_, world.db().worker(), world.keys(), clock_, {}, {}) {}

  PgChangeStore* operator->() { return &store_; }

 private:
  pg::Pool pool_;
  const base::SystemClock clock_;
  PgChangeStore store_;
};

}  // namespace vsv::dossiers
