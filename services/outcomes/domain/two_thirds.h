// The two-thirds rule: when is an institution's ambition met?
//
// Met if at least 2/3 of its colleges met theirs; a college met if at least 2/3 of its teams
// contributed; otherwise still met if the institution's own value reaches the ambition. Integers
// only: 3 * met >= 2 * total. Units without data are left out and named; RETAIN means not worse
// than the baseline, without tolerance (both ours).
#pragma once

#include "services/outcomes/domain/decimal.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

// What the ambition wants of the value.
enum class Direction { kHigher, kRetain, kLower };
// Which way is good for the indicator; RETAIN needs it to know what "worse" is.
enum class Better { kHigher, kLower };

// What a unit is held against.
struct Goal {
  Direction direction = Direction::kRetain;
  Better better = Better::kHigher;
  // Numeric target for the measured year, where there is one; it takes the place of the baseline.
  std::optional<Decimal> target;
  bool institution_only = false;  // judged at institution level alone
};

enum class UnitKind { kInstitution, kCollege, kTeam };

// A unit with its values; a college may have teams, an institution has colleges.
struct Unit {
  UnitKind kind = UnitKind::kInstitution;
  std::string code;
  std::string name;
  std::optional<Decimal> baseline;
  std::optional<Decimal> measured;
  std::vector<Unit> parts;
};

enum class Outcome {
  kMet,
  kNotMet,
  kNotJudged,  // no data: left out of the parts of the unit above
};
enum class Reason {
  kOwnValue,          // by the unit's own value
  kPartsSuffice,      // at least 2/3 of the parts with data met
  kInstitutionValue,  // parts did not suffice, the institution's value reaches the ambition
                      // (fallback)
  kBothShort,         // neither parts nor institution value
  kPartsShort,        // parts did not suffice and nothing to fall back on
  kNoData,
  kTargetToBeSet,  // the plan names a target for the year and has not set it yet
};

// The nearest change that turns a verdict.
struct Flip {
  int parts_needed = 0;   // so many more parts would have to meet it; 0 = cannot flip by parts
  int parts_to_lose = 0;  // so many parts fewer and 2/3 is not reached any more
  std::vector<std::string> nearest_parts;  // codes of those parts, nearest first
  std::optional<Decimal>
      value_gap;  // change of the unit's own value that would turn it, in the indicator's unit
};

// One node of the tree of reasons.
struct Verdict {
  UnitKind kind = UnitKind::kInstitution;
  std::string code;
  std::string name;
  Outcome outcome = Outcome::kNotJudged;
  Reason reason = Reason::kNoData;
  std::optional<Decimal> baseline;
  std::optional<Decimal> measured;
  int met = 0;                        // parts that met
  int total = 0;                      // parts with data
  std::vector<Verdict> parts;         // judged parts, in the order given
  std::vector<std::string> left_out;  // names of parts without data
  Flip flip;
  std::string explanation;  // one English sentence for people
};

// At least two thirds, in integers. Nothing of nothing is not two thirds.
constexpr bool AtLeastTwoThirds(int met, int total) {
  return total > 0 && 3 * met >= 2 * total;
}

// Does a value reach the goal? With a target: as good as it or better. Without: HIGHER and LOWER
// ask for strictly more and less than the baseline, RETAIN for not worse. nullopt when the baseline
// is needed and missing.
std::optional<bool> Reaches(const Goal& goal, const std::optional<Decimal>& baseline,
                            const Decimal& measured);

// Judges the institution with all its reasons. A numeric target is the institution's: colleges and
// teams contribute by moving from their own baseline in the wanted direction.
Verdict Judge(const Goal& goal, const Unit& institution);

}  // namespace vsv::outcomes
