#include "tests/faults/load_seconds.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include <algorithm>
#include <array>

namespace vsv::faults {
namespace {

constexpr std::array<const char*, 3> kPhases = {"peak", "overload", "recovery"};
constexpr std::array<int64_t LoadSecond::*, 7> kNumbers = {
    &LoadSecond::offered, &LoadSecond::done,       &LoadSecond::shed, &LoadSecond::late,
    &LoadSecond::failed,  &LoadSecond::taken_back, &LoadSecond::lost};
// By Ending.
constexpr std::array<int64_t LoadSecond::*, 4> kEndings = {&LoadSecond::done, &LoadSecond::shed,
                                                           &LoadSecond::late, &LoadSecond::failed};

}  // namespace

void LoadSeconds::Enter(Phase phase) {
  const LoadSecond before = now_;
  now_ = {phase};
  now_.failed = before.failed;
  now_.lost = before.lost;
}

Phase LoadSeconds::Begin(bool takes_back) {
  if (!takes_back) ++now_.offered;
  return now_.phase;
}

void LoadSeconds::End(Phase begun_in, bool takes_back, Ending ending) {
  int64_t LoadSecond::*number = kEndings[static_cast<size_t>(ending)];
  if (takes_back) number = ending == Ending::kDone ? &LoadSecond::taken_back : &LoadSecond::lost;
  const bool is_wrong = number == &LoadSecond::failed || number == &LoadSecond::lost;
  if (is_wrong || begun_in == now_.phase) ++(now_.*number);
}

void LoadSeconds::Close() {
  closed_.push_back(now_);
  now_ = {now_.phase};
}

std::vector<LoadSecond> LoadSeconds::Closed() const {
  std::vector<LoadSecond> seconds = closed_;
  if (!seconds.empty()) {
    seconds.back().failed += now_.failed;
    seconds.back().lost += now_.lost;
  }
  return seconds;
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
