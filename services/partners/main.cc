// vsv-partners: the register. Wiring only.
#include "libs/base/status_macros.h"
#include "libs/server/program.h"
#include "libs/server/server_process.h"
#include "services/partners/api/agreement_service.h"
#include "services/partners/api/authorisation_service.h"
#include "services/partners/api/partners_service.h"
#include "services/partners/api/region_service.h"
#include "services/partners/config.h"
#include "services/partners/storage/coalescing_register.h"
#include "services/partners/storage/pg_directory_feed.h"
#include "services/partners/storage/pg_register.h"

namespace vsv::partners {
namespace {

// Connections of those who follow the register: they never queue behind calls, because all that
// goes on in the other services depends on them.
constexpr int kFollowers = 2;

absl::Status Serve(const Config& config) {
  VSV_ASSIGN_OR_RETURN(const auto process, server::ServerProcess::Open(
                                               config, {.service = "partners",
                                                        .batch_connections = config.read_batches,
                                                        .stream_connections = kFollowers}));
  PgRegister together(process->batches());
  PgRegister alone(process->app());
  CoalescingRegister registry(
      together.stores(), alone.stores(), process->clock(), [&](const char* operation) {
        return process->Coalescing(operation, config.read_batches, config.batch_cap);
      });
  PgDirectoryFeed directory_feed(process->streams(), process->cursors());
  const HandlerContext context{registry.stores(), process->clock(), process->page_tokens()};
  PartnersService partners(process->runtime(), context, directory_feed, process->notifier());
  RegionService regions(process->runtime(), context);
  AgreementService agreements(process->runtime(), context);
  AuthorisationService authorisations(process->runtime(), context);
  return process->Serve({&partners, &regions, &agreements, &authorisations});
}

}  // namespace
}  // namespace vsv::partners

int main(int argc, char** argv) {
  return vsv::server::Main("partners", argc, argv, vsv::partners::ParseConfig,
                           vsv::partners::Serve);
}
