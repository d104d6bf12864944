#include "tests/faults/writers.h"

#include "libs/base/clock.h"
#include "libs/base/uuid.h"
#include "libs/errors/errors.h"
#include "libs/rpc/status_bridge.h"

#include "vsv/partners/v1/partners_service.grpc.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/client_context.h"

#include <iostream>

namespace vsv::faults {
namespace {

namespace pb = ::vsv::partners::v1;

constexpr absl::Duration kCallTime = absl::Seconds(2);
constexpr absl::Duration kPatience = absl::Seconds(60);
constexpr absl::Duration kPause = absl::Milliseconds(20);

// The outcome is open, or it is known that nothing was done and may be tried again.
bool MayRepeat(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kResourceExhausted:
      return true;
    case absl::StatusCode::kAborted:
      return errors::ReasonOf(status) == "TRANSACTION_CONFLICT";
    default:
      return false;
  }
}

absl::StatusOr<pb::Organisation> Send(pb::PartnersService::Stub& stub, const Acknowledged& write,
                                      const std::string& etag, const std::string& request_id) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kCallTime));
  pb::Organisation organisation;
  grpc::Status status;
  if (write.version == 1) {
    pb::CreateOrganisationRequest request;
    request.set_organisation_id(write.resource);
    request.mutable_organisation()->set_display_name(write.value);
    request.mutable_organisation()->set_kind(pb::ORGANISATION_KIND_OTHER);
    request.set_request_id(request_id);
    status = stub.CreateOrganisation(&context, request, &organisation);
  } else {
    pb::UpdateOrganisationRequest request;
    request.mutable_organisation()->set_name(absl::StrCat("organisations/", write.resource));
    request.mutable_organisation()->set_display_name(write.value);
    request.mutable_organisation()->set_etag(etag);
    request.mutable_update_mask()->add_paths("display_name");
    request.set_request_id(request_id);
    status = stub.UpdateOrganisation(&context, request, &organisation);
  }
  if (!status.ok()) return rpc::FromGrpc(status);
  return organisation;
}

}  // namespace

Writers::Writers(PartnersProcess& server, int clients, int resources_each)
    : server_(server), resources_each_(resources_each) {
  for (int client = 0; client < clients; ++client) {
    threads_.emplace_back([this, client] { Write(client); });
  }
}

Writers::~Writers() {
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

bool Writers::Finish() {
  finishing_ = true;
  for (std::thread& thread : threads_) thread.join();
  return !failed_;
}

std::optional<std::string> Writers::WriteOnce(const std::shared_ptr<grpc::Channel>& channel,
                                              const Acknowledged& write, const std::string& etag) {
  const auto stub = pb::PartnersService::NewStub(channel);
  const base::SystemClock clock;
  const std::string request_id = base::NewUuidV7(clock);
  const absl::Time give_up = absl::Now() + kPatience;
  while (true) {
    const absl::StatusOr<pb::Organisation> reply = Send(*stub, write, etag, request_id);
    if (reply.ok()) return reply->etag();
    if (!MayRepeat(reply.status()) || absl::Now() >= give_up) {
      std::cerr << write.resource << " write " << write.version << ": "
                << reply.status().ToString(absl::StatusToStringMode::kWithNoExtraData) << std::endl;
      return std::nullopt;
    }
    ++repeats_;
    absl::SleepFor(kPause);
  }
}

void Writers::Write(int client) {
  const std::shared_ptr<grpc::Channel> channel = server_.KeeperChannel();
  std::vector<std::string> etags(static_cast<size_t>(resources_each_));
  for (int64_t version = 1; !finishing_; ++version) {
    for (int n = 0; n < resources_each_ && !finishing_; ++n) {
      const std::string resource = absl::StrCat("f-", client, "-", n);
      const Acknowledged write{resource, version, absl::StrCat(resource, " after write ", version)};
      std::string& etag = etags[static_cast<size_t>(n)];
      const std::optional<std::string> new_etag = WriteOnce(channel, write, etag);
      if (!new_etag.has_value()) {
        failed_ = true;
        return;
      }
      etag = *new_etag;
      const std::lock_guard<std::mutex> lock(mutex_);
      acknowledged_.push_back(write);
    }
  }
}

}  // namespace vsv::faults
