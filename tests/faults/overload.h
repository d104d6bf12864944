// What a service does when far more is asked than it can do, second by second, and the judgement.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vsv::faults {

enum class Phase { kPeak, kOverload, kRecovery };

// One second of load as the clients saw it, by the second in which a call ended.
struct LoadSecond {
  Phase phase = Phase::kPeak;
  int64_t offered = 0;     // calls begun
  int64_t done = 0;        // answered in time, with effect
  int64_t shed = 0;        // RESOURCE_EXHAUSTED
  int64_t late = 0;        // DEADLINE_EXCEEDED
  int64_t failed = 0;      // anything else
  int64_t taken_back = 0;  // withdrawals and erasures done
  int64_t lost = 0;        // withdrawals and erasures shed, late or failed
};

struct OverloadReport {
  double peak = 0;                  // done per second, median of the seconds at peak
  double goodput = 0;               // likewise under overload
  double offered = 0;               // likewise asked for
  int recovery_seconds = 0;         // until a second reached 80 % of what was offered; -1: never
  std::vector<std::string> broken;  // promises, in words
};

// The promises: goodput of at least `good_share` of the peak when at least `factor` times the peak
// is offered, no withdrawal or erasure lost, nothing failed in another way than by being shed or
// late, and within 10 s after the overload a second in which at least 80 % of what was asked was
// done.
OverloadReport JudgeOverload(const std::vector<LoadSecond>& seconds, double factor,
                             double good_share = 0.8);

// Rows of overload.tsv: phase and the numbers of a LoadSecond in order.
std::vector<std::string> ToRow(const LoadSecond& second);
// False for a row of another shape.
bool FromRow(const std::vector<std::string>& row, LoadSecond& second);

}  // namespace vsv::faults
