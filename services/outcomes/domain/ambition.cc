#include "services/outcomes/domain/ambition.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace vsv::outcomes {
namespace {

bool IsOfAmbition(const Ambition& ambition, const Figure& figure) {
  return figure.key.indicator_id == ambition.indicator_id &&
         figure.key.definition_version == ambition.definition_version &&
         figure.key.slice.organisation_id == ambition.organisation_id &&
         figure.key.slice.level == ambition.level;
}

void Take(Unit& unit, const Ambition& ambition, const Period& period, const Figure& figure) {
  if (!figure.unit_name.empty()) unit.name = figure.unit_name;
  if (figure.key.slice.period == ambition.baseline_period) unit.baseline = figure.value;
  if (figure.key.slice.period == period) unit.measured = figure.value;
}

// Gathers the units that figures speak of; colleges and teams in the order of their codes.
class UnitTree {
 public:
  UnitTree(const Ambition& ambition, const Period& period) : ambition_(ambition), period_(period) {
    institution_.kind = UnitKind::kInstitution;
    institution_.code = ambition.organisation_id;
    institution_.name = ambition.organisation_id;
  }

  void Add(const Figure& figure) {
    const Slice& slice = figure.key.slice;
    switch (slice.kind) {
      case SliceKind::kInstitution:
        Take(institution_, ambition_, period_, figure);
        break;
      case SliceKind::kCollege:
        AddCollege(slice.unit_code, figure);
        break;
      case SliceKind::kTeam:
        AddTeam(slice, figure);
        break;
      default:  // national, regional and domain figures stand beside the rule
        break;
    }
  }

  Unit Build() && {
    for (auto& [code, college] : colleges_) {
      for (auto& [team_code, team] : teams_[code]) college.parts.push_back(std::move(team));
      institution_.parts.push_back(std::move(college));
    }
    if (ambition_.baseline_value.has_value()) institution_.baseline = ambition_.baseline_value;
    return std::move(institution_);
  }

 private:
  static Unit& Named(std::map<std::string, Unit>& units, UnitKind kind, const std::string& code) {
    Unit& unit = units[code];
    unit.kind = kind;
    unit.code = code;
    if (unit.name.empty()) unit.name = code;
    return unit;
  }

  void AddCollege(const std::string& code, const Figure& figure) {
    Take(Named(colleges_, UnitKind::kCollege, code), ambition_, period_, figure);
  }

  void AddTeam(const Slice& slice, const Figure& figure) {
    Named(colleges_, UnitKind::kCollege, slice.parent_code);
    Take(Named(teams_[slice.parent_code], UnitKind::kTeam, slice.unit_code), ambition_, period_,
         figure);
  }

  const Ambition& ambition_;
  const Period& period_;
  Unit institution_;
  std::map<std::string, Unit> colleges_;
  std::map<std::string, std::map<std::string, Unit>> teams_;
};

// What the figures say of an ambition and a period.
struct Gathered {
  Unit institution;
  std::set<std::string> others;  // names of groups that are no college
  bool provisional = false;
};

void GatherOne(const Figure& figure, const Ambition& ambition, const Period& period, UnitTree& tree,
               Gathered& gathered) {
  tree.Add(figure);
  const Slice& slice = figure.key.slice;
  if (slice.period != period && slice.period != ambition.baseline_period) return;
  if (figure.status == FigureStatus::kProvisional) gathered.provisional = true;
  if (slice.kind == SliceKind::kOther) gathered.others.insert(figure.unit_name);
}

Gathered Gather(const Ambition& ambition, absl::Span<const Figure> figures, const Period& period) {
  Gathered gathered;
  UnitTree tree(ambition, period);
  // What was published takes the place of what the institution estimated for the same unit and
  // period.
  for (const FigureOrigin origin : {FigureOrigin::kOwnEstimate, FigureOrigin::kPublished}) {
    for (const Figure& figure : figures) {
      if (figure.key.origin != origin || !IsOfAmbition(ambition, figure)) continue;
      GatherOne(figure, ambition, period, tree, gathered);
    }
  }
  gathered.institution = std::move(tree).Build();
  return gathered;
}

void GatherLeftOut(const Verdict& verdict, std::vector<std::string>& left_out) {
  for (const std::string& name : verdict.left_out)
    left_out.push_back(absl::StrCat(name, ": no data"));
  for (const Verdict& part : verdict.parts) GatherLeftOut(part, left_out);
}

}  // namespace

const AmbitionTarget* Ambition::TargetFor(const Period& period) const {
  for (const AmbitionTarget& target : targets) {
    if (target.period == period) return &target;
  }
  return nullptr;
}

bool Ambition::CanBeJudgedIn(const Period& period) const {
  return period.school_year == baseline_period.school_year && period > baseline_period;
}

Judgement JudgeAmbition(const Ambition& ambition, const Indicator& indicator,
                        absl::Span<const Figure> figures, const Period& period) {
  Judgement judgement;
  judgement.period = period;
  Goal goal;
  goal.direction = ambition.direction;
  goal.better = indicator.better;
  goal.institution_only = ambition.institution_only;
  if (const AmbitionTarget* target = ambition.TargetFor(period); target != nullptr) {
    judgement.target = *target;
    goal.target = target->value;
  }
  Gathered gathered = Gather(ambition, figures, period);
  judgement.provisional = gathered.provisional;
  judgement.verdict = Judge(goal, gathered.institution);
  if (judgement.target.has_value() && judgement.target->commitment == Commitment::kToBeSet) {
    judgement.verdict.outcome = Outcome::kNotJudged;
    judgement.verdict.reason = Reason::kTargetToBeSet;
    judgement.verdict.explanation =
        absl::StrCat("not judged: the target for ", period.ToString(), " is still to be set");
  }
  GatherLeftOut(judgement.verdict, judgement.left_out);
  for (const std::string& name : gathered.others) {
    judgement.left_out.push_back(absl::StrCat(name, ": no college"));
  }
  return judgement;
}

std::optional<Period> LastMeasuredPeriod(const Ambition& ambition,
                                         absl::Span<const Figure> figures) {
  std::optional<Period> last;
  for (const Figure& figure : figures) {
    const SliceKind kind = figure.key.slice.kind;
    const bool counts = kind == SliceKind::kInstitution ||
                        (!ambition.institution_only && kind == SliceKind::kCollege);
    if (!counts || !IsOfAmbition(ambition, figure)) continue;
    const Period& period = figure.key.slice.period;
    if (!ambition.CanBeJudgedIn(period)) continue;
    if (!last.has_value() || *last < period) last = period;
  }
  return last;
}

}  // namespace vsv::outcomes
