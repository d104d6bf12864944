#include "libs/directory/directory_source.h"

#include "libs/aip/proto_time.h"
#include "libs/directory/apply_changes.h"
#include "libs/rpc/outgoing.h"
#include "libs/rpc/status_bridge.h"

#include "vsv/partners/v1/partners_service.grpc.pb.h"

#include "grpcpp/client_context.h"

#include <utility>

namespace vsv::directory {

namespace {

using partners::v1::WatchDirectoryRequest;
using partners::v1::WatchDirectoryResponse;

WatchDirectoryRequest RequestFrom(const std::string& cursor) {
  WatchDirectoryRequest request;
  request.set_cursor(cursor);
  return request;
}

class DirectoryStream final : public feed::ProjectionStream {
 public:
  DirectoryStream(const std::shared_ptr<grpc::Channel>& channel,
                  std::unique_ptr<grpc::ClientContext> context, const std::string& cursor)
      : stub_(partners::v1::PartnersService::NewStub(channel)),
        request_(RequestFrom(cursor)),
        reader_(std::move(context), [this](grpc::ClientContext* begun, auto* reactor) {
          stub_->async()->WatchDirectory(begun, &request_, reactor);
        }) {}

  absl::StatusOr<feed::ProjectionBatch> Next() override {
    auto message = std::make_shared<WatchDirectoryResponse>();
    if (!reader_.Read(message.get())) {
      const absl::Status status = rpc::FromGrpc(reader_.Finish());
      return status.ok() ? absl::UnavailableError("the register ended the stream") : status;
    }
    feed::ProjectionBatch batch;
    batch.cursor = message->cursor();
    if (message->has_current_as_of_time())
      batch.current_as_of = aip::FromProto(message->current_as_of_time());
    if (message->changes_size() > 0) {
      batch.apply = [message](pg::Transaction& tx) { return ApplyChanges(tx, *message); };
    }
    return batch;
  }

  void Cancel() override { reader_.Cancel(); }

 private:
  const std::unique_ptr<partners::v1::PartnersService::Stub> stub_;
  const WatchDirectoryRequest request_;
  rpc::StreamReader<WatchDirectoryResponse> reader_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<feed::ProjectionStream>> DirectorySource::Open(
    const std::string& cursor) {
  std::unique_ptr<grpc::ClientContext> context =
      new_context_ ? new_context_() : std::make_unique<grpc::ClientContext>();
  return std::make_unique<DirectoryStream>(channel_, std::move(context), cursor);
}

absl::Status DirectorySource::Reset(pg::Transaction& tx) {
  return ClearDirectory(tx);
}

}  // namespace vsv::directory
