// Calls any method of the suite by its name, by the linked descriptors: what command-line tools and
// loaders of sample data need, and nobody else.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"

#include <map>
#include <memory>
#include <string>

namespace vsv::rpc {

// Metadata of a call: purpose, mandate and the like.
using CallMetadata = std::map<std::string, std::string>;

// Full names of every service of the suite.
absl::Span<const absl::string_view> ServiceNames();

// The method "vsv.partners.v1.PartnersService.CreateOrganisation", or, when only one linked service
// has it, "CreateOrganisation". NOT_FOUND names what was asked, INVALID_ARGUMENT lists the services
// of an ambiguous name.
absl::StatusOr<const google::protobuf::MethodDescriptor*> FindMethod(absl::string_view name);

// An empty message of a linked type.
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor& type);

// Gives a mutation that has no request_id yet that of `key`, or a new one when there is no key.
void FillRequestId(google::protobuf::Message& request, absl::string_view key = "");
// The same for the same key (UUID of version 8), so that whoever runs again repeats and does
// nothing twice.
std::string RequestIdFor(absl::string_view key);
// "" where there is none.
std::string RequestIdOf(const google::protobuf::Message& request);

// Parses proto JSON into `message`; unknown fields are refused. INVALID_ARGUMENT tells the place.
absl::Status ParseJson(const std::string& json, google::protobuf::Message& message);
// The proto JSON of a message, with its field names as in the contract.
std::string ToJson(const google::protobuf::Message& message, bool pretty);

// One unary call. The status carries reason and violations as FromGrpc gives them.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> CallUnary(
    const std::shared_ptr<grpc::Channel>& channel, const google::protobuf::MethodDescriptor& method,
    const google::protobuf::Message& request, const CallMetadata& metadata,
    absl::Duration deadline);

}  // namespace vsv::rpc
