// Cursors: where a subscriber of a change feed stands. Opaque to it, authenticated, and worth
// something only to the subscriber and for the filter that they were made for.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace vsv::feed {

// Last position seen, per region. A cursor over several regions is a vector.
using Positions = std::map<std::string, int64_t>;

struct Cursor {
  std::string epoch;
  Positions positions;
  std::string subscriber;  // organisation id or service name
  std::string
      filter_hash;  // of whatever else decides what the subscriber gets: regions asked, purpose
  std::string
      snapshot;  // the service's own note of how far the snapshot has come; "" = following the tail
};

// What the reader of a cursor expects of it.
struct CursorExpectation {
  std::string epoch;
  std::string subscriber;
  std::string filter_hash;
};

// Makes and reads cursors under one secret key, which all servers of a service share. Immutable,
// thread-safe. Authenticated, not encrypted: put no personal data into it.
class Cursors {
 public:
  explicit Cursors(std::string key) : key_(std::move(key)) {}

  // base64url text.
  std::string Make(const Cursor& cursor) const;

  // Errors: CURSOR_INVALID (forged, of another subscriber or filter), CURSOR_EXPIRED (of another
  // epoch).
  absl::StatusOr<Cursor> Read(absl::string_view text, const CursorExpectation& expected) const;

 private:
  std::string key_;
};

}  // namespace vsv::feed
