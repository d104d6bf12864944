// One page of a list.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace vsv::dossiers {

// Where a page ends: behind so many rows, or behind the row with which it has become so large.
struct PageLimits {
  int rows = 50;
  size_t bytes = size_t{1} << 20;  // as they come from the database
};

// Dossiers to ask for as long as it is not known how large they are: one may be larger than a page.
inline constexpr int kFirstPortion = 16;

// Rows to ask for where so many are expected to have a place: some more, because another statement
// costs more than they do.
constexpr int PortionFor(int fitting) {
  return fitting + fitting / 8 + 1;
}

// A page that is being filled, in portions by which little is read that has no place in it.
class PageFill {
 public:
  // `first`: rows to ask for as long as none was seen.
  PageFill(const PageLimits& limits, int first) : limits_(limits), first_(first) {}

  void Add(size_t bytes) {
    ++rows_;
    bytes_ += bytes;
  }

  bool full() const { return rows_ >= limits_.rows || bytes_ >= limits_.bytes; }

  // Rows to ask for next, unless it is full: those that fit in if they are as those before were.
  int portion() const {
    const int left = limits_.rows - rows_;
    if (rows_ == 0) return std::min(left, first_);
    const size_t mean = std::max<size_t>(bytes_ / static_cast<size_t>(rows_), 1);
    const size_t fitting = (limits_.bytes - bytes_) / mean;
    if (fitting >= static_cast<size_t>(left)) return left;
    return std::min(left, PortionFor(static_cast<int>(fitting)));
  }

 private:
  PageLimits limits_;
  int first_;
  int rows_ = 0;
  size_t bytes_ = 0;
};

template <typename Row>
struct Page {
  std::vector<Row> rows;  // at least one when there is more
  bool more = false;      // there may be others behind the last of them
};

}  // namespace vsv::dossiers
