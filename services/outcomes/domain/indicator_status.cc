#include "services/outcomes/domain/indicator_status.h"

#include <tuple>
#include <utility>

namespace vsv::outcomes {
namespace {

const Ambition* AmbitionFor(const StatusQuestion& question, const StatusFacts& facts) {
  if (!question.ambition_id.has_value()) return nullptr;
  const auto entry = facts.ambitions.find(*question.ambition_id);
  if (entry == facts.ambitions.end()) return nullptr;
  const Ambition& ambition = entry->second;
  const bool fits = ambition.indicator_id == question.indicator_id &&
                    ambition.organisation_id == question.organisation_id &&
                    ambition.level == question.level;
  return fits ? &ambition : nullptr;
}

std::optional<Figure> LastOfInstitution(absl::Span<const Figure> figures) {
  std::optional<Figure> last;
  const auto rank = [](const Figure& figure) {
    const Period& period = figure.key.slice.period;
    // A published figure is shown before an own estimate of the same period.
    return std::make_tuple(period.school_year, period.first_year,
                           figure.key.origin == FigureOrigin::kPublished);
  };
  for (const Figure& figure : figures) {
    if (figure.key.slice.kind != SliceKind::kInstitution) continue;
    if (!last.has_value() || rank(*last) < rank(figure)) last = figure;
  }
  return last;
}

}  // namespace

int DefinitionFor(const StatusQuestion& question, const StatusFacts& facts) {
  const Ambition* const ambition = AmbitionFor(question, facts);
  if (ambition != nullptr) return ambition->definition_version;
  const auto indicator = facts.indicators.find(question.indicator_id);
  if (indicator == facts.indicators.end() || indicator->second.definitions.empty()) return 1;
  return indicator->second.definitions.back().version;
}

SlicesQuery SlicesOf(const Ambition& ambition, absl::Time as_known) {
  return {ambition.indicator_id, ambition.definition_version, ambition.organisation_id,
          ambition.level, as_known};
}

IndicatorStatus StatusOf(const StatusQuestion& question, const StatusFacts& facts,
                         absl::Span<const Figure> figures) {
  IndicatorStatus status;
  const auto indicator = facts.indicators.find(question.indicator_id);
  if (indicator == facts.indicators.end()) {
    status.explanation = "there is no such indicator";
    return status;
  }
  status.unit = indicator->second.unit;
  status.figure = LastOfInstitution(figures);
  if (!status.figure.has_value()) {
    status.explanation = "there is no figure for this slice";
    return status;
  }
  const Ambition* const ambition = AmbitionFor(question, facts);
  if (ambition == nullptr) {
    status.explanation = question.ambition_id.has_value()
                             ? "there is no such ambition for this slice"
                             : "there is no ambition to hold it against";
    return status;
  }
  const Period& period = status.figure->key.slice.period;
  if (!ambition->CanBeJudgedIn(period)) {
    status.explanation = "nothing has been measured since the baseline";
    return status;
  }
  Judgement judgement = JudgeAmbition(*ambition, indicator->second, figures, period);
  status.target = judgement.target;
  status.outcome = judgement.verdict.outcome;
  status.explanation = std::move(judgement.verdict.explanation);
  return status;
}

}  // namespace vsv::outcomes
