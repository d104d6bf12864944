// What stands around the effect of every write: the request id before it, the change feed behind
// it.
#pragma once

#include "libs/pg/transaction.h"
#include "services/partners/domain/register_store.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <optional>
#include <string>

namespace vsv::partners {

// The register is national.
inline constexpr absl::string_view kNationalRegion = "00";

// Claims a request id. The key of the effect when it was done before; REQUEST_ID_REUSED for another
// body.
absl::StatusOr<std::optional<Key>> ClaimRequest(pg::Transaction& tx, const RequestKey& request);

// Remembers the effect of a request that was claimed in this transaction.
absl::Status RecordEffect(pg::Transaction& tx, const RequestKey& request, const Key& key);

// Announces the new state of a resource, whose row is locked.
absl::Status PublishChange(pg::Transaction& tx, absl::string_view kind, const Key& key,
                           int64_t version);

// A key as one text, "16/0190..." or "roc-midden-nederland", and back.
std::string FormatKey(const Key& key);
Key ParseKey(absl::string_view text);

}  // namespace vsv::partners
