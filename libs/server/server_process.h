// What every server of the suite consists of beside its own services: checked connections, the
// numbering of changes, purging, the seal on the audit trail, the register of callers, and the
// course from start to drain.
#pragma once

#include "libs/aip/page_token.h"
#include "libs/audit/sealer.h"
#include "libs/base/clock.h"
#include "libs/directory/caller_resolver.h"
#include "libs/directory/directory_source.h"
#include "libs/directory/snapshot_keeper.h"
#include "libs/feed/cursor.h"
#include "libs/feed/feed_service.h"
#include "libs/feed/notifier.h"
#include "libs/feed/projector.h"
#include "libs/feed/sequencer.h"
#include "libs/obs/metrics.h"
#include "libs/pg/batch_queue.h"
#include "libs/pg/housekeeper.h"
#include "libs/pg/pool.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/server.h"
#include "libs/rpc/server_flags.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vsv::server {

struct ProcessOptions {
  std::string service;                      // "dossiers"
  std::shared_ptr<grpc::Channel> partners;  // whose register is followed; null: it is kept here
  int bulk_threads = 2;
  int worker_connections = 0;  // of the service's own background work
  int batch_connections = 0;   // batches at a time, over all operations that coalesce
  // Of streams alone; 0: they take those of the calls, one for each of their threads.
  int stream_connections = 0;
  int import_connections = 0;  // of imports alone
};

// Opened, then served once. Not copied, not moved: much refers to it.
class ServerProcess {
 public:
  // Serves nothing yet. Fails on roles that may too much, on a database that was restored without
  // a new epoch, on an address that is taken.
  static absl::StatusOr<std::unique_ptr<ServerProcess>> Open(const rpc::ServerConfig& config,
                                                             ProcessOptions options);
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  pg::Pool& app() { return app_; }

  pg::Pool& worker() { return worker_; }

  // As the app role, for batches alone: they never queue behind what is not coalesced.
  pg::Pool& batches() { return batches_; }

  // As the app role, for streams alone: many that begin at once do not hold up the calls.
  pg::Pool& streams() { return streams_; }

  // As the app role, for imports alone: as many as there are, they wait for one another.
  pg::Pool& imports() { return imports_; }

  // How an operation is coalesced, with its metrics.
  pg::CoalescerOptions Coalescing(const std::string& operation, int batches, int cap);

  rpc::Runtime& runtime() { return runtime_; }

  feed::Notifier& notifier() { return notifier_; }

  // The register of callers, as it is known here.
  directory::SnapshotKeeper& keeper() { return keeper_; }

  const base::Clock& clock() const { return clock_; }

  const aip::PageTokens& page_tokens() const { return page_tokens_; }

  const feed::Cursors& cursors() const { return cursors_; }

  // Whether calls can be answered: the register is known well enough to decide on, and the database
  // answers. What its health says.
  absl::Status Ready();

  // Serves these services and the change feed's until the process is told to end, then drains.
  absl::Status Serve(std::vector<grpc::Service*> services);

 private:
  ServerProcess(const rpc::ServerConfig& config, const ProcessOptions& options);
  absl::Status Check();
  // Opens the sealer when the database has an audit trail.
  absl::Status CheckTrail(absl::Time deadline);
  void StartBackground();
  void StopBackground();
  // What the last calls left in the audit trail, so that a server that was told to end leaves none.
  void SealRest();

  const rpc::ServerConfig config_;
  const std::string service_;
  const base::SystemClock clock_;
  obs::Metrics metrics_;
  pg::Pool app_;
  pg::Pool house_;
  pg::Pool batches_;
  pg::Pool streams_;
  pg::Pool imports_;
  pg::Pool worker_;
  feed::Notifier notifier_;
  feed::Sequencer sequencer_;
  directory::SnapshotKeeper keeper_;
  std::optional<directory::DirectorySource> register_source_;
  std::optional<feed::Projector> register_projector_;
  pg::Housekeeper housekeeper_;
  std::optional<audit::Sealer> sealer_;
  std::optional<pg::Housekeeper> sealing_;
  directory::CallerResolver resolver_;
  rpc::Runtime runtime_;
  const aip::PageTokens page_tokens_;
  const feed::Cursors cursors_;
  feed::FeedService feed_service_;
};

}  // namespace vsv::server
