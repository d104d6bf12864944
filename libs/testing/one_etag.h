// Many writers that read the same version.
#pragma once

#include "libs/testing/status_matchers.h"

#include "absl/status/status.h"
#include "gtest/gtest.h"

#include <functional>
#include <thread>
#include <vector>

namespace vsv::testing {

// Runs `write` of writers 0..7 at the same time, all on one etag: exactly one wins, and the others
// are told that the resource has changed.
inline void ExpectExactlyOneWins(const std::function<absl::Status(int writer)>& write) {
  std::vector<absl::Status> verdicts(8);
  std::vector<std::thread> writers;
  for (size_t i = 0; i < verdicts.size(); ++i) {
    writers.emplace_back([&, i] { verdicts[i] = write(static_cast<int>(i)); });
  }
  for (std::thread& writer : writers) writer.join();
  int won = 0;
  for (const absl::Status& verdict : verdicts) {
    if (verdict.ok()) {
      ++won;
    } else {
      EXPECT_THAT(verdict, HasReason("ETAG_MISMATCH"));
    }
  }
  EXPECT_EQ(won, 1);
}

}  // namespace vsv::testing
