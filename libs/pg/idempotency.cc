#include "libs/pg/idempotency.h"

#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/pg/statements.h"

#include "absl/strings/ascii.h"

#include <set>
#include <tuple>
#include <utility>

namespace vsv::pg {
namespace {

using KeyTuple = std::tuple<std::string, std::string, std::string, std::string>;

// PostgreSQL writes UUIDs in lower case.
KeyTuple TupleOf(const IdempotencyKey& key) {
  return {key.caller, key.method, key.region, absl::AsciiStrToLower(key.request_id)};
}

// $1..$4 of every statement on request records.
Params KeyParams(absl::Span<const IdempotencyKey> keys) {
  std::vector<std::string> callers;
  std::vector<std::string> methods;
  std::vector<std::string> regions;
  std::vector<std::string> request_ids;
  for (const IdempotencyKey& key : keys) {
    callers.push_back(key.caller);
    methods.push_back(key.method);
    regions.push_back(key.region);
    request_ids.push_back(key.request_id);
  }
  Params params;
  params.TextArray(callers).TextArray(methods).TextArray(regions).TextArray(request_ids);
  return params;
}

absl::StatusOr<std::set<KeyTuple>> InsertNew(Transaction& tx, absl::Span<const IdempotencyKey> keys,
                                             absl::Span<const std::string> references) {
  std::vector<std::string> hashes;
  for (const IdempotencyKey& key : keys) hashes.push_back(key.body_hash);
  VSV_ASSIGN_OR_RETURN(
      const Result rows,
      tx.Execute(sql::kClaimRequestIds, KeyParams(keys).BytesArray(hashes).TextArray(references)));
  std::set<KeyTuple> claimed;
  for (const Row row : rows) {
    claimed.emplace(row.Text("caller"), row.Text("method"), row.Text("region_id"),
                    row.Text("request_id"));
  }
  return claimed;
}

}  // namespace

absl::StatusOr<std::vector<absl::StatusOr<std::optional<Replay>>>> ClaimRequestIds(
    Transaction& tx, absl::Span<const IdempotencyKey> keys,
    absl::Span<const std::string> references) {
  if (!references.empty() && references.size() != keys.size())
    return errors::Internal("references and keys differ in number");
  std::vector<absl::StatusOr<std::optional<Replay>>> verdicts(keys.size(), std::optional<Replay>());
  if (keys.empty()) return verdicts;
  VSV_ASSIGN_OR_RETURN(const std::set<KeyTuple> claimed, InsertNew(tx, keys, references));
  std::vector<IdempotencyKey> known;
  std::vector<size_t> places;
  for (size_t i = 0; i < keys.size(); ++i) {
    if (claimed.contains(TupleOf(keys[i]))) continue;
    known.push_back(keys[i]);
    places.push_back(i);
  }
  if (known.empty()) return verdicts;
  VSV_ASSIGN_OR_RETURN(const Result rows, tx.Execute(sql::kGetRequestRecords, KeyParams(known)));
  // The claim has locked these rows, so that none can have gone.
  if (rows.size() != static_cast<int>(known.size()))
    return errors::Internal("a locked request record is missing");
  for (const Row row : rows) {
    const auto nth = static_cast<size_t>(row.Int("place") - 1);
    // An empty hash: what the request said was erased, with what it made.
    const std::string body_hash = row.Bytes("body_hash");
    if (body_hash.empty() || body_hash == known[nth].body_hash) {
      verdicts[places[nth]] =
          std::optional<Replay>(Replay{row.OptionalText("reference").value_or("")});
    } else {
      verdicts[places[nth]] = errors::RequestIdReused();
    }
  }
  return verdicts;
}

absl::Status RecordReference(Transaction& tx, const IdempotencyKey& key,
                             absl::string_view reference) {
  return RecordReferences(tx, {key}, {std::string(reference)});
}

absl::Status RecordReferences(Transaction& tx, absl::Span<const IdempotencyKey> keys,
                              absl::Span<const std::string> references) {
  if (keys.size() != references.size())
    return errors::Internal("references and keys differ in number");
  if (keys.empty()) return absl::OkStatus();
  VSV_ASSIGN_OR_RETURN(const Result result,
                       tx.Execute(sql::kRecordReferences, KeyParams(keys).TextArray(references)));
  if (result.affected_rows() != static_cast<int64_t>(keys.size())) {
    return errors::Internal("a reference for a request id that was not claimed");
  }
  return absl::OkStatus();
}

absl::StatusOr<int64_t> PurgeExpiredRequests(Transaction& tx, int64_t limit) {
  VSV_ASSIGN_OR_RETURN(const Result result,
                       tx.Execute(sql::kPurgeExpiredRequests, Params().Int(limit)));
  return result.affected_rows();
}

}  // namespace vsv::pg
