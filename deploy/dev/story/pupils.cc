#include "deploy/dev/story/pupils.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include <algorithm>
#include <random>

namespace vsv::story {
namespace {

namespace dossiers = ::vsv::dossiers::v1;

constexpr const char* kGivenNames[] = {
    "Aaf", "Bo",   "Cees",  "Doutzen", "Evi",  "Fenna", "Giel", "Hanna", "Ilias",
    "Jet", "Kaan", "Lotte", "Mees",    "Noor", "Omar",  "Pien", "Quinn", "Roos",
    "Sem", "Tess", "Umut",  "Vera",    "Wout", "Xanne", "Yara", "Zeb"};
// Names that nobody bears: a syllable each, so that no list of them looks like real people.
constexpr const char* kFamilyNames[] = {"Testman",   "Proefstra", "Voorbeeldsma", "Fictiema",
                                        "Demoveld",  "Oefenberg", "Schijnhuis",   "Verzonne",
                                        "Zogenaamd", "Nepstraten"};
constexpr const char* kCourses[] = {"25180 Kok", "25604 Verzorgende-IG", "25998 Software developer",
                                    "25655 Eerste autotechnicus", "25697 Timmerman"};

// In percent. Most go next summer; the others are told through to the count date.
constexpr std::pair<Progress, int> kShares[] = {
    {Progress::kNextSummer, 70}, {Progress::kPartA, 5},    {Progress::kApplied, 6},
    {Progress::kSent, 5},        {Progress::kAccepted, 3}, {Progress::kProcessed, 2},
    {Progress::kStayed, 7},      {Progress::kSwitched, 1}, {Progress::kDeregistered, 1}};

Progress Draw(std::mt19937_64& random) {
  int left = static_cast<int>(random() % 100);
  for (const auto& [progress, share] : kShares) {
    if (left < share) return progress;
    left -= share;
  }
  return Progress::kNextSummer;
}

template <typename T, size_t N>
T Pick(std::mt19937_64& random, T const (&list)[N]) {
  return list[random() % N];
}

void FillAdministrative(std::mt19937_64& random, int year,
                        dossiers::AdministrativeSection& section) {
  section.set_given_names(Pick(random, kGivenNames));
  section.set_family_name(Pick(random, kFamilyNames));
  // 15 to 17 in the summer of the transition.
  SetDate(absl::CivilDay(year - 17 + static_cast<int>(random() % 2),
                         1 + static_cast<int>(random() % 12), 1 + static_cast<int>(random() % 28)),
          section.mutable_birth_date());
}

void FillCareer(std::mt19937_64& random, int exam_year, dossiers::CareerSection& section) {
  if (exam_year != 0) {
    dossiers::ExamResult* exam = section.mutable_exam_result();
    exam->set_diploma_code("0301");
    exam->set_exam_year(exam_year);
    exam->set_verdict(dossiers::EXAM_VERDICT_PASSED);
  }
  section.set_study_choice(Pick(random, kCourses));
  section.set_motivation("Wants to work with hands and people.");
}

Pupil Generate(std::mt19937_64& random, int index, int year, const Catchment& catchment) {
  Pupil pupil;
  pupil.pgn = TestPgn(index);
  pupil.region = catchment.region;
  pupil.school = catchment.school;
  pupil.municipality_code =
      catchment.municipality_codes[random() % catchment.municipality_codes.size()];
  // Seven of ten go to the nearest institution.
  pupil.mbo = random() % 10 < 7 ? catchment.institutions.front()
                                : catchment.institutions[random() % catchment.institutions.size()];
  pupil.progress = Draw(random);
  pupil.needs_handover = random() % 100 < 18;
  pupil.handover_held = random() % 100 < 70;

  dossiers::Dossier& dossier = pupil.dossier;
  dossier.set_origin(dossiers::ORIGIN_VO_SCHOOL);
  dossier.set_finality(dossiers::FINALITY_FINAL);
  dossier.set_pgn(pupil.pgn);
  const int summer = pupil.progress == Progress::kNextSummer ? year + 1 : year;
  dossier.set_school_year(absl::StrCat(summer - 1, "-", summer));
  dossier.set_residence_municipality_code(pupil.municipality_code);
  SetDate(absl::CivilDay(summer, 6, 15), dossier.mutable_due_date());
  FillAdministrative(random, year, *dossier.mutable_administrative());
  FillCareer(random, pupil.progress == Progress::kNextSummer ? 0 : year, *dossier.mutable_career());
  // Part B has been begun: the mentor's advice stands in it.
  dossier.mutable_support()->mutable_transfer_advice()->set_advice("Fits the chosen course.");
  if (pupil.needs_handover) {
    dossier.mutable_support()->set_extra_support_needed(true);
    dossier.mutable_support()->set_educational_needs("A fixed mentor and a quiet place to work.");
    dossier.mutable_support()->mutable_transfer_advice()->add_points_of_attention(
        "Start with a short day.");
  }
  return pupil;
}

}  // namespace

void SetDate(absl::CivilDay day, google::type::Date* date) {
  date->set_year(static_cast<int>(day.year()));
  date->set_month(day.month());
  date->set_day(day.day());
}

int TransitionYear(absl::CivilDay today) {
  const int year = static_cast<int>(today.year());
  return today >= absl::CivilDay(year, 11, 1) ? year : year - 1;
}

std::string TestPgn(int n) {
  int found = -1;
  for (int middle = 0; middle < 10'000; ++middle) {
    const std::string digits = absl::StrFormat("9999%04d", middle);
    int sum = 0;
    for (int i = 0; i < 8; ++i) sum += (9 - i) * (digits[static_cast<size_t>(i)] - '0');
    const int check = sum % 11;
    if (check <= 9 && ++found == n) return absl::StrCat(digits, check);
  }
  return "";
}

std::vector<Pupil> GeneratePupils(uint64_t seed, int count, int year,
                                  const std::vector<Catchment>& catchments) {
  std::mt19937_64 random(seed);
  std::vector<Pupil> pupils;
  pupils.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    pupils.push_back(
        Generate(random, i, year, catchments[static_cast<size_t>(i) % catchments.size()]));
  }
  return pupils;
}

}  // namespace vsv::story
