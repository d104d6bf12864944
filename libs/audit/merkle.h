// The Merkle tree of RFC 6962 (section 2.1) over leaves that come one after another. Only its right
// edge is kept, so that a leaf costs O(1) and a root O(log n), whatever came before.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vsv::audit {

inline constexpr size_t kHashBytes = 32;

// SHA-256 of 0x00 and the leaf's data. All hashes are raw bytes.
std::string LeafHash(absl::string_view data);
// SHA-256 of 0x01 and both children.
std::string NodeHash(absl::string_view left, absl::string_view right);

class Frontier {
 public:
  Frontier() = default;

  // As kept by peaks(). INVALID_ARGUMENT when a tree of `size` leaves has another edge.
  static absl::StatusOr<Frontier> Parse(int64_t size, absl::string_view peaks);

  void Append(std::string leaf_hash);

  std::string Root() const;

  int64_t size() const { return static_cast<int64_t>(size_); }

  // The roots of the perfect trees that the tree consists of, the largest first, in a row.
  std::string peaks() const;

 private:
  uint64_t size_ = 0;
  std::vector<std::string> peaks_;
};

}  // namespace vsv::audit
