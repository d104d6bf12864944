#include "services/vsvctl/health.h"

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"

namespace vsv::vsvctl {
namespace {

// HealthCheckResponse{status: SERVING} on the wire: field 1, varint, 1. Debian's gRPC has no
// generated code for the health contract, and these two bytes do not warrant making it.
bool IsServing(const grpc::ByteBuffer& response) {
  grpc::Slice slice;
  return response.TrySingleSlice(&slice).ok() && slice.size() == 2 && slice.begin()[0] == 0x08 &&
         slice.begin()[1] == 0x01;
}

}  // namespace

std::string HealthOf(const std::shared_ptr<grpc::Channel>& channel, absl::Duration timeout) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  const grpc::Slice nothing;
  const grpc::ByteBuffer request(&nothing, 1);
  grpc::ByteBuffer response;
  grpc::Status status;
  absl::Notification done;
  stub.UnaryCall(&context, "/grpc.health.v1.Health/Check", grpc::StubOptions(), &request, &response,
                 [&status, &done](grpc::Status result) {
                   status = std::move(result);
                   done.Notify();
                 });
  done.WaitForNotification();
  if (!status.ok()) return absl::StrCat("UNREACHABLE ", status.error_message());
  return IsServing(response) ? "SERVING" : "NOT_SERVING";
}

}  // namespace vsv::vsvctl
