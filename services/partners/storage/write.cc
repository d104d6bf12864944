#include "services/partners/storage/write.h"

#include "libs/base/status_macros.h"
#include "libs/feed/outbox.h"
#include "libs/pg/idempotency.h"

#include "absl/strings/str_cat.h"

#include <vector>

namespace vsv::partners {

namespace {

pg::IdempotencyKey ToIdempotencyKey(const RequestKey& request) {
  return {.caller = request.caller,
          .method = request.method,
          .region = std::string(kNationalRegion),
          .request_id = request.request_id,
          .body_hash = request.body_hash};
}

}  // namespace

std::string FormatKey(const Key& key) {
  return key.parent.empty() ? key.id : absl::StrCat(key.parent, "/", key.id);
}

Key ParseKey(absl::string_view text) {
  const size_t slash = text.find('/');
  if (slash == absl::string_view::npos) return {.parent = "", .id = std::string(text)};
  return {.parent = std::string(text.substr(0, slash)), .id = std::string(text.substr(slash + 1))};
}

absl::StatusOr<std::optional<Key>> ClaimRequest(pg::Transaction& tx, const RequestKey& request) {
  VSV_ASSIGN_OR_RETURN(const auto claims, pg::ClaimRequestIds(tx, {ToIdempotencyKey(request)}));
  VSV_RETURN_IF_ERROR(claims.at(0));
  const std::optional<pg::Replay>& replay = *claims[0];
  if (!replay) return std::optional<Key>();
  return std::optional<Key>(ParseKey(replay->reference));
}

absl::Status RecordEffect(pg::Transaction& tx, const RequestKey& request, const Key& key) {
  return pg::RecordReference(tx, ToIdempotencyKey(request), FormatKey(key));
}

absl::Status PublishChange(pg::Transaction& tx, absl::string_view kind, const Key& key,
                           int64_t version) {
  return feed::AppendOutbox(tx, {feed::OutboxEvent{.region = std::string(kNationalRegion),
                                                   .resource_kind = std::string(kind),
                                                   .resource_id = FormatKey(key),
                                                   .version = version}});
}

}  // namespace vsv::partners
