#include "tests/faults/overload.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include <algorithm>
#include <array>

namespace vsv::faults {
namespace {

constexpr double kRecovered = 0.8;
constexpr int kRecoverySeconds = 10;
constexpr std::array<const char*, 3> kPhases = {"peak", "overload", "recovery"};
constexpr std::array<int64_t LoadSecond::*, 7> kNumbers = {
    &LoadSecond::offered, &LoadSecond::done,       &LoadSecond::shed, &LoadSecond::late,
    &LoadSecond::failed,  &LoadSecond::taken_back, &LoadSecond::lost};

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

int RecoveryOf(const std::vector<LoadSecond>& seconds) {
  int passed = 0;
  for (const LoadSecond& second : seconds) {
    if (second.phase != Phase::kRecovery) continue;
    ++passed;
    if (second.offered > 0 &&
        static_cast<double>(second.done) >= kRecovered * static_cast<double>(second.offered)) {
      return passed;
    }
  }
  return -1;
}

}  // namespace

OverloadReport JudgeOverload(const std::vector<LoadSecond>& seconds, double factor,
                             double good_share) {
  OverloadReport report;
  report.peak = MedianOf(seconds, Phase::kPeak, Good);
  report.goodput = MedianOf(seconds, Phase::kOverload, Good);
  report.offered = MedianOf(seconds, Phase::kOverload, Offered);
  report.recovery_seconds = RecoveryOf(seconds);
  int64_t failed = 0;
  int64_t taken_back = 0;
  int64_t lost = 0;
  for (const LoadSecond& second : seconds) {
    failed += second.failed;
    lost += second.lost;
    if (second.phase == Phase::kOverload) taken_back += second.taken_back;
  }
  std::vector<std::string>& broken = report.broken;
  if (report.offered < factor * report.peak)
    broken.push_back(absl::StrCat("only ", report.offered, " a second were offered: no overload"));
  if (report.goodput < good_share * report.peak) {
    broken.push_back(absl::StrCat("goodput ", report.goodput, " a second under overload, ",
                                  report.peak, " at peak"));
  }
  if (lost > 0)
    broken.push_back(absl::StrCat(lost, " withdrawals and erasures were shed, late or failed"));
  if (taken_back == 0) broken.push_back("nothing was taken back under overload");
  if (failed > 0)
    broken.push_back(absl::StrCat(failed, " calls failed otherwise than shed or late"));
  if (report.recovery_seconds < 0 || report.recovery_seconds > kRecoverySeconds) {
    broken.push_back(absl::StrCat("not recovered within ", kRecoverySeconds, " s"));
  }
  return report;
}

std::vector<std::string> ToRow(const LoadSecond& second) {
  std::vector<std::string> row = {kPhases[static_cast<size_t>(second.phase)]};
  for (const auto number : kNumbers) row.push_back(absl::StrCat(second.*number));
  return row;
}

bool FromRow(const std::vector<std::string>& row, LoadSecond& second) {
  if (row.size() != kNumbers.size() + 1) return false;
  const auto phase = std::find(kPhases.begin(), kPhases.end(), row[0]);
  if (phase == kPhases.end()) return false;
  second.phase = static_cast<Phase>(phase - kPhases.begin());
  for (size_t i = 0; i < kNumbers.size(); ++i)
    if (!absl::SimpleAtoi(row[i + 1], &(second.*kNumbers[i]))) return false;
  return true;
}

}  // namespace vsv::faults
