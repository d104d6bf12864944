// Load second by second, as the clients saw it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vsv::faults {

enum class Phase { kPeak, kOverload, kRecovery };

// How a call ended: with effect, RESOURCE_EXHAUSTED, DEADLINE_EXCEEDED, or otherwise.
enum class Ending { kDone, kShed, kLate, kFailed };

// One second of load, by the second in which a call ended. Of what began in an earlier phase only
// what went wrong counts: `failed` and `lost`.
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

// Counts. A call belongs to the phase in which it began: when an overload is over, some thousand
// calls of it are still to be answered, and whether they are says nothing of the seconds after it.
class LoadSeconds {
 public:
  // A phase begins, and its first second.
  void Enter(Phase phase);
  // A call begins. Returns what its end is to be told with.
  Phase Begin(bool takes_back);
  void End(Phase begun_in, bool takes_back, Ending ending);
  // A second is over, and the next one begins.
  void Close();

  // Those that are over. What went wrong since the last of them counts in it.
  std::vector<LoadSecond> Closed() const;

 private:
  LoadSecond now_;
  std::vector<LoadSecond> closed_;
};

// Rows of overload.tsv: phase and the numbers of a LoadSecond in order.
std::vector<std::string> ToRow(const LoadSecond& second);
// False for a row of another shape.
bool FromRow(const std::vector<std::string>& row, LoadSecond& second);

}  // namespace vsv::faults
