// The register's stream as a source for libs/feed's projector.
#pragma once

#include "libs/feed/projector.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace vsv::directory {

// Follows PartnersService.WatchDirectory into the directory tables. Usage:
//   DirectorySource source(rpc::MakeFollowingChannel(partners_address, tls));
//   feed::Projector projector(worker_pool, source, {.source = DirectorySource::kName, .on_applied =
//   [&] { keeper.Poke(); }});
class DirectorySource final : public feed::ProjectionSource {
 public:
  // Name in projection_cursors; the view directory_freshness looks for it.
  static constexpr char kName[] = "partners";

  using ContextFactory = std::function<std::unique_ptr<grpc::ClientContext>()>;

  // `new_context` makes the context of each stream; a plain one by default.
  explicit DirectorySource(std::shared_ptr<grpc::Channel> channel,
                           ContextFactory new_context = nullptr)
      : channel_(std::move(channel)), new_context_(std::move(new_context)) {}

  absl::StatusOr<std::unique_ptr<feed::ProjectionStream>> Open(const std::string& cursor) override;
  absl::Status Reset(pg::Transaction& tx) override;

 private:
  std::shared_ptr<grpc::Channel> channel_;
  ContextFactory new_context_;
};

}  // namespace vsv::directory
