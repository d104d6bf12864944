#include "libs/feed/cursor.h"

#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include <optional>
#include <vector>

namespace vsv::feed {
namespace {

constexpr absl::string_view kVersion = "c1";
constexpr size_t kMacBytes = 16;

// Fields with their length before them, so that no two cursors have one text.
void AppendField(std::string& out, absl::string_view field) {
  absl::StrAppend(&out, field.size(), ":", field);
}

std::optional<std::vector<std::string>> SplitFields(absl::string_view text) {
  std::vector<std::string> fields;
  while (!text.empty()) {
    const size_t colon = text.find(':');
    size_t length = 0;
    if (colon == absl::string_view::npos || !absl::SimpleAtoi(text.substr(0, colon), &length))
      return std::nullopt;
    text.remove_prefix(colon + 1);
    if (length > text.size()) return std::nullopt;
    fields.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return fields;
}

std::string Serialize(const Cursor& cursor) {
  std::string out;
  for (const absl::string_view field :
       {kVersion, absl::string_view(cursor.epoch), absl::string_view(cursor.subscriber),
        absl::string_view(cursor.filter_hash), absl::string_view(cursor.snapshot)}) {
    AppendField(out, field);
  }
  for (const auto& [region, position] : cursor.positions) {
    AppendField(out, region);
    AppendField(out, absl::StrCat(position));
  }
  return out;
}

std::optional<Cursor> Deserialize(absl::string_view text) {
  std::optional<std::vector<std::string>> fields = SplitFields(text);
  if (!fields.has_value() || fields->size() < 5 || fields->size() % 2 == 0 ||
      (*fields)[0] != kVersion) {
    return std::nullopt;
  }
  Cursor cursor{(*fields)[1], {}, (*fields)[2], (*fields)[3], (*fields)[4]};
  for (size_t i = 5; i < fields->size(); i += 2) {
    int64_t position = 0;
    if (!absl::SimpleAtoi((*fields)[i + 1], &position) || position < 0) return std::nullopt;
    cursor.positions.emplace((*fields)[i], position);
  }
  return cursor;
}

std::string Mac(absl::string_view key, absl::string_view text) {
  // The label keeps what other tokens are authenticated with the same key apart.
  return base::HmacSha256(key, absl::StrCat("vsv.feed.cursor|", text)).substr(0, kMacBytes);
}

}  // namespace

std::string Cursors::Make(const Cursor& cursor) const {
  const std::string text = Serialize(cursor);
  return base::Base64UrlEncode(absl::StrCat(Mac(key_, text), text));
}

absl::StatusOr<Cursor> Cursors::Read(absl::string_view text,
                                     const CursorExpectation& expected) const {
  const std::optional<std::string> bytes = base::Base64UrlDecode(text);
  if (!bytes.has_value() || bytes->size() < kMacBytes) return errors::CursorInvalid();
  const absl::string_view body = absl::string_view(*bytes).substr(kMacBytes);
  if (!base::ConstantTimeEquals(absl::string_view(*bytes).substr(0, kMacBytes), Mac(key_, body))) {
    return errors::CursorInvalid();
  }
  std::optional<Cursor> cursor = Deserialize(body);
  if (!cursor.has_value() || cursor->subscriber != expected.subscriber ||
      cursor->filter_hash != expected.filter_hash) {
    return errors::CursorInvalid();
  }
  if (cursor->epoch != expected.epoch)
    return errors::CursorExpired("the cursor is of an earlier epoch of the feed");
  return *std::move(cursor);
}

}  // namespace vsv::feed
