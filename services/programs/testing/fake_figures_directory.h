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

  absl::StatusOr<std::vector<Figure>> Look(absl::Span<const IndicatorLink> links, absl::CivilDay,
                                           absl::Time) override {
    asked_.assign(links.begin(), links.end());
    return answer_;
  }

  // The links it was asked for last.
  const std::vector<IndicatorLink>& asked() const { return asked_; }

 private:
  std::vector<IndicatorLink> asked_;
  absl::StatusOr<std::vector<Figure>> answer_ = absl::UnavailableError("away");
};

}  // namespace vsv::programs
