// vsv-partners: the register. Wiring only.
#include "libs/base/status_macros.h"
#include "libs/server/program.h"
#include "libs/server/server_process.h"
#include "services/partners/api/agreement_service.h"
#include "services/partners/api/authorisation_service.h"
#include "services/partners/api/partners_service.h"
#include "services/partners/api/region_service.h"
#include "services/partners/storage/pg_directory_feed.h"
#include "services/partners/storage/pg_register.h"

namespace vsv::partners {
namespace {

absl::StatusOr<rpc::ServerConfig> ParseConfig(int argc, char** argv) {
  return rpc::ParseServerConfig(
      argc, argv, "vsv-partners: the register of organisations, regions, agreements and mandates.");
}

absl::Status Serve(const rpc::ServerConfig& config) {
  VSV_ASSIGN_OR_RETURN(const auto process,
                       server::ServerProcess::Open(config, {.service = "partners"}));
  PgRegister registry(process->app());
  PgDirectoryFeed directory_feed(process->app(), process->cursors());
  const HandlerContext context{registry.stores(), process->clock(), process->page_tokens()};
  PartnersService partners(process->runtime(), context, directory_feed, process->notifier());
  RegionService regions(process->runtime(), context);
  AgreementService agreements(process->runtime(), context);
  AuthorisationService authorisations(process->runtime(), context);
  return process->Serve({&partners, &regions, &agreements, &authorisations},
                        [&process] { return process->RegisterIsCurrent(); });
}

}  // namespace
}  // namespace vsv::partners

int main(int argc, char** argv) {
  return vsv::server::Main("partners", argc, argv, vsv::partners::ParseConfig,
                           vsv::partners::Serve);
}
