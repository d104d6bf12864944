// How an indicator stands for one slice: the last known figure, and the ambition it is held
// against.
#pragma once

#include "services/outcomes/domain/ambition.h"
#include "services/outcomes/domain/figure.h"
#include "services/outcomes/domain/figure_store.h"
#include "services/outcomes/domain/indicator.h"

#include "absl/types/span.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

struct StatusQuestion {
  std::string indicator_id;
  std::string organisation_id;
  Level level = Level::kTotal;
  std::optional<std::string> ambition_id;
};

// What is known for a batch of questions.
struct StatusFacts {
  std::map<std::string, Indicator> indicators;  // those that exist, by id
  std::map<std::string, Ambition> ambitions;    // likewise
  std::vector<std::vector<Figure>> figures;     // slices per question, in order
};

struct IndicatorStatus {
  std::optional<MeasureUnit> unit;  // absent when the indicator is unknown
  std::optional<Figure> figure;     // the institution's last, school years before reporting years
  std::optional<AmbitionTarget> target;  // for the figure's period
  Outcome outcome = Outcome::kNotJudged;
  std::string explanation;
};

// The definition whose figures answer the question: the ambition's, or the indicator's last.
int DefinitionFor(const StatusQuestion& question, const StatusFacts& facts);

// All slices that an ambition is judged by.
SlicesQuery SlicesOf(const Ambition& ambition, absl::Time as_known);

// Never fails: what is missing is said in the explanation.
IndicatorStatus StatusOf(const StatusQuestion& question, const StatusFacts& facts,
                         absl::Span<const Figure> figures);

}  // namespace vsv::outcomes
