// The conformance suites on PostgreSQL.
#include "services/outcomes/testing/cohort_conformance.h"
#include "services/outcomes/testing/figure_conformance.h"
#include "services/outcomes/testing/pg_backend.h"

namespace vsv::outcomes {
namespace {

INSTANTIATE_TYPED_TEST_SUITE_P(Pg, FigureConformance, PgBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Pg, AmbitionConformance, PgBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Pg, CohortConformance, PgBackend);

}  // namespace
}  // namespace vsv::outcomes
