#include "services/outcomes/domain/vsv_count.h"

#include "absl/base/macros.h"

#include <algorithm>
#include <utility>

namespace vsv::outcomes {
namespace {

constexpr std::array<std::pair<CountCode, absl::string_view>, kCountCodes.size()> kCodeNames = {{
    {CountCode::kB1, "B1"},
    {CountCode::kB2, "B2"},
    {CountCode::kB3, "B3"},
    {CountCode::kC1, "C1"},
    {CountCode::kC2, "C2"},
    {CountCode::kC3, "C3"},
    {CountCode::kC4, "C4"},
    {CountCode::kC5, "C5"},
    {CountCode::kC6, "C6"},
    {CountCode::kC7, "C7"},
    {CountCode::kC8, "C8"},
    {CountCode::kC9, "C9"},
    {CountCode::kC11, "C11"},
    {CountCode::kD1, "D1"},
    {CountCode::kD2, "D2"},
    {CountCode::kD3, "D3"},
    {CountCode::kD4, "D4"},
    {CountCode::kD5, "D5"},
}};

// What the rules ask of a pupil's diplomas, with the dates of one cohort filled in.
class Diplomas {
 public:
  explicit Diplomas(const std::vector<Diploma>& all) : all_(all) {}

  bool Has(DiplomaKind kind, absl::CivilDay from, absl::CivilDay before) const {
    return std::any_of(all_.begin(), all_.end(), [&](const Diploma& diploma) {
      return diploma.kind == kind && diploma.obtained_on >= from && diploma.obtained_on < before;
    });
  }

  bool HasStartkwalificatie(absl::CivilDay from, absl::CivilDay before) const {
    return Has(DiplomaKind::kMbo2OrHigher, from, before) ||
           Has(DiplomaKind::kHavoOrVwo, from, before);
  }

 private:
  const std::vector<Diploma>& all_;
};

bool Applies(CountCode code, const CountRule& rule, absl::CivilDay t, const PupilFacts& facts) {
  const absl::CivilDay next(t.year() + 1, t.month(), t.day());
  const absl::CivilDay end_of_year(next.year() + 1, 1, 1);
  const Diplomas diplomas(facts.diplomas);
  const auto lives = [&](Whereabouts where) {
    return facts.at_count == where || facts.at_next == where;
  };
  switch (code) {
    case CountCode::kB1:
      return facts.at_next == Whereabouts::kDied || facts.at_next == Whereabouts::kEmigrated;
    case CountCode::kB2:
      return lives(Whereabouts::kAbroad) || lives(Whereabouts::kNoFixedAddress);
    case CountCode::kB3:
      return facts.exempted_at_next;
    case CountCode::kD1:
      return diplomas.HasStartkwalificatie(t, next);
    case CountCode::kD2:
      return diplomas.Has(DiplomaKind::kMbo2OrHigher, rule.mbo_diplomas_since, t);
    case CountCode::kD3:
      return diplomas.Has(DiplomaKind::kHavoOrVwo, rule.vo_diplomas_since, t);
    case CountCode::kD4:
      return diplomas.HasStartkwalificatie(next, end_of_year);
    case CountCode::kD5:
      return facts.working_at_next &&
             diplomas.Has(DiplomaKind::kEntree, absl::CivilDay::min(), next);
    default:  // the C codes, given as facts
      return std::find(facts.education_at_next.begin(), facts.education_at_next.end(), code) !=
             facts.education_at_next.end();
  }
}

}  // namespace

absl::string_view CountCodeName(CountCode code) {
  return kCodeNames[static_cast<size_t>(code)].second;
}

std::optional<CountCode> CountCodeFromName(absl::string_view name) {
  for (const auto& [code, known] : kCodeNames) {
    if (known == name) return code;
  }
  return std::nullopt;
}

char TermOf(CountCode code) {
  return CountCodeName(code).front();
}

CountDecision Decide(const CountRule& rule, absl::CivilDay count_on, const PupilFacts& facts) {
  CountDecision decision;
  const bool counted =
      facts.age_at_count < rule.age_limit && facts.enrolled && facts.funded && IsMbo(facts.level);
  if (!counted) return decision;
  for (const CountCode code : kCountCodes) {
    if (Applies(code, rule, count_on, facts)) decision.matches.push_back(code);
  }
  decision.outcome =
      decision.matches.empty() ? CountOutcome::kEarlyLeaver : CountOutcome::kAccountedFor;
  if (!decision.matches.empty()) decision.deciding = decision.matches.front();
  return decision;
}

void CountTotals::Add(const CountDecision& decision, int64_t pupils) {
  if (decision.outcome == CountOutcome::kOutsidePopulation) return;
  population += pupils;
  if (decision.deciding.has_value()) by_code[static_cast<size_t>(*decision.deciding)] += pupils;
}

int64_t CountTotals::Term(char term) const {
  int64_t sum = 0;
  for (const CountCode code : kCountCodes) {
    if (TermOf(code) == term) sum += by_code[static_cast<size_t>(code)];
  }
  return sum;
}

std::optional<Decimal> CountTotals::Percent() const {
  if (Denominator() <= 0) return std::nullopt;
  return Percentage(EarlyLeavers(), Denominator(), 2);
}

}  // namespace vsv::outcomes
