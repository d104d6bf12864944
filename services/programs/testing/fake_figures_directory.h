// Figures as a test sets them.
#pragma once

#include "services/programs/domain/figures_directory.h"

#include <utility>
#include <vector>

namespace vsv::programs {

// Away until it is given something.
class FakeFiguresDirectory : public FiguresDirectory {
 public:
  void Answer(absl::StatusOr<std::vector<Figure>> answer) { answer_ = std::move(answer); }

  absl::StatusOr<std::vector<Figure>> Look(absl::Span<const IndicatorLink>, absl::CivilDay,
                                           absl::Time) override {
    return answer_;
  }

 private:
  absl::StatusOr<std::vector<Figure>> answer_ = absl::UnavailableError("away");
};

}  // namespace vsv::programs
