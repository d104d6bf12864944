// vsv-outcomes: indicators, figures, ambitions and the legal count. Wiring only.
#include "libs/audit/audit_service.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/tls.h"
#include "libs/server/program.h"
#include "libs/server/server_process.h"
#include "services/outcomes/api/cohort_service.h"
#include "services/outcomes/api/outcomes_service.h"
#include "services/outcomes/config.h"
#include "services/outcomes/storage/cohort_subject_judge.h"
#include "services/outcomes/storage/pg_cohort_store.h"
#include "services/outcomes/storage/pg_figure_store.h"
#include "services/outcomes/storage/pg_indicator_store.h"

#include <utility>

namespace vsv::outcomes {
namespace {

absl::Status Serve(const Config& config) {
  VSV_ASSIGN_OR_RETURN(auto partners,
                       rpc::MakeFollowingChannel(config.partners_address, config.tls));
  VSV_ASSIGN_OR_RETURN(const auto process,
                       server::ServerProcess::Open(
                           config, {.service = "outcomes", .partners = std::move(partners)}));
  PgIndicatorStore indicators(process->app());
  PgAmbitionStore ambitions(process->app());
  PgFigureStore figures(process->app());
  PgCohortStore cohorts(process->app());
  const PupilKeys pupil_keys(config.pupil_key);
  OutcomesService outcomes(process->runtime(), {indicators, ambitions, figures,
                                                process->page_tokens(), process->clock()});
  CohortService counts(process->runtime(),
                       {cohorts, process->page_tokens(), pupil_keys, config.disclosure_threshold});
  CohortSubjectJudge judge;
  audit::AuditService audit(process->runtime(), process->app(), judge, process->page_tokens(),
                            "verantwoording-inzage");
  return process->Serve({&outcomes, &counts, &audit});
}

}  // namespace
}  // namespace vsv::outcomes

int main(int argc, char** argv) {
  return vsv::server::Main("outcomes", argc, argv, vsv::outcomes::ParseConfig,
                           vsv::outcomes::Serve);
}
