// Port to the outcomes service: figures for the indicators of a line. Owned here, implemented in
// clients/.
#pragma once

#include "services/programs/domain/program.h"

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::programs {

// Standing of a figure.
enum class FigureState : uint8_t { kNone, kProvisional, kDefinitive, kRestated };

// Verdict of the outcomes service on an ambition.
enum class AmbitionVerdict : uint8_t { kNotJudged, kMet, kNotMet };

// What outcomes knows for one link.
struct Figure {
  std::string school_year{};      // "2021-2022"; empty when there is none
  std::optional<double> value{};  // in `unit`; nullopt when there is none or it is withheld
  std::string unit{};
  FigureState state = FigureState::kNone;
  std::optional<double> target{};
  AmbitionVerdict verdict = AmbitionVerdict::kNotJudged;
  std::string explanation{};  // one line
  friend bool operator==(const Figure&, const Figure&) = default;
};

// Thread-safe.
class FiguresDirectory {
 public:
  virtual ~FiguresDirectory() = default;
  // One figure per link, in order, as known at the end of `reference`; a link without a figure has
  // kNone and an explanation. UNAVAILABLE or DEADLINE_EXCEEDED when outcomes is away: the caller
  // names it and answers without.
  virtual absl::StatusOr<std::vector<Figure>> Look(absl::Span<const IndicatorLink> links,
                                                   absl::CivilDay reference,
                                                   absl::Time deadline) = 0;
};

}  // namespace vsv::programs
