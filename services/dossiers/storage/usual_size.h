// How large dossiers usually are, as they come from the database.
#pragma once

#include "services/dossiers/domain/page.h"

#include <algorithm>
#include <atomic>
#include <cstddef>

namespace vsv::dossiers {

// Remembered from page to page, so that the next one is read by one statement, and of large
// dossiers not many more than it holds. Thread-safe: a size that is lost between two threads does
// no harm.
class UsualSize {
 public:
  void Saw(size_t bytes) {
    const size_t mean = mean_.load(std::memory_order_relaxed);
    mean_.store(std::max<size_t>(mean == 0 ? bytes : mean - mean / kMemory + bytes / kMemory, 1),
                std::memory_order_relaxed);
  }

  // Dossiers to ask for first.
  int FirstOf(const PageLimits& limits) const {
    const size_t mean = mean_.load(std::memory_order_relaxed);
    if (mean == 0) return std::min(limits.rows, kFirstPortion);
    const size_t fitting = limits.bytes / mean;
    if (fitting >= static_cast<size_t>(limits.rows)) return limits.rows;
    return std::min(limits.rows, PortionFor(static_cast<int>(fitting)));
  }

 private:
  static constexpr size_t kMemory = 16;  // dossiers, about

  std::atomic<size_t> mean_ = 0;  // 0: none was seen
};

}  // namespace vsv::dossiers
