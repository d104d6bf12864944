#include "tests/faults/overload.h"

#include "absl/strings/str_cat.h"

#include <algorithm>

namespace vsv::faults {
namespace {

constexpr double kRecovered = 0.8;
constexpr int kRecoverySeconds = 10;

int64_t Offered(const LoadSecond& second) {
  return second.offered;
}

// What takes something back is work as well.
int64_t Good(const LoadSecond& second) {
  return second.done + second.taken_back;
}

double MedianOf(const std::vector<LoadSecond>& seconds, Phase phase,
                int64_t (*number)(const LoadSecond&)) {
  std::vector<int64_t> values;
  for (const LoadSecond& second : seconds)
    if (second.phase == phase) values.push_back(number(second));
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return static_cast<double>(values[values.size() / 2]);
}

bool Recovered(const LoadSecond& second) {
  return second.offered > 0 &&
         static_cast<double>(second.done) >= kRecovered * static_cast<double>(second.offered);
}

int RecoveryOf(const std::vector<LoadSecond>& seconds) {
  int passed = 0;
  int relapsed = 0;  // in which second last
  for (const LoadSecond& second : seconds) {
    if (second.phase != Phase::kRecovery) continue;
    ++passed;
    if (!Recovered(second)) relapsed = passed;
  }
  return relapsed == passed ? -1 : relapsed + 1;
}

}  // namespace

OverloadReport JudgeOverload(const std::vector<LoadSecond>& seconds, const OverloadBounds& bounds) {
  OverloadReport report;
  report.peak = MedianOf(seconds, Phase::kPeak, Good);
  report.goodput = MedianOf(seconds, Phase::kOverload, Good);
  report.offered = MedianOf(seconds, Phase::kOverload, Offered);
  report.recovery_seconds = RecoveryOf(seconds);
  int64_t failed = 0;
  int64_t taken_back = 0;  // under overload
  int64_t lost = 0;
  for (const LoadSecond& second : seconds) {
    failed += second.failed;
    lost += second.lost;
    if (second.phase == Phase::kOverload) taken_back += second.taken_back;
  }
  std::vector<std::string>& broken = report.broken;
  if (report.peak == 0) broken.push_back("nothing was done at peak: all else is measured by it");
  if (report.offered < bounds.factor * report.peak)
    broken.push_back(absl::StrCat("only ", report.offered, " a second were offered: no overload"));
  if (report.goodput < bounds.good_share * report.peak) {
    broken.push_back(absl::StrCat("goodput ", report.goodput, " a second under overload, ",
                                  report.peak, " at peak"));
  }
  if (static_cast<double>(lost) > bounds.lost_share * static_cast<double>(taken_back + lost)) {
    broken.push_back(absl::StrCat(lost, " of ", taken_back + lost,
                                  " withdrawals and erasures were shed, late or failed"));
  }
  if (taken_back == 0) broken.push_back("nothing was taken back under overload");
  if (failed > 0)
    broken.push_back(absl::StrCat(failed, " calls failed otherwise than shed or late"));
  if (report.recovery_seconds < 0 || report.recovery_seconds > kRecoverySeconds) {
    broken.push_back(absl::StrCat("not recovered within ", kRecoverySeconds, " s"));
  }
  return report;
}

}  // namespace vsv::faults
