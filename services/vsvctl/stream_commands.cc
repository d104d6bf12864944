#include "services/vsvctl/stream_commands.h"

#include "libs/base/status_macros.h"
#include "libs/rpc/dynamic_call.h"
#include "libs/rpc/status_bridge.h"
#include "services/vsvctl/health.h"
#include "services/vsvctl/table.h"

#include "google/protobuf/struct.pb.h"
#include "vsv/dossiers/v1/dossiers_service.grpc.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/client_context.h"

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

namespace vsv::vsvctl {
namespace {

std::string ReadCursor(const std::string& path) {
  std::ifstream file(path);
  std::string cursor;
  std::getline(file, cursor);
  return cursor;
}

// Whole or not at all: a cursor that is cut off would be refused.
absl::Status WriteCursor(const std::string& path, const std::string& cursor) {
  if (path.empty()) return absl::OkStatus();
  const std::string fresh = absl::StrCat(path, ".new");
  std::ofstream file(fresh);
  file << cursor << "\n";
  file.close();
  if (!file || std::rename(fresh.c_str(), path.c_str()) != 0) {
    return absl::PermissionDeniedError(absl::StrCat("cannot write ", path));
  }
  return absl::OkStatus();
}

google::protobuf::Struct Row(const std::string& service, const std::string& address,
                             const std::string& health) {
  google::protobuf::Struct row;
  (*row.mutable_fields())["service"].set_string_value(service);
  (*row.mutable_fields())["address"].set_string_value(address);
  (*row.mutable_fields())["health"].set_string_value(health);
  return row;
}

}  // namespace

absl::Status WatchDossiers(GrpcClient& client, const Session& session) {
  const Options& options = session.options;
  dossiers::v1::WatchDossiersRequest request;
  for (const std::string& region : options.regions) {
    request.add_regions(absl::StrCat("regions/", region));
  }
  if (request.regions().empty()) {
    return absl::InvalidArgumentError("say which regions: --regions 16,19");
  }
  request.set_cursor(ReadCursor(options.cursor_file));
  VSV_ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, client.ChannelTo("dossiers"));
  const auto stub = dossiers::v1::DossierService::NewStub(channel);
  grpc::ClientContext context;
  if (!options.call_purpose.empty()) context.AddMetadata("vsv-purpose", options.call_purpose);
  if (!options.on_behalf_of.empty()) {
    context.AddMetadata("vsv-on-behalf-of", options.on_behalf_of);
  }
  const auto stream = stub->WatchDossiers(&context, request);
  dossiers::v1::WatchDossiersResponse batch;
  for (int batches = 0; (options.limit == 0 || batches < options.limit) && stream->Read(&batch);
       ++batches) {
    for (const dossiers::v1::DossierChange& change : batch.changes()) {
      session.out << rpc::ToJson(change, /*pretty=*/false) << "\n";
    }
    // A cursor behind changes that nobody has would lose them.
    if (!session.out.flush()) return absl::DataLossError("cannot write what was received");
    VSV_RETURN_IF_ERROR(WriteCursor(options.cursor_file, batch.cursor()));
    if (batch.snapshot_complete()) session.notes << "the snapshot is complete" << std::endl;
  }
  context.TryCancel();
  const grpc::Status ended = stream->Finish();
  return ended.error_code() == grpc::StatusCode::CANCELLED ? absl::OkStatus()
                                                           : rpc::FromGrpc(ended);
}

absl::Status ShowHealth(GrpcClient& client, const Session& session) {
  const bool as_json = session.options.output == Output::kJson;
  Table table({"SERVICE", "ADDRESS", "HEALTH"});
  bool all = true;
  for (const auto& [area, address] : session.options.addresses) {
    VSV_ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, client.ChannelTo(area));
    const std::string health = HealthOf(channel, session.options.timeout);
    all = all && health == "SERVING";
    table.Add({area, address, health});
    if (as_json) session.out << rpc::ToJson(Row(area, address, health), /*pretty=*/false) << "\n";
  }
  if (!as_json) session.out << table.Render();
  return all ? absl::OkStatus() : absl::UnavailableError("not every service serves");
}

}  // namespace vsv::vsvctl
