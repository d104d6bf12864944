#include "services/outcomes/api/cohort_handlers.h"

#include "libs/testing/status_matchers.h"
#include "services/outcomes/testing/calls.h"
#include "services/outcomes/testing/fake_stores.h"
#include "services/outcomes/testing/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace vsv::outcomes {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using vsv::testing::HasReason;
using vsv::testing::IsOk;

// The `index`-th number of the 9999 test range that passes the 11-test.
std::string TestPgn(int index) {
  for (int number = 999900000; number <= 999999999; ++number) {
    std::string text = absl::StrCat(number);
    if (base::Pgn::Parse(text).has_value() && index-- == 0) return text;
  }
  std::abort();
}

// A new early leaver of mbo 2.
v1::CohortRecord Record(int index) {
  auto record = FromText<v1::CohortRecord>(R"pb(
    birth_date { year: 1996 month: 5 day: 4 }
    level: LEVEL_MBO2
    unit_code: "5100"
    enrolled: true
    funded: true)pb");
  record.set_pgn(TestPgn(index));
  record.set_record_reference(absl::StrCat("S", absl::Dec(index, absl::kZeroPad4)));
  return record;
}

class Cohorts : public ::testing::Test {
 protected:
  void SetUp() override {
    auto request = FromText<v1::CreateCohortRequest>(R"pb(
      parent: "regions/16"
      cohort_id: "romn"
      cohort { count_date { year: 2014 month: 10 day: 1 } })pb");
    request.set_request_id(RequestId(next_request_++));
    ASSERT_THAT(handlers_.Create(roc_a_, request), IsOk());
  }

  absl::StatusOr<v1::ImportCohortRecordsResponse> Import(std::vector<v1::CohortRecord> records) {
    return Import(roc_a_, std::move(records));
  }

  absl::StatusOr<v1::ImportCohortRecordsResponse> Import(const rpc::CallContext& call,
                                                         std::vector<v1::CohortRecord> records) {
    v1::ImportCohortRecordsRequest request;
    request.set_name("regions/16/cohorts/romn");
    for (v1::CohortRecord& record : records) *request.add_records() = std::move(record);
    request.set_request_id(RequestId(next_request_++));
    auto response = handlers_.ImportRecords(call, request);
    if (!response.ok()) return response.status();
    return std::move(*response).Take();
  }

  absl::StatusOr<v1::CohortCount> Count(const rpc::CallContext& call,
                                        v1::CountDimension dimension = v1::COUNT_DIMENSION_LEVEL) {
    v1::CountCohortRequest request;
    request.set_name("regions/16/cohorts/romn");
    request.set_dimension(dimension);
    auto response = handlers_.Count(call, request);
    if (!response.ok()) return response.status();
    return std::move(*response).Take();
  }

  absl::StatusOr<v1::ListCountDecisionsResponse> Decisions(const rpc::CallContext& call) {
    v1::ListCountDecisionsRequest request;
    request.set_name("regions/16/cohorts/romn");
    auto response = handlers_.ListDecisions(call, request);
    if (!response.ok()) return response.status();
    return std::move(*response).Take();
  }

  absl::Status Close() {
    v1::GetCohortRequest get;
    get.set_name("regions/16/cohorts/romn");
    v1::CloseCohortRequest request;
    request.set_name(get.name());
    request.set_etag(handlers_.Get(roc_a_, get)->message().etag());
    request.set_request_id(RequestId(next_request_++));
    return handlers_.Close(roc_a_, request).status();
  }

  FakeOutcomesStores stores_;
  const aip::PageTokens tokens_{"a key of this test, 32 bytes long"};
  const PupilKeys keys_{"another key of this test, 32 byte"};
  CohortHandlers handlers_{{stores_, tokens_, keys_, 5}};
  const rpc::CallContext roc_a_ = CallBy("roc-a", policy::v1::ROLE_MBO);
  const rpc::CallContext roc_b_ = CallBy("roc-b", policy::v1::ROLE_MBO);
  const rpc::CallContext rmc_ = CallBy("rmc-eem", policy::v1::ROLE_RMC_OFFICE);
  int next_request_ = 1;
};

TEST_F(Cohorts, ARecordThatIsWrongIsRefusedWithAllThatIsWrongAndNoValueRepeated) {
  v1::CohortRecord wrong = Record(1);
  wrong.set_pgn("111252333");
  wrong.set_record_reference("111222333");
  wrong.set_level(v1::LEVEL_VAVO);
  wrong.add_next_education(v1::COUNT_CODE_C7);
  wrong.set_prior_education_code(4);
  wrong.mutable_birth_date()->set_year(2030);
  wrong.set_whereabouts(v1::WHEREABOUTS_DIED);
  const auto response = Import({Record(0), wrong});
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->verdicts(0).verdict(), v1::RECORD_VERDICT_ADDED);
  EXPECT_EQ(response->verdicts(1).verdict(), v1::RECORD_VERDICT_REFUSED);
  EXPECT_EQ(response->verdicts(1).violations_size(), 7) << response->ShortDebugString();
  for (const std::string& violation : response->verdicts(1).violations()) {
    EXPECT_THAT(violation, ::testing::Not(HasSubstr("111")));
  }
  EXPECT_EQ(response->record_count(), 1);
}

TEST_F(Cohorts, APupilOrReferenceStandsInARequestOnce) {
  v1::CohortRecord same_reference = Record(2);
  same_reference.set_record_reference(Record(0).record_reference());
  const auto response = Import({Record(0), Record(0), same_reference});
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->verdicts(1).verdict(), v1::RECORD_VERDICT_REFUSED);
  EXPECT_EQ(response->verdicts(2).verdict(), v1::RECORD_VERDICT_REFUSED);
}

TEST_F(Cohorts, AgeOnTheCountDateDecidesWhoIsInThePopulation) {
  v1::CohortRecord just_22 = Record(0);
  just_22.mutable_birth_date()->set_year(1992);
  just_22.mutable_birth_date()->set_month(10);
  just_22.mutable_birth_date()->set_day(1);
  v1::CohortRecord almost_22 = Record(1);
  *almost_22.mutable_birth_date() = just_22.birth_date();
  almost_22.mutable_birth_date()->set_day(2);
  ASSERT_THAT(Import({just_22, almost_22}), IsOk());
  const auto decisions = Decisions(roc_a_);
  ASSERT_THAT(decisions, IsOk());
  EXPECT_EQ(decisions->decisions(0).outcome(), v1::COUNT_OUTCOME_OUTSIDE_POPULATION);
  EXPECT_EQ(decisions->decisions(1).outcome(), v1::COUNT_OUTCOME_EARLY_LEAVER);
}

TEST_F(Cohorts, NoSchoolLearnsOfExemptionOrDetention) {
  v1::CohortRecord exempted = Record(0);
  exempted.set_exempted(true);
  v1::CohortRecord detained = Record(1);
  detained.set_in_justice_education(true);
  detained.add_next_education(v1::COUNT_CODE_C8);
  v1::CohortRecord police = Record(2);
  police.add_next_education(v1::COUNT_CODE_C8);
  v1::CohortRecord studying_and_detained = Record(3);
  studying_and_detained.add_next_education(v1::COUNT_CODE_C1);
  studying_and_detained.set_in_justice_education(true);
  v1::CohortRecord studying_and_exempted = Record(4);
  studying_and_exempted.add_next_education(v1::COUNT_CODE_C1);
  studying_and_exempted.set_exempted(true);
  ASSERT_THAT(Import({exempted, detained, police, studying_and_detained, studying_and_exempted}),
              IsOk());
  const auto response = Decisions(roc_a_);
  ASSERT_THAT(response, IsOk());
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(response->decisions(i).deciding_code(), v1::COUNT_CODE_OTHER_LAWFUL_REASON);
    EXPECT_THAT(response->decisions(i).matches(), ElementsAre(v1::COUNT_CODE_OTHER_LAWFUL_REASON))
        << "nor how many reasons there are, nor where it stands among others";
  }
  for (const v1::CountDecision& decision : response->decisions()) {
    EXPECT_EQ(decision.exact_deciding_code(), v1::COUNT_CODE_UNSPECIFIED);
    EXPECT_EQ(decision.exact_matches_size(), 0);
  }
  const auto count = Count(roc_a_);
  ASSERT_THAT(count, IsOk());
  for (const v1::CodeCount& code : count->total().by_code()) {
    EXPECT_NE(code.code(), v1::COUNT_CODE_B3);
    EXPECT_NE(code.code(), v1::COUNT_CODE_C7);
  }
}

// Every second pupil has one or two of the folded reasons: which of them turns with `variant`.
// Whatever else is known of the pupil, and the units, stay as they are; one unit has one pupil.
std::vector<v1::CohortRecord> WithFoldedReasons(int variant) {
  std::vector<v1::CohortRecord> records;
  for (int i = 0; i < 48; ++i) {
    v1::CohortRecord record = Record(i);
    record.set_unit_code(i == 0 ? "alone" : absl::StrCat("unit ", i % 5));
    record.set_level(i % 3 == 0 ? v1::LEVEL_MBO3 : v1::LEVEL_MBO2);
    record.set_prior_education_code(i % 4);
    if (i % 8 == 3) record.add_next_education(v1::COUNT_CODE_C1);
    if (i % 8 == 4) record.add_next_education(v1::COUNT_CODE_C9);
    if (i % 8 == 6) record.set_next_whereabouts(v1::WHEREABOUTS_EMIGRATED);
    const int reason = (i + variant) % 5;
    if (i % 2 == 0) {
      if (reason == 0 || reason == 4) record.set_exempted(true);
      if (reason == 1 || reason == 4) record.set_in_justice_education(true);
      if (reason == 2) record.add_next_education(v1::COUNT_CODE_C8);
      if (reason == 3) record.add_next_education(v1::COUNT_CODE_C11);
    }
    records.push_back(record);
  }
  return records;
}

TEST_F(Cohorts, WhichOfTheFoldedReasonsItIsChangesNoAnswer) {
  const auto answers = [this] {
    std::vector<std::string> texts = {Decisions(roc_a_)->DebugString()};
    for (const v1::CountDimension dimension : {v1::COUNT_DIMENSION_LEVEL, v1::COUNT_DIMENSION_UNIT,
                                               v1::COUNT_DIMENSION_PRIOR_EDUCATION}) {
      texts.push_back(Count(roc_a_, dimension)->DebugString());
    }
    return texts;
  };
  ASSERT_THAT(Import(WithFoldedReasons(0)), IsOk());
  const std::vector<std::string> first = answers();
  EXPECT_THAT(first[2], HasSubstr("alone"));
  for (int variant = 1; variant < 5; ++variant) {
    ASSERT_THAT(Import(WithFoldedReasons(variant)), IsOk());
    EXPECT_EQ(answers(), first) << variant;
  }
}

TEST_F(Cohorts, APercentageThatDoesNotTurnOnAFoldedReasonIsTold) {
  std::vector<v1::CohortRecord> records;
  for (int i = 0; i < 100; ++i) {
    records.push_back(Record(i));
    if (i >= 2) records.back().add_next_education(v1::COUNT_CODE_C1);
  }
  records[99].set_exempted(true);
  records[99].set_unit_code("alone");
  ASSERT_THAT(Import(records), IsOk());
  const auto count = Count(roc_a_, v1::COUNT_DIMENSION_UNIT);
  ASSERT_THAT(count, IsOk());
  EXPECT_FALSE(count->total().has_denominator_count());
  EXPECT_EQ(count->total().percent().unscaled_value(), 20) << "2 of 100 or of 99, to one decimal";
  EXPECT_EQ(count->total().percent().scale(), 1);
  EXPECT_EQ(count->rows(0).denominator_count(), 99) << "nobody of this unit has a folded reason";
  EXPECT_FALSE(count->rows(1).has_percent());
  const auto by_level = Count(roc_a_);
  ASSERT_EQ(by_level->norm_checks_size(), 1);
  EXPECT_TRUE(by_level->norm_checks(0).met());
}

TEST_F(Cohorts, TheOwnCountIsTheFormulaWithNormsPerCategory) {
  std::vector<v1::CohortRecord> records;
  for (int i = 0; i < 40; ++i) {
    v1::CohortRecord record = Record(i);
    record.set_level(i < 20 ? v1::LEVEL_MBO3 : v1::LEVEL_MBO4);
    if (i == 0) record.set_next_whereabouts(v1::WHEREABOUTS_EMIGRATED);
    if (i > 1) record.add_next_education(v1::COUNT_CODE_C1);
    records.push_back(record);
  }
  ASSERT_THAT(Import(records), IsOk());
  const auto count = Count(roc_a_);
  ASSERT_THAT(count, IsOk());
  EXPECT_EQ(count->label(), v1::COUNT_LABEL_ESTIMATE);
  EXPECT_EQ(count->total().population_count(), 40);
  EXPECT_EQ(count->total().denominator_count(), 39);
  EXPECT_EQ(count->total().early_leaver_count(), 1);
  EXPECT_EQ(count->total().percent().unscaled_value(), 256);
  ASSERT_EQ(count->norm_checks_size(), 1) << "levels 3 and 4 share a norm";
  EXPECT_EQ(count->norm_checks(0).category(), "mbo3-4");
  EXPECT_EQ(count->norm_checks(0).norm().unscaled_value(), 275);
  EXPECT_TRUE(count->norm_checks(0).met());
  EXPECT_EQ(Count(roc_a_, v1::COUNT_DIMENSION_UNIT)->rows(0).slice(), "5100");
}

TEST_F(Cohorts, OthersSeeNothingBeforeItIsClosedAndTheStoredTableAfter) {
  std::vector<v1::CohortRecord> records;
  for (int i = 0; i < 30; ++i) {
    records.push_back(Record(i));
    if (i % 2 == 0) records.back().add_next_education(v1::COUNT_CODE_C1);
    if (i < 2) records.back().set_level(v1::LEVEL_MBO3);
    if (i >= 2 && i < 14) records.back().set_level(v1::LEVEL_MBO4);
  }
  ASSERT_THAT(Import(records), IsOk());
  EXPECT_THAT(Count(rmc_), HasReason("COHORT_OPEN"));
  ASSERT_THAT(Close(), IsOk());
  EXPECT_THAT(Count(rmc_, v1::COUNT_DIMENSION_UNIT), HasReason("TABLE_NOT_PUBLISHED"));
  const auto count = Count(rmc_);
  ASSERT_THAT(count, IsOk());
  EXPECT_EQ(count->total().early_leaver_count(), 15);
  EXPECT_FALSE(count->total().has_population_count()) << "A and the codes are the institution's";
  EXPECT_EQ(count->total().by_code_size(), 0);
  std::map<std::string, bool> withheld;
  for (const v1::CountRow& row : count->rows()) {
    withheld[row.slice()] = row.withheld();
    EXPECT_EQ(row.withheld(),
              !row.has_early_leaver_count() && !row.has_denominator_count() && !row.has_percent());
  }
  EXPECT_EQ(withheld,
            (std::map<std::string, bool>{{"mbo2", false}, {"mbo3", true}, {"mbo4", true}}));
  ASSERT_EQ(count->norm_checks_size(), 1)
      << "the sum of levels 3 and 4 would tell nothing new, but neither is it shown";
  EXPECT_EQ(count->norm_checks(0).category(), "mbo2_basis");
  EXPECT_THAT(Import({Record(50)}), HasReason("COHORT_CLOSED"));
}

TEST_F(Cohorts, TheTrailOfAPageNamesThoseWhoAreOnIt) {
  ASSERT_THAT(Import({Record(0), Record(1), Record(2)}), IsOk());
  v1::ListCountDecisionsRequest request;
  request.set_name("regions/16/cohorts/romn");
  request.set_page_size(2);
  const auto page = handlers_.ListDecisions(roc_a_, request);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->message().decisions_size(), 2);
  EXPECT_EQ(stores_.Audited().back().subjects.size(), 2U) << "and not the first of the next page";
  request.set_page_token(page->message().next_page_token());
  const auto next = handlers_.ListDecisions(roc_a_, request);
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(next->message().decisions_size(), 1);
  EXPECT_EQ(next->message().next_page_token(), "");
}

// A cohort that is created between the two statements of an import.
class CreatedMeanwhile : public FakeOutcomesStores {
 public:
  std::vector<absl::StatusOr<Cohort>> GetCohorts(absl::Span<const CohortName> names,
                                                 absl::Time deadline) override {
    std::vector<absl::StatusOr<Cohort>> found = FakeOutcomesStores::GetCohorts(names, deadline);
    if (!found.front().ok()) {
      EXPECT_THAT(CreateCohorts({{MutationBy("roc-a", 900), SampleCohort("romn")}}).front(),
                  IsOk());
    }
    return found;
  }
};

TEST(ImportOfCohortRecords, IsNotAcknowledgedWhenTheCohortWasCreatedMeanwhile) {
  CreatedMeanwhile stores;
  const aip::PageTokens tokens("a key of this test, 32 bytes long");
  const PupilKeys keys("another key of this test, 32 byte");
  CohortHandlers handlers({stores, tokens, keys, 5});
  v1::ImportCohortRecordsRequest request;
  request.set_name("regions/16/cohorts/romn");
  *request.add_records() = Record(0);
  request.set_request_id(RequestId(1));
  const rpc::CallContext roc_a = CallBy("roc-a", policy::v1::ROLE_MBO);
  EXPECT_THAT(handlers.ImportRecords(roc_a, request), HasReason("COHORT_NOT_FOUND"));
  const auto repeat = handlers.ImportRecords(roc_a, request);
  ASSERT_THAT(repeat, IsOk());
  EXPECT_EQ(repeat->message().verdicts(0).verdict(), v1::RECORD_VERDICT_ADDED);
  EXPECT_EQ(repeat->message().record_count(), 1);
}

TEST_F(Cohorts, ForAnotherInstitutionThereAreNoRecordsAndTheTryIsAudited) {
  ASSERT_THAT(Import({Record(0)}), IsOk());
  EXPECT_THAT(Decisions(roc_b_), HasReason("COHORT_NOT_FOUND"));
  EXPECT_THAT(Import(roc_b_, {Record(1)}), HasReason("COHORT_NOT_FOUND"));
  int refused = 0;
  for (const AuditedCall& call : stores_.Audited()) {
    if (call.organisation_id == "roc-b" && !call.granted) ++refused;
  }
  EXPECT_EQ(refused, 2);
}

TEST_F(Cohorts, TheCountDateIsAFirstOfOctober) {
  auto request = FromText<v1::CreateCohortRequest>(R"pb(
    parent: "regions/16"
    cohort_id: "x1"
    cohort { count_date { year: 2015 month: 9 day: 30 } })pb");
  request.set_request_id(RequestId(next_request_++));
  EXPECT_THAT(handlers_.Create(roc_a_, request), HasReason("FIELD_INVALID"));
}

TEST(PupilKeys, OfTwoCohortsCannotBeJoined) {
  const PupilKeys keys("another key of this test, 32 byte");
  const auto pgn = base::Pgn::Parse(TestPgn(0));
  EXPECT_EQ(keys.KeyOf("regions/16/cohorts/a", *pgn), keys.KeyOf("regions/16/cohorts/a", *pgn));
  EXPECT_NE(keys.KeyOf("regions/16/cohorts/a", *pgn), keys.KeyOf("regions/16/cohorts/b", *pgn));
  EXPECT_EQ(keys.KeyOf("regions/16/cohorts/a", *pgn).size(), 32U);
}

}  // namespace
}  // namespace vsv::outcomes
