#include "libs/base/status_macros.h"
#include "services/outcomes/import/figure_files.h"

#include "vsv/outcomes/v1/ambition_requests.pb.h"
#include "vsv/outcomes/v1/cohort_requests.pb.h"
#include "vsv/outcomes/v1/figure_requests.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

#include <array>
#include <random>

#include "deploy/dev/story/chapters.h"
#include "deploy/dev/story/pupils.h"
#include "deploy/dev/story/request_file.h"

namespace vsv::story {
namespace {

namespace figures = ::vsv::outcomes;
namespace outcomes = ::vsv::outcomes::v1;

constexpr char kMonitoring[] = "outcome_monitoring";
constexpr uint64_t kSeed = 20'211'001;
constexpr int kCohortSize = 1'000;

std::string Digits(const outcomes::Decimal& value) {
  double power = 1;
  for (int i = 0; i < value.scale(); ++i) power *= 10;
  return absl::StrFormat("%.*f", value.scale(),
                         static_cast<double>(value.unscaled_value()) / power);
}

// The count date of a cohort under the law of 2012-2016, so that its norms apply.
constexpr int kCountYear = 2015;

// One fictitious student, most of them still in education a year later.
outcomes::CohortRecord Student(std::mt19937_64& random, int index) {
  outcomes::CohortRecord record;
  record.set_pgn(TestPgn(index));
  record.set_record_reference(absl::StrFormat("S%04d", index));
  SetDate(absl::CivilDay(kCountYear - 23 + static_cast<int>(random() % 6),
                         1 + static_cast<int>(random() % 12), 1 + static_cast<int>(random() % 28)),
          record.mutable_birth_date());
  record.set_level(
      static_cast<outcomes::Level>(outcomes::LEVEL_ENTREE + static_cast<int>(random() % 4)));
  record.set_unit_code(random() % 2 == 0 ? "techniek" : "welzijn");
  // Categories of the norm table of kwalificatiewinst; there is no 4.
  constexpr std::array<int, 7> kPriorEducation = {0, 1, 2, 3, 5, 6, 7};
  record.set_prior_education_code(kPriorEducation[random() % kPriorEducation.size()]);
  record.set_enrolled(true);
  record.set_funded(random() % 50 != 0);
  const uint64_t course = random() % 100;
  if (course < 72) {
    record.add_next_education(outcomes::COUNT_CODE_C1);
  } else if (course < 76) {
    record.add_next_education(outcomes::COUNT_CODE_C2);
  } else if (course < 88) {
    outcomes::Diploma& diploma = *record.add_diplomas();
    diploma.set_kind(outcomes::DIPLOMA_KIND_MBO2_OR_HIGHER);
    SetDate(absl::CivilDay(kCountYear + 1, 6, 30), diploma.mutable_obtain_date());
  } else if (course < 90) {
    record.set_next_whereabouts(outcomes::WHEREABOUTS_EMIGRATED);
  } else if (course < 91) {
    record.set_exempted(true);
  } else if (course < 92) {
    record.set_in_justice_education(true);
  }
  return record;
}

absl::Status TellImport(Plot& plot) {
  const auto who = [&plot](const std::string&) -> absl::StatusOr<const Actor*> {
    return &plot.stage.keeper();
  };
  VSV_ASSIGN_OR_RETURN(const LoadResult loaded,
                       LoadRequests(plot.stage, "outcomes.json", "registry", who));
  VSV_RETURN_IF_ERROR(plot.narrator.Step(
      loaded.sent + loaded.already_there > 0, "register-keeper",
      "data/sample/outcomes.json: indicators and ambitions",
      absl::StrCat(loaded.sent, " accepted, ", loaded.already_there, " there before")));
  for (const figures::FigureFile& file : figures::SampleFigureFiles()) {
    VSV_ASSIGN_OR_RETURN(outcomes::ImportFiguresRequest request,
                         figures::ReadFigureFile(file, plot.stage.options().source_dir));
    const int rows = request.figures_size();
    VSV_ASSIGN_OR_RETURN(
        const outcomes::ImportFiguresResponse response,
        plot.stage.keeper().Call<outcomes::ImportFiguresResponse>(
            "ImportFigures", request, "registry", absl::StrCat(file.path, "import")));
    VSV_RETURN_IF_ERROR(plot.narrator.Step(
        response.refused_count() == 0, "register-keeper", absl::StrCat("ImportFigures ", file.path),
        absl::StrCat(rows, " figures: ", response.added_count(), " added, ",
                     response.unchanged_count(), " there before, ", response.refused_count(),
                     " refused")));
  }
  return absl::OkStatus();
}

absl::Status TellCount(Plot& plot) {
  const Actor& romn = *plot.mbos.at("roc-midden-nederland");
  outcomes::CreateCohortRequest create;
  create.set_parent("regions/16");
  create.set_cohort_id("romn-2015");
  SetDate(absl::CivilDay(kCountYear, 10, 1), create.mutable_cohort()->mutable_count_date());
  const absl::Status made =
      romn.Call<outcomes::Cohort>("CreateCohort", create, kMonitoring, "cohort romn-2015").status();
  if (!made.ok() && made.code() != absl::StatusCode::kAlreadyExists)
    return plot.narrator.Step(false, romn.id(), "CreateCohort", Told(made));
  outcomes::ImportCohortRecordsRequest import;
  import.set_name("regions/16/cohorts/romn-2015");
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < kCohortSize; ++i) *import.add_records() = Student(random, i);
  const absl::StatusOr<outcomes::ImportCohortRecordsResponse> imported =
      romn.Call<outcomes::ImportCohortRecordsResponse>("ImportCohortRecords", import, kMonitoring,
                                                       "records romn-2015");
  VSV_RETURN_IF_ERROR(
      plot.narrator.Step(imported.ok() && imported->record_count() == kCohortSize, romn.id(),
                         "ImportCohortRecords of 1,000 generated students",
                         imported.ok() ? absl::StrCat(imported->record_count(), " records")
                                       : Told(imported.status())));
  outcomes::CountCohortRequest count;
  count.set_name("regions/16/cohorts/romn-2015");
  VSV_ASSIGN_OR_RETURN(const outcomes::CohortCount counted,
                       romn.Call<outcomes::CohortCount>("CountCohort", count, kMonitoring));
  const outcomes::CountRow& total = counted.total();
  VSV_RETURN_IF_ERROR(plot.narrator.Step(
      total.early_leaver_count() > 0, romn.id(), "CountCohort, the legal formula X = A - B - C - D",
      absl::StrCat("A ", total.population_count(), ", X ", total.early_leaver_count(),
                   total.has_percent() ? absl::StrCat(" = ", Digits(total.percent()), "%") : "",
                   " (an estimate)")));
  for (const outcomes::NormCheck& check : counted.norm_checks()) {
    plot.narrator.Detail(absl::StrCat(check.category(), ": ", Digits(check.percent()),
                                      "% against norm ", Digits(check.norm()),
                                      "%: ", check.met() ? "met" : "not met"));
  }
  outcomes::ListCountDecisionsRequest list;
  list.set_name("regions/16/cohorts/romn-2015");
  list.set_page_size(1000);
  VSV_ASSIGN_OR_RETURN(
      const outcomes::ListCountDecisionsResponse decisions,
      romn.Call<outcomes::ListCountDecisionsResponse>("ListCountDecisions", list, kMonitoring));
  bool restricted = false;
  for (const outcomes::CountDecision& decision : decisions.decisions()) {
    restricted |= decision.exact_deciding_code() != outcomes::COUNT_CODE_UNSPECIFIED ||
                  decision.deciding_code() == outcomes::COUNT_CODE_B3 ||
                  decision.deciding_code() == outcomes::COUNT_CODE_C7;
  }
  VSV_RETURN_IF_ERROR(
      plot.narrator.Step(decisions.decisions_size() == kCohortSize && !restricted, romn.id(),
                         "ListCountDecisions, the deciding code per student",
                         absl::StrCat(decisions.decisions_size(),
                                      " decisions; exemption and detention are not told apart")));
  for (int i = 0; i < 4; ++i) {
    const outcomes::CountDecision& decision = decisions.decisions(i);
    plot.narrator.Detail(absl::StrCat(
        decision.record_reference(), ": ",
        absl::StripPrefix(outcomes::CountOutcome_Name(decision.outcome()), "COUNT_OUTCOME_"), " ",
        absl::StripPrefix(outcomes::CountCode_Name(decision.deciding_code()), "COUNT_CODE_")));
  }
  return absl::OkStatus();
}

struct Worked {
  const char* ambition;
  outcomes::Outcome outcome;
  outcomes::VerdictReason reason;
  int met;
  int total;
};

absl::Status TellJudgements(Plot& plot) {
  const Worked worked[] = {
      {"ambitions/rocvaf-startersresultaat", outcomes::OUTCOME_MET,
       outcomes::VERDICT_REASON_PARTS_SUFFICE, 8, 12},
      {"ambitions/rocvaf-jaarresultaat-entree", outcomes::OUTCOME_MET,
       outcomes::VERDICT_REASON_INSTITUTION_VALUE, 5, 10},
      {"ambitions/rocvaf-jaarresultaat-mbo2", outcomes::OUTCOME_NOT_MET,
       outcomes::VERDICT_REASON_BOTH_SHORT, 5, 11},
  };
  const Actor& romn = *plot.mbos.at("roc-midden-nederland");
  for (const Worked& one : worked) {
    outcomes::JudgeAmbitionRequest judge;
    judge.set_name(one.ambition);
    judge.set_period("2017");
    const absl::StatusOr<outcomes::Judgement> judgement =
        romn.Call<outcomes::Judgement>("JudgeAmbition", judge, kMonitoring);
    if (!judgement.ok())
      return plot.narrator.Step(false, romn.id(), absl::StrCat("JudgeAmbition ", one.ambition),
                                Told(judgement.status()));
    const outcomes::Verdict& verdict = judgement->verdict();
    VSV_RETURN_IF_ERROR(plot.narrator.Step(
        verdict.outcome() == one.outcome && verdict.reason() == one.reason &&
            verdict.met_count() == one.met && verdict.total_count() == one.total,
        romn.id(), absl::StrCat("JudgeAmbition ", one.ambition), verdict.explanation()));
    for (const std::string& left_out : judgement->left_out())
      plot.narrator.Detail(absl::StrCat("left out: ", left_out));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status TellOutcomes(Plot& plot) {
  plot.narrator.Chapter(6, "outcomes: figures, the legal count, ambitions");
  VSV_RETURN_IF_ERROR(TellImport(plot));
  VSV_RETURN_IF_ERROR(TellCount(plot));
  return TellJudgements(plot);
}

}  // namespace vsv::story
