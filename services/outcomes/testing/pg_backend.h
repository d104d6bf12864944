// The stores on a database of their own, for tests.
#pragma once

#include "libs/testing/pg_database.h"
#include "services/outcomes/storage/pg_cohort_store.h"
#include "services/outcomes/storage/pg_figure_store.h"
#include "services/outcomes/storage/pg_indicator_store.h"

#include <memory>

namespace vsv::outcomes {

class PgBackend {
 public:
  IndicatorStore& indicators() { return indicators_; }

  AmbitionStore& ambitions() { return ambitions_; }

  FigureStore& figures() { return figures_; }

  CohortStore& cohorts() { return cohorts_; }

  testing::PgDatabase& database() { return *database_; }

 private:
  std::unique_ptr<testing::PgDatabase> database_ = testing::PgDatabase::OfService("outcomes");
  PgIndicatorStore indicators_{database_->app()};
  PgAmbitionStore ambitions_{database_->app()};
  PgFigureStore figures_{database_->app()};
  PgCohortStore cohorts_{database_->app()};
};

}  // namespace vsv::outcomes
