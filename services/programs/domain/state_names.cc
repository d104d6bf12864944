#include "services/programs/domain/state_names.h"

#include <array>
#include <utility>

namespace vsv::programs {
namespace {

template <typename Enum, size_t N>
using Names = std::array<std::pair<Enum, absl::string_view>, N>;

constexpr Names<MeasureState, 4> kMeasureStates = {{{MeasureState::kPlanned, "PLANNED"},
                                                    {MeasureState::kRunning, "RUNNING"},
                                                    {MeasureState::kDone, "DONE"},
                                                    {MeasureState::kStopped, "STOPPED"}}};
constexpr Names<ResultState, 4> kResultStates = {{{ResultState::kPlanned, "PLANNED"},
                                                  {ResultState::kInProgress, "IN_PROGRESS"},
                                                  {ResultState::kReached, "REACHED"},
                                                  {ResultState::kDropped, "DROPPED"}}};
constexpr Names<Process, 3> kProcesses = {{{Process::kTransition, "TRANSITION"},
                                           {Process::kWarmHandover, "WARM_HANDOVER"},
                                           {Process::kFirstYear, "FIRST_YEAR"}}};

template <typename Enum, size_t N>
absl::string_view Find(const Names<Enum, N>& names, Enum value) {
  for (const auto& [candidate, name] : names) {
    if (candidate == value) return name;
  }
  return "";
}

template <typename Enum, size_t N>
std::optional<Enum> Find(const Names<Enum, N>& names, absl::string_view wanted) {
  for (const auto& [candidate, name] : names) {
    if (name == wanted) return candidate;
  }
  return std::nullopt;
}

}  // namespace

absl::string_view NameOf(MeasureState state) {
  return Find(kMeasureStates, state);
}

absl::string_view NameOf(ResultState state) {
  return Find(kResultStates, state);
}

absl::string_view NameOf(Process process) {
  return Find(kProcesses, process);
}

std::optional<MeasureState> MeasureStateOf(absl::string_view name) {
  return Find(kMeasureStates, name);
}

std::optional<ResultState> ResultStateOf(absl::string_view name) {
  return Find(kResultStates, name);
}

std::optional<Process> ProcessOf(absl::string_view name) {
  return Find(kProcesses, name);
}

}  // namespace vsv::programs
