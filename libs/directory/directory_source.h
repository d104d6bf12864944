// The register's stream as a source for libs/feed's projector.
#pragma once

#include "libs/feed/projector.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/channel.h"

#include <memory>
#include <string>

namespace vsv::directory {

// Follows PartnersService.WatchDirectory into the directory tables. Usage:
//   DirectorySource source(rpc::MakeChannel(partners_address, tls));
//   feed::Projector projector(worker_pool, source, {.source = DirectorySource::kName, .on_applied =
//   [&] { keeper.Poke(); }});
class DirectorySource final : public feed::ProjectionSource {
 public:
  // Name in projection_cursors; the view directory_freshness looks for it.
  static constexpr char kName[] = "partners";

  explicit DirectorySource(std::shared_ptr<grpc::Channel> channel) : channel_(std::move(channel)) {}

  absl::StatusOr<std::unique_ptr<feed::ProjectionStream>> Open(const std::string& cursor) override;
  absl::Status Reset(pg::Transaction& tx) override;

 private:
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace vsv::directory
