// One page of a list.
#pragma once

#include <cstddef>
#include <vector>

namespace vsv::dossiers {

// Where a page ends: behind so many rows, or behind the row with which it has become so large.
struct PageLimits {
  int rows = 50;
  size_t bytes = size_t{1} << 20;  // as they come from the database
};

template <typename Row>
struct Page {
  std::vector<Row> rows;  // at least one when there is more
  bool more = false;      // there may be others behind the last of them
};

}  // namespace vsv::dossiers
