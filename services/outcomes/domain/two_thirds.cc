#include "services/outcomes/domain/two_thirds.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include <algorithm>
#include <compare>
#include <utility>

namespace vsv::outcomes {
namespace {

bool WantsMore(const Goal& goal) {
  if (goal.direction == Direction::kRetain) return goal.better == Better::kHigher;
  return goal.direction == Direction::kHigher;
}

// Equality suffices where a target or the baseline itself is the bar.
bool EqualSuffices(const Goal& goal) {
  return goal.target.has_value() || goal.direction == Direction::kRetain;
}

// The bar a unit must pass; nullopt when it is a baseline that is not known.
std::optional<Decimal> Bar(const Goal& goal, const std::optional<Decimal>& baseline) {
  return goal.target.has_value() ? goal.target : baseline;
}

absl::string_view BarName(const Goal& goal) {
  return goal.target.has_value() ? "target" : "baseline";
}

absl::string_view Relation(const Goal& goal, bool reached) {
  if (EqualSuffices(goal)) {
    if (WantsMore(goal)) return reached ? "is not below" : "is below";
    return reached ? "is not above" : "is above";
  }
  if (WantsMore(goal)) return reached ? "is above" : "is not above";
  return reached ? "is below" : "is not below";
}

// By how much the value would have to change to turn the verdict on it: the smallest step of the
// finer scale beyond the bar.
Decimal GapToTurn(const Goal& goal, const Decimal& bar, const Decimal& measured, bool reached) {
  Decimal gap = Difference(bar, measured);
  // The value may stand on the bar either as reached or as not reached; where it is on the wrong
  // side of "equal", one step more.
  const bool equal_turns = EqualSuffices(goal) ? !reached : reached;
  if (!equal_turns) gap.unscaled += (WantsMore(goal) == reached) ? -1 : 1;
  return gap;
}

Verdict NodeOf(const Unit& unit) {
  Verdict node;
  node.kind = unit.kind;
  node.code = unit.code;
  node.name = unit.name;
  node.baseline = unit.baseline;
  node.measured = unit.measured;
  return node;
}

// Judges a unit by its own value alone; kNotJudged when a value is missing.
Verdict JudgeByValue(const Goal& goal, const Unit& unit) {
  Verdict node = NodeOf(unit);
  const std::optional<Decimal> bar = Bar(goal, unit.baseline);
  if (!unit.measured.has_value() || !bar.has_value()) {
    node.explanation =
        absl::StrCat(unit.name, ": no data (",
                     unit.measured.has_value() ? "baseline" : "measurement", " missing)");
    return node;
  }
  const bool reached = Reaches(goal, unit.baseline, *unit.measured).value_or(false);
  node.outcome = reached ? Outcome::kMet : Outcome::kNotMet;
  node.reason = Reason::kOwnValue;
  node.flip.value_gap = GapToTurn(goal, *bar, *unit.measured, reached);
  node.explanation =
      absl::StrCat(unit.name, ": ", unit.measured->ToString(), " ", Relation(goal, reached),
                   " the ", BarName(goal), " ", bar->ToString());
  return node;
}

// Magnitude by which parts are ordered; parts judged by parts of their own have no gap and come
// last.
bool NearerToTurn(const Verdict& a, const Verdict& b) {
  const auto distance = [](const Verdict& node) -> std::optional<Decimal> {
    if (!node.flip.value_gap.has_value()) return std::nullopt;
    const Decimal gap = *node.flip.value_gap;
    return Decimal{gap.unscaled < 0 ? -gap.unscaled : gap.unscaled, gap.scale};
  };
  const std::optional<Decimal> left = distance(a);
  const std::optional<Decimal> right = distance(b);
  if (!left.has_value() || !right.has_value()) return left.has_value();
  return *left < *right;
}

// Smallest m with 3 m >= 2 total.
int Needed(int total) {
  return (2 * total + 2) / 3;
}

void ExplainFlip(Verdict& node) {
  const bool suffices = AtLeastTwoThirds(node.met, node.total);
  const Outcome turning = suffices ? Outcome::kMet : Outcome::kNotMet;
  const int count = suffices ? node.met - Needed(node.total) + 1 : Needed(node.total) - node.met;
  (suffices ? node.flip.parts_to_lose : node.flip.parts_needed) = count;
  std::vector<const Verdict*> candidates;
  for (const Verdict& part : node.parts) {
    if (part.outcome == turning) candidates.push_back(&part);
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Verdict* a, const Verdict* b) { return NearerToTurn(*a, *b); });
  for (int i = 0; i < count && i < static_cast<int>(candidates.size()); ++i) {
    node.flip.nearest_parts.push_back(candidates[static_cast<size_t>(i)]->code);
  }
}

// Adds the judged parts to `node`, names those left out, counts, and says what would flip it.
void JudgeParts(const Goal& part_goal, const Unit& unit, Verdict& node);

// A college: by its teams where any has data, else by its own value. A team: by its own value.
Verdict JudgePart(const Goal& goal, const Unit& unit) {
  Verdict node = NodeOf(unit);
  JudgeParts(goal, unit, node);
  if (node.total == 0) {
    Verdict by_value = JudgeByValue(goal, unit);
    by_value.left_out = std::move(node.left_out);
    return by_value;
  }
  const bool suffices = AtLeastTwoThirds(node.met, node.total);
  node.outcome = suffices ? Outcome::kMet : Outcome::kNotMet;
  node.reason = suffices ? Reason::kPartsSuffice : Reason::kPartsShort;
  node.explanation =
      absl::StrCat(unit.name, ": ", node.met, " of ", node.total, " teams contributed, ",
                   suffices ? "at least" : "less than", " 2/3");
  return node;
}

void JudgeParts(const Goal& part_goal, const Unit& unit, Verdict& node) {
  for (const Unit& part : unit.parts) {
    Verdict verdict = JudgePart(part_goal, part);
    if (verdict.outcome == Outcome::kNotJudged) {
      node.left_out.push_back(part.name);
      continue;
    }
    ++node.total;
    if (verdict.outcome == Outcome::kMet) ++node.met;
    node.parts.push_back(std::move(verdict));
  }
  if (node.total > 0) ExplainFlip(node);
}

std::string PartsInWords(const Verdict& node) {
  if (node.total == 0) return "no college has data";
  return absl::StrCat(node.met, " of ", node.total, " colleges met it");
}

void ConcludeByParts(Verdict& node) {
  node.outcome = Outcome::kMet;
  node.reason = Reason::kPartsSuffice;
  node.explanation =
      absl::StrCat("met: ", PartsInWords(node),
                   3 * node.met == 2 * node.total ? ", exactly 2/3" : ", more than 2/3");
}

void ConcludeWithoutValue(Verdict& node) {
  const bool judged = node.total > 0;
  node.outcome = judged ? Outcome::kNotMet : Outcome::kNotJudged;
  node.reason = judged ? Reason::kPartsShort : Reason::kNoData;
  node.explanation = absl::StrCat(judged ? "not met: " : "not judged: ", PartsInWords(node),
                                  judged ? ", less than 2/3" : "",
                                  ", and there is no institution value to fall back on");
}

void ConcludeByValue(const Verdict& own, Verdict& node) {
  const bool met = own.outcome == Outcome::kMet;
  node.outcome = own.outcome;
  node.reason = met ? Reason::kInstitutionValue : Reason::kBothShort;
  node.explanation = absl::StrCat(met ? "met by fallback: " : "not met: ", PartsInWords(node),
                                  node.total > 0 ? ", less than 2/3, " : ", ",
                                  met ? "but " : "and ", own.explanation);
}

// Puts parts and fallback together.
void Conclude(const Verdict& own, Verdict& node) {
  node.flip.value_gap = own.flip.value_gap;
  if (AtLeastTwoThirds(node.met, node.total)) {
    ConcludeByParts(node);
  } else if (own.outcome == Outcome::kNotJudged) {
    ConcludeWithoutValue(node);
  } else {
    ConcludeByValue(own, node);
  }
}

}  // namespace

std::optional<bool> Reaches(const Goal& goal, const std::optional<Decimal>& baseline,
                            const Decimal& measured) {
  const std::optional<Decimal> bar = Bar(goal, baseline);
  if (!bar.has_value()) return std::nullopt;
  const auto order = WantsMore(goal) ? measured <=> *bar : *bar <=> measured;
  return EqualSuffices(goal) ? std::is_gteq(order) : std::is_gt(order);
}

Verdict Judge(const Goal& goal, const Unit& institution) {
  Verdict own = JudgeByValue(goal, institution);
  if (goal.institution_only) return own;
  Goal part_goal = goal;
  part_goal.target.reset();
  Verdict node = NodeOf(institution);
  JudgeParts(part_goal, institution, node);
  Conclude(own, node);
  return node;
}

}  // namespace vsv::outcomes
