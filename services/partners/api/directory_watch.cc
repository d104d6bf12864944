#include "services/partners/api/directory_watch.h"

#include "libs/aip/proto_time.h"
#include "libs/base/status_macros.h"
#include "libs/policy/redact.h"
#include "services/partners/api/convert.h"

#include <string>
#include <utility>
#include <variant>

namespace vsv::partners {

namespace {

void Set(v1::DirectoryChange& change, const Organisation& resource) {
  *change.mutable_organisation() = ToProto(resource);
}

void Set(v1::DirectoryChange& change, const Region& resource) {
  *change.mutable_region() = ToProto(resource);
}

void Set(v1::DirectoryChange& change, const RegionMembership& resource) {
  *change.mutable_membership() = ToProto(resource);
}

void Set(v1::DirectoryChange& change, const ProgrammeRole& resource) {
  *change.mutable_programme_role() = ToProto(resource);
}

void Set(v1::DirectoryChange& change, const Agreement& resource) {
  *change.mutable_agreement() = ToProto(resource);
}

void Set(v1::DirectoryChange& change, const Mandate& resource) {
  *change.mutable_mandate() = ToProto(resource);
}

void Set(v1::DirectoryChange& change, const Credential& resource) {
  *change.mutable_credential() = ToProto(resource);
}

v1::WatchDirectoryResponse ToProto(const DirectoryBatch& batch) {
  v1::WatchDirectoryResponse response;
  for (const DirectoryResource& resource : batch.changes) {
    v1::DirectoryChange& change = *response.add_changes();
    std::visit(
        [&change](const auto& value) {
          Set(change, value);
          change.set_version(value.version);
        },
        resource);
  }
  response.set_cursor(batch.cursor);
  if (batch.current_as_of)
    *response.mutable_current_as_of_time() = aip::ToProto(*batch.current_as_of);
  return response;
}

class DirectoryWatch final : public rpc::WatchSource<v1::WatchDirectoryResponse> {
 public:
  DirectoryWatch(DirectoryFeed& feed, std::string cursor)
      : feed_(feed), cursor_(std::move(cursor)) {}

  absl::StatusOr<Batch> Next(const rpc::CallContext& call) override {
    VSV_ASSIGN_OR_RETURN(const DirectoryBatch next,
                         feed_.Next(cursor_, call.caller.organisation_id, call.deadline));
    cursor_ = next.cursor;
    Batch batch;
    batch.messages.push_back(policy::NoPersonalData(ToProto(next)));
    batch.more = next.more;
    return batch;
  }

 private:
  DirectoryFeed& feed_;
  std::string cursor_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<rpc::WatchSource<v1::WatchDirectoryResponse>>> OpenDirectoryWatch(
    DirectoryFeed& feed, const rpc::CallContext&, const v1::WatchDirectoryRequest& request) {
  return std::make_unique<DirectoryWatch>(feed, request.cursor());
}

}  // namespace vsv::partners
