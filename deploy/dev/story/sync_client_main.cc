// vsv-sync: a municipal sync client, small and complete. It follows the change feed of dossiers for
// one organisation, stores effects and cursor together, goes on where it was after any crash, and
// deletes what is recalled.
#include "libs/errors/errors.h"
#include "libs/rpc/status_bridge.h"
#include "libs/rpc/tls.h"

#include "vsv/dossiers/v1/dossiers_service.grpc.pb.h"

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <iostream>
#include <thread>

#include "deploy/dev/story/sync_state.h"

ABSL_FLAG(std::string, dossiers_address, "127.0.0.1:7403", "Address of the dossiers service");
ABSL_FLAG(std::string, tls_certificate, "", "PEM file: certificate of the organisation");
ABSL_FLAG(std::string, tls_key, "", "PEM file: its key");
ABSL_FLAG(std::string, tls_ca, "", "PEM file: root of the service's certificate");
ABSL_FLAG(std::string, purpose, "rmc", "Purpose of the subscription");
ABSL_FLAG(std::vector<std::string>, regions, {}, "Regions to follow, e.g. 16,19");
ABSL_FLAG(std::string, state, "", "File that holds dossiers and cursor");
ABSL_FLAG(absl::Time, until, absl::InfiniteFuture(),
          "End once everything committed before this moment is stored; without it: never");
ABSL_FLAG(absl::Duration, pause, absl::ZeroDuration(), "Pause after each batch");

namespace vsv::story {
namespace {

namespace dossiers = ::vsv::dossiers::v1;

void TellTombstones(const dossiers::WatchDossiersResponse& batch) {
  for (const dossiers::DossierChange& change : batch.changes()) {
    if (!change.has_tombstone()) continue;
    std::cout << "tombstone " << change.tombstone().dossier() << " "
              << dossiers::RecallReason_Name(change.tombstone().reason());
    for (const int category : change.tombstone().recalled_categories()) {
      std::cout << " "
                << policy::v1::DataCategory_Name(static_cast<policy::v1::DataCategory>(category));
    }
    std::cout << std::endl;
  }
}

// One stream, until it ends or everything before `until` is stored.
absl::Status Follow(dossiers::DossierService::Stub& stub, SyncState& state, bool& done) {
  grpc::ClientContext context;
  context.AddMetadata("vsv-purpose", absl::GetFlag(FLAGS_purpose));
  dossiers::WatchDossiersRequest request;
  for (const std::string& region : absl::GetFlag(FLAGS_regions))
    request.add_regions(absl::StrCat("regions/", region));
  request.set_cursor(state.cursor());
  const std::unique_ptr<grpc::ClientReader<dossiers::WatchDossiersResponse>> stream =
      stub.WatchDossiers(&context, request);
  dossiers::WatchDossiersResponse batch;
  while (stream->Read(&batch)) {
    state.Apply(batch);
    if (const absl::Status saved = state.Save(absl::GetFlag(FLAGS_state)); !saved.ok())
      return saved;
    TellTombstones(batch);
    const absl::Time known = absl::FromUnixSeconds(batch.checkpoint_time().seconds());
    if (batch.has_checkpoint_time() && known > absl::GetFlag(FLAGS_until)) {
      done = true;
      context.TryCancel();
      return absl::OkStatus();
    }
    absl::SleepFor(absl::GetFlag(FLAGS_pause));
  }
  return rpc::FromGrpc(stream->Finish());
}

// What a stream may end with although nothing is wrong with the subscription: it is taken up again
// from the cursor.
bool PassesByItself(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kUnknown:  // whether what was sent has been recorded is open
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kCancelled:
      return true;
    default:
      return false;
  }
}

int Run() {
  absl::StatusOr<SyncState> state = SyncState::Load(absl::GetFlag(FLAGS_state));
  const absl::StatusOr<std::shared_ptr<grpc::Channel>> channel =
      rpc::MakeChannel(absl::GetFlag(FLAGS_dossiers_address),
                       {absl::GetFlag(FLAGS_tls_certificate), absl::GetFlag(FLAGS_tls_key),
                        absl::GetFlag(FLAGS_tls_ca)});
  for (const absl::Status& status : {state.status(), channel.status()}) {
    if (status.ok()) continue;
    std::cerr << "vsv-sync: " << std::string(status.message()) << std::endl;
    return 2;
  }
  const std::unique_ptr<dossiers::DossierService::Stub> stub =
      dossiers::DossierService::NewStub(*channel);
  bool done = false;
  while (!done) {
    const absl::Status status = Follow(*stub, *state, done);
    if (errors::ReasonOf(status) == "CURSOR_EXPIRED") {
      state->Clear();
      continue;
    }
    if (status.ok() || PassesByItself(status)) {
      if (!done) absl::SleepFor(absl::Milliseconds(200));
      continue;
    }
    std::cerr << "vsv-sync: " << errors::ReasonOf(status) << " " << std::string(status.message())
              << std::endl;
    return 1;
  }
  std::cout << "holds " << state->dossiers().size() << " dossiers" << std::endl;
  return 0;
}

}  // namespace
}  // namespace vsv::story

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Follows the change feed of dossiers for one organisation and keeps what it may hold in a "
      "file.\n"
      "  vsv-sync --tls_certificate=C --tls_key=K --tls_ca=CA --regions=16,19 --state=held.bin");
  absl::ParseCommandLine(argc, argv);
  return vsv::story::Run();
}
