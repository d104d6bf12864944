// The legal count of new early school leavers (nieuwe vsv'ers) in mbo, rule of 2012-2016 (Regeling
// regionale aanpak voortijdig schoolverlaten, BWBR0031390): X = A - B - sum C - sum D, percentage X
// / (A - B).
#pragma once

#include "services/outcomes/domain/decimal.h"
#include "services/outcomes/domain/education.h"

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::outcomes {

// What takes a member of population A out of the count, in the order in which they are tried. The
// law states no precedence; this order is ours. There is no C10: the law's own numbering skips it.
enum class CountCode {
  kB1,   // died or emigrated before t+1
  kB2,   // lives abroad or has no fixed address at t or t+1
  kB3,   // exempted from compulsory education (vrijstelling leerplicht) at t+1
  kC1,   // at t+1 in funded mbo
  kC2,   // ... higher education
  kC3,   // ... vo
  kC4,   // ... vavo
  kC5,   // ... unfunded vo
  kC6,   // ... unfunded mbo
  kC7,   // ... education in a justice institution
  kC8,   // ... police or defence school
  kC9,   // ... (v)so or pro
  kC11,  // ... an agreed societal track (maatschappelijk traject)
  kD1,   // startkwalificatie obtained in year t
  kD2,   // earlier mbo diploma, since 2004
  kD3,   // earlier vo startkwalificatie, since 1998-1999
  kD4,   // late startkwalificatie, October to December after t+1
  kD5,   // entree diploma and working
};
inline constexpr std::array<CountCode, 18> kCountCodes = {
    CountCode::kB1, CountCode::kB2, CountCode::kB3,  CountCode::kC1, CountCode::kC2,
    CountCode::kC3, CountCode::kC4, CountCode::kC5,  CountCode::kC6, CountCode::kC7,
    CountCode::kC8, CountCode::kC9, CountCode::kC11, CountCode::kD1, CountCode::kD2,
    CountCode::kD3, CountCode::kD4, CountCode::kD5};

// "B1" ... "D5".
absl::string_view CountCodeName(CountCode code);
std::optional<CountCode> CountCodeFromName(absl::string_view name);
// 'B', 'C' or 'D': the term of the formula the code belongs to.
char TermOf(CountCode code);

// Where somebody lives, or that this is over.
enum class Whereabouts { kNetherlands, kAbroad, kNoFixedAddress, kEmigrated, kDied };

// What a diploma is worth for the count. Only kMbo2OrHigher and kHavoOrVwo are a startkwalificatie.
enum class DiplomaKind { kEntree, kMbo2OrHigher, kHavoOrVwo };

struct Diploma {
  DiplomaKind kind;
  absl::CivilDay obtained_on;
};

// Facts about one pupil that the count needs, and no more. `t` is the count date, `t+1` the same
// day a year later.
struct PupilFacts {
  int age_at_count = 0;   // completed years on t
  bool enrolled = false;  // at this institution, on t
  bool funded = false;    // the enrolment is funded by the state
  Level level = Level::kTotal;
  Whereabouts at_count = Whereabouts::kNetherlands;
  Whereabouts at_next = Whereabouts::kNetherlands;
  bool exempted_at_next = false;
  std::vector<CountCode> education_at_next;  // C codes only, any order
  std::vector<Diploma> diplomas;
  bool working_at_next = false;  // 12 paid hours a week or more
};

enum class CountOutcome {
  kOutsidePopulation,  // not in A: too old, not enrolled, not funded, or no level of mbo
  kAccountedFor,       // in A, taken out by the deciding code
  kEarlyLeaver,        // in A and nothing takes it out: a new vsv'er
};

// The decision about one pupil with everything that argues for it.
struct CountDecision {
  CountOutcome outcome = CountOutcome::kOutsidePopulation;
  std::optional<CountCode> deciding;  // first of `matches`; set iff kAccountedFor
  std::vector<CountCode> matches;     // every code that applies, in order B, C, D
};

// Parameters of a count definition, so that a next definition is data and not code.
struct CountRule {
  int age_limit = 22;                             // A: younger than this on t
  absl::CivilDay mbo_diplomas_since{2004, 1, 1};  // D2
  absl::CivilDay vo_diplomas_since{1998, 8, 1};   // D3: school year 1998-1999
};

// Decides for a pupil of the cohort counted on `count_on` (1 October t). Matches are gathered for
// members of A only.
CountDecision Decide(const CountRule& rule, absl::CivilDay count_on, const PupilFacts& facts);

// The terms of the formula over a set of decisions.
struct CountTotals {
  int64_t population = 0;  // A
  std::array<int64_t, kCountCodes.size()>
      by_code{};  // by deciding code, in the order of kCountCodes

  void Add(const CountDecision& decision, int64_t pupils = 1);
  int64_t Term(char term) const;  // sum over codes of 'B', 'C' or 'D'

  int64_t Denominator() const { return population - Term('B'); }

  // X, by the formula and never by counting leavers.
  int64_t EarlyLeavers() const { return Denominator() - Term('C') - Term('D'); }

  // X / (A - B), half-up to two decimals; nullopt when nobody is left to count.
  std::optional<Decimal> Percent() const;
};

}  // namespace vsv::outcomes
