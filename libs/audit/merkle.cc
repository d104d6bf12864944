#include "libs/audit/merkle.h"

#include "libs/base/hash.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <bit>
#include <utility>

namespace vsv::audit {
namespace {

constexpr absl::string_view kLeaf("\0", 1);
constexpr absl::string_view kNode("\1", 1);

}  // namespace

std::string LeafHash(absl::string_view data) {
  return base::Sha256(absl::StrCat(kLeaf, data));
}

std::string NodeHash(absl::string_view left, absl::string_view right) {
  return base::Sha256(absl::StrCat(kNode, left, right));
}

absl::StatusOr<Frontier> Frontier::Parse(int64_t size, absl::string_view peaks) {
  Frontier frontier;
  frontier.size_ = static_cast<uint64_t>(size);
  const auto expected = static_cast<size_t>(std::popcount(frontier.size_)) * kHashBytes;
  if (size < 0 || peaks.size() != expected) {
    return absl::InvalidArgumentError(
        absl::StrCat("the edge of a tree of ", size, " leaves has not ", peaks.size(), " bytes"));
  }
  for (size_t at = 0; at < peaks.size(); at += kHashBytes) {
    frontier.peaks_.emplace_back(peaks.substr(at, kHashBytes));
  }
  return frontier;
}

void Frontier::Append(std::string leaf_hash) {
  peaks_.push_back(std::move(leaf_hash));
  ++size_;
  // Each trailing zero of the new size is a pair of perfect trees of one size that became one.
  for (uint64_t pairs = size_; pairs % 2 == 0; pairs /= 2) {
    const std::string right = std::move(peaks_.back());
    peaks_.pop_back();
    peaks_.back() = NodeHash(peaks_.back(), right);
  }
}

std::string Frontier::Root() const {
  if (peaks_.empty()) return base::Sha256("");
  std::string root = peaks_.back();
  for (size_t i = peaks_.size() - 1; i > 0; --i) root = NodeHash(peaks_[i - 1], root);
  return root;
}

std::string Frontier::peaks() const {
  return absl::StrJoin(peaks_, "");
}

}  // namespace vsv::audit
