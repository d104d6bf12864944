// Page tokens (AIP-158): opaque to the client, made by this deployment only, and bound to the query
// they continue.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/message.h"
#include "google/protobuf/repeated_field.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace vsv::aip {

// Makes and reads page tokens under one secret key, which all servers of a service share.
// Immutable, thread-safe.
//
// A token holds the sort key of the last row of its page (keyset paging: the last page is as fast
// as the first). It is authenticated, not encrypted: put no personal data into a sort key.
class PageTokens {
 public:
  explicit PageTokens(std::string key) : key_(std::move(key)) {}

  // The token that continues `request` behind the row with this sort key, for this caller (an
  // organisation id).
  std::string Make(const google::protobuf::Message& request, absl::string_view caller,
                   absl::Span<const std::string> sort_key) const;

  // The sort key in the `page_token` of `request`; empty when the request has none, i.e. for the
  // first page. A token that was forged, made for another caller or method, or used with changed
  // arguments (page_size may change) is refused with PAGE_TOKEN_INVALID.
  absl::StatusOr<std::vector<std::string>> Read(const google::protobuf::Message& request,
                                                absl::string_view caller) const;

 private:
  std::string Authenticate(const google::protobuf::Message& request, absl::string_view caller,
                           absl::string_view payload) const;

  std::string key_;
};

// A page ends behind the resource with which it has become so large, however many were asked for:
// clients of gRPC take no message of more than 4 MiB unless they are told to.
inline constexpr size_t kFullPageBytes = size_t{1} << 20;

// Appends what `convert` makes of the rows, until the page has `size` messages or is as large as a
// page gets. Returns how many rows are in it.
template <typename Rows, typename Message, typename Convert>
size_t FillPage(const Rows& rows, size_t size, google::protobuf::RepeatedPtrField<Message>& page,
                Convert convert) {
  size_t given = 0;
  size_t bytes = 0;
  for (const auto& row : rows) {
    if (given == size || bytes >= kFullPageBytes) break;
    Message& message = *page.Add();
    message = convert(row);
    bytes += message.ByteSizeLong();
    ++given;
  }
  return given;
}

struct PageSizeLimits {
  int default_size = 50;
  int max_size = 1000;
};

// The number of rows to give: the default for 0, at most the maximum. FIELD_INVALID on page_size
// when negative.
absl::StatusOr<int> PageSize(int requested, const PageSizeLimits& limits = {});

}  // namespace vsv::aip
