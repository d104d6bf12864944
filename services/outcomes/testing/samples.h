// Samples for tests of the stores.
#pragma once

#include "services/outcomes/domain/cohort_store.h"
#include "services/outcomes/domain/figure_store.h"
#include "services/outcomes/domain/indicator_store.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vsv::outcomes {

// Microseconds, what a database keeps.
inline absl::Time Known(int day) {
  return absl::FromUnixSeconds(1'600'000'000) + absl::Hours(24) * day;
}

// A mutation with its own request id. `body` stands for the request.
inline Mutation MutationBy(const std::string& organisation, int request,
                           const std::string& body = "body") {
  Mutation mutation;
  mutation.call.organisation_id = organisation;
  mutation.call.acting_organisation_id = organisation;
  mutation.call.purpose = "OUTCOME_MONITORING";
  mutation.call.method = "/vsv.outcomes.v1.Test/Method";
  mutation.call.trace_id = std::string(32, 'a');
  mutation.call.now = Known(100);
  mutation.call.deadline = absl::Now() + absl::Seconds(30);
  mutation.request.request_id =
      absl::StrCat("00000000-0000-7000-8000-", absl::Dec(request, absl::kZeroPad12));
  mutation.request.body_hash = body;
  return mutation;
}

inline absl::Time Soon() {
  return absl::Now() + absl::Seconds(30);
}

inline Indicator SampleIndicator(const std::string& id) {
  Indicator indicator;
  indicator.id = id;
  indicator.display_name = "Jaarresultaat";
  indicator.unit = MeasureUnit::kPercent;
  indicator.definitions = {{1, "DUO", "graduates of graduates and leavers", std::nullopt},
                           {2, "DUO", "the same, linked automatically", Period{2016, true}}};
  return indicator;
}

inline Figure SampleFigure(const std::string& unit, int64_t unscaled, int known_day,
                           FigureStatus status = FigureStatus::kProvisional) {
  static int next = 0;
  Figure figure;
  figure.id = absl::StrCat("00000000-0000-7000-9000-", absl::Dec(++next, absl::kZeroPad12));
  figure.key.indicator_id = "jaarresultaat";
  figure.key.slice.kind = unit.empty() ? SliceKind::kInstitution : SliceKind::kCollege;
  figure.key.slice.organisation_id = "roc-a";
  figure.key.slice.unit_code = unit;
  figure.key.slice.level = Level::kMbo2;
  figure.key.slice.period = Period{2021, true};
  figure.unit_name = unit.empty() ? "ROC A" : absl::StrCat("College ", unit);
  figure.value = {unscaled, 1};
  figure.status = status;
  figure.known_from = Known(known_day);
  figure.source = "table 1";
  return figure;
}

inline Ambition SampleAmbition(const std::string& id) {
  Ambition ambition;
  ambition.id = id;
  ambition.display_name = "Less";
  ambition.indicator_id = "jaarresultaat";
  ambition.organisation_id = "roc-a";
  ambition.level = Level::kMbo2;
  ambition.baseline_period = Period{2018, true};
  ambition.baseline_value = Decimal{780, 1};
  ambition.direction = Direction::kHigher;
  ambition.targets = {{Period{2020, true}, Commitment::kIndicative, Decimal{79, 0}},
                      {Period{2022, true}, Commitment::kToBeSet, std::nullopt}};
  ambition.source = "plan, page 3";
  ambition.conflicts = {{"chapter 2", "says 80"}, {"chapter 3", "says 81"}};
  return ambition;
}

inline Cohort SampleCohort(const std::string& id, int year = 2014) {
  Cohort cohort;
  cohort.region_id = "16";
  cohort.id = id;
  cohort.institution_id = "roc-a";
  cohort.count_on = absl::CivilDay(year, 10, 1);
  return cohort;
}

inline CohortPupil SamplePupil(int number, CountOutcome outcome = CountOutcome::kEarlyLeaver,
                               std::vector<CountCode> matches = {}, Level level = Level::kMbo2) {
  CohortPupil pupil;
  pupil.pupil_key = absl::StrCat(absl::Dec(number, absl::kZeroPad16), "0123456789abcdef");
  pupil.record_reference = absl::StrCat("S", absl::Dec(number, absl::kZeroPad6));
  pupil.level = level;
  pupil.unit_code = "5100";
  pupil.prior_education_code = 6;
  pupil.decision.outcome = outcome;
  pupil.decision.matches = std::move(matches);
  if (!pupil.decision.matches.empty()) pupil.decision.deciding = pupil.decision.matches.front();
  return pupil;
}

}  // namespace vsv::outcomes
