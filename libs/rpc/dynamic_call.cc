#include "libs/rpc/dynamic_call.h"

#include "libs/base/clock.h"
#include "libs/base/hash.h"
#include "libs/base/uuid.h"
#include "libs/rpc/status_bridge.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "google/protobuf/util/json_util.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"

#include <utility>
#include <vector>

namespace vsv::rpc {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// Every service of the suite. A new one is entered here; until then its methods need their full
// name.
constexpr absl::string_view kServices[] = {
    "vsv.audit.v1.AuditService",
    "vsv.feed.v1.FeedService",
    "vsv.partners.v1.PartnersService",
    "vsv.partners.v1.AgreementService",
    "vsv.partners.v1.AuthorisationService",
    "vsv.partners.v1.RegionService",
    "vsv.programs.v1.ProgramsService",
    "vsv.programs.v1.MeasuresService",
    "vsv.dossiers.v1.DossierService",
    "vsv.dossiers.v1.ImportService",
    "vsv.dossiers.v1.TransferService",
    "vsv.dossiers.v1.ApplicationService",
    "vsv.dossiers.v1.ConsentService",
    "vsv.dossiers.v1.HandoverService",
    "vsv.dossiers.v1.ErasureService",
    "vsv.dossiers.v1.ProcessCountService",
    "vsv.outcomes.v1.OutcomesService",
    "vsv.outcomes.v1.CohortService",
};

absl::StatusOr<grpc::ByteBuffer> Serialize(const Message& message) {
  grpc::ByteBuffer buffer;
  bool own = false;
  const grpc::Status status = grpc::SerializationTraits<Message>::Serialize(message, &buffer, &own);
  if (!status.ok()) return FromGrpc(status);
  return buffer;
}

}  // namespace

absl::Span<const absl::string_view> ServiceNames() {
  return kServices;
}

absl::StatusOr<const MethodDescriptor*> FindMethod(absl::string_view name) {
  const DescriptorPool& pool = *DescriptorPool::generated_pool();
  if (absl::StrContains(name, ".")) {
    const MethodDescriptor* method = pool.FindMethodByName(std::string(name));
    if (method == nullptr) return absl::NotFoundError(absl::StrCat("there is no method ", name));
    return method;
  }
  std::vector<const MethodDescriptor*> found;
  for (const absl::string_view service_name : kServices) {
    const ServiceDescriptor* service = pool.FindServiceByName(std::string(service_name));
    const MethodDescriptor* method =
        service == nullptr ? nullptr : service->FindMethodByName(std::string(name));
    if (method != nullptr) found.push_back(method);
  }
  if (found.size() == 1) return found[0];
  if (found.empty()) return absl::NotFoundError(absl::StrCat("there is no method ", name));
  return absl::InvalidArgumentError(absl::StrCat(
      name, " is a method of several services: ",
      absl::StrJoin(found, ", ",
                    [](std::string* out, const MethodDescriptor* m) { *out += m->full_name(); })));
}

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor& type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

void FillRequestId(Message& request, absl::string_view key) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr || !RequestIdOf(request).empty()) return;
  static const base::SystemClock clock;
  request.GetReflection()->SetString(&request, field,
                                     key.empty() ? base::NewUuidV7(clock) : RequestIdFor(key));
}

std::string RequestIdFor(absl::string_view key) {
  const std::string hex = base::HexEncode(base::Sha256(key));
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-8", hex.substr(13, 3), "-8",
                      hex.substr(17, 3), "-", hex.substr(20, 12));
}

std::string RequestIdOf(const Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  return field == nullptr ? "" : request.GetReflection()->GetString(request, field);
}

absl::Status ParseJson(const std::string& json, Message& message) {
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  if (status.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("no ", message.GetDescriptor()->full_name(), ": ",
                                                 std::string(status.message())));
}

std::string ToJson(const Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = pretty;
  options.preserve_proto_field_names = true;
  std::string out;
  const auto status = google::protobuf::util::MessageToJsonString(message, &out, options);
  return status.ok() ? out : absl::StrCat("{\"error\": \"", std::string(status.message()), "\"}");
}

absl::StatusOr<std::unique_ptr<Message>> CallUnary(const std::shared_ptr<grpc::Channel>& channel,
                                                   const MethodDescriptor& method,
                                                   const Message& request,
                                                   const CallMetadata& metadata,
                                                   absl::Duration deadline) {
  absl::StatusOr<grpc::ByteBuffer> bytes = Serialize(request);
  if (!bytes.ok()) return bytes.status();
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + deadline));
  for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
  grpc::GenericStub stub(channel);
  grpc::ByteBuffer answer;
  grpc::Status status;
  absl::Notification done;
  stub.UnaryCall(&context, absl::StrCat("/", method.service()->full_name(), "/", method.name()),
                 grpc::StubOptions(), &*bytes, &answer, [&status, &done](grpc::Status result) {
                   status = std::move(result);
                   done.Notify();
                 });
  done.WaitForNotification();
  if (!status.ok()) return FromGrpc(status);
  std::unique_ptr<Message> reply = NewMessage(*method.output_type());
  const grpc::Status parsed = grpc::SerializationTraits<Message>::Deserialize(&answer, reply.get());
  if (!parsed.ok()) return FromGrpc(parsed);
  return reply;
}

}  // namespace vsv::rpc
