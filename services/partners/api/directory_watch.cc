#include "services/partners/api/directory_watch.h"

#include "libs/aip/proto_time.h"
#include "libs/base/status_macros.h"
#include "libs/policy/redact.h"
#include "services/partners/api/convert.h"

#include "absl/types/span.h"

#include <cstddef>
#include <cstdint>
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

v1::DirectoryChange ToProto(const DirectoryResource& resource) {
  v1::DirectoryChange change;
  std::visit(
      [&change](const auto& value) {
        Set(change, value);
        change.set_version(value.version);
      },
      resource);
  return change;
}

// The message of as many of the first of `left`, the last changes of the batch, as it takes; they
// are left no more.
v1::WatchDirectoryResponse NextMessage(absl::Span<const DirectoryChange>& left,
                                       const DirectoryBatch& batch) {
  v1::WatchDirectoryResponse message;
  int64_t position = 0;
  for (size_t bytes = 0; !left.empty() && bytes < rpc::kFullMessageBytes; left.remove_prefix(1)) {
    v1::DirectoryChange& change = *message.add_changes();
    change = ToProto(left.front().resource);
    bytes += change.ByteSizeLong();
    position = left.front().position;
  }
  message.set_cursor(batch.cursor_behind(left.empty() ? batch.position : position));
  if (left.empty() && batch.current_as_of)
    *message.mutable_current_as_of_time() = aip::ToProto(*batch.current_as_of);
  return message;
}

class DirectoryWatch final : public rpc::WatchSource<v1::WatchDirectoryResponse> {
 public:
  DirectoryWatch(DirectoryFeed& feed, std::string cursor)
      : feed_(feed), cursor_(std::move(cursor)) {}

  absl::StatusOr<Batch> Next(const rpc::CallContext& call) override {
    VSV_ASSIGN_OR_RETURN(const DirectoryBatch next,
                         feed_.Next(cursor_, call.caller.organisation_id, call.deadline));
    Batch batch;
    batch.more = next.more;
    absl::Span<const DirectoryChange> left = next.changes;
    do {
      v1::WatchDirectoryResponse message = NextMessage(left, next);
      cursor_ = message.cursor();
      batch.messages.push_back(policy::NoPersonalData(std::move(message)));
    } while (!left.empty());
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
