#include "services/dossiers/api/limits.h"
#include "services/dossiers/api/limits_table.h"
#include "services/dossiers/api/sections.h"
#include "services/dossiers/api/validate_content.h"

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"

#include <set>
#include <string>
#include <vector>

namespace vsv::dossiers {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using ::testing::Contains;
using ::testing::IsEmpty;

constexpr absl::CivilDay kToday(2026, 5, 11);

void Walk(const Descriptor& type, std::set<const Descriptor*>& seen,
          std::vector<std::string>& unlimited) {
  if (!seen.insert(&type).second || !absl::StartsWith(type.full_name(), "vsv.dossiers.")) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const bool counts = field.cpp_type() == FieldDescriptor::CPPTYPE_STRING ||
                        field.is_repeated() || field.cpp_type() == FieldDescriptor::CPPTYPE_INT32;
    if (counts && LimitOf(field) == nullptr) unlimited.push_back(field.full_name());
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE)
      Walk(*field.message_type(), seen, unlimited);
  }
}

TEST(Limits, EveryTextNumberAndListOfTheContentHasOne) {
  std::set<const Descriptor*> seen;
  std::vector<std::string> unlimited;
  for (const Category category : kSectionCategories.Members()) {
    const FieldDescriptor* field = SectionField(category);
    ASSERT_NE(field, nullptr);
    Walk(*field->message_type(), seen, unlimited);
  }
  EXPECT_THAT(unlimited, IsEmpty());
}

TEST(Limits, NameOnlyFieldsThatExist) {
  for (const Limit& limit : kLimits) {
    const std::string name = "vsv.dossiers.v1." + std::string(limit.field);
    EXPECT_NE(google::protobuf::DescriptorPool::generated_pool()->FindFieldByName(name), nullptr)
        << name;
  }
}

std::vector<std::string> Fields(const std::vector<errors::Violation>& violations) {
  std::vector<std::string> fields;
  for (const errors::Violation& violation : violations) fields.push_back(violation.field);
  return fields;
}

TEST(Limits, CountCharactersNotBytesAndNameEveryViolation) {
  v1::Dossier dossier;
  v1::TransferAdvice& advice = *dossier.mutable_support()->mutable_transfer_advice();
  std::string point;
  for (int i = 0; i < 280; ++i) point += "é";
  advice.add_points_of_attention(point);
  advice.add_points_of_attention(point + "x");
  advice.add_points_of_attention("");
  dossier.set_pgn("111252333");
  dossier.mutable_career()->add_subjects()->set_final_mark_tenths(101);
  v1::DevelopmentPlan& plan = *dossier.mutable_support()->add_development_plans();
  plan.mutable_start_date()->set_year(2025);
  plan.mutable_start_date()->set_month(9);
  plan.mutable_start_date()->set_day(1);
  *plan.mutable_end_date() = plan.start_date();
  plan.mutable_end_date()->set_year(2024);
  std::vector<errors::Violation> violations;
  CheckLimits(dossier, "dossier", violations);
  EXPECT_THAT(Fields(violations), ::testing::UnorderedElementsAre(
                                      "dossier.support.transfer_advice.points_of_attention[1]",
                                      "dossier.support.transfer_advice.points_of_attention[2]",
                                      "dossier.pgn", "dossier.career.subjects[0].final_mark_tenths",
                                      "dossier.support.development_plans[0].end_date"));
}

std::vector<std::string> SecretViolations(const v1::Dossier& dossier) {
  std::vector<errors::Violation> violations;
  ValidateSecretAddress(dossier, "dossier", violations);
  return Fields(violations);
}

TEST(SecretAddress, LeavesNoAddressPhoneOrMailAnywhereInTheDossier) {
  v1::Dossier dossier;
  dossier.mutable_administrative()->mutable_address()->set_locality("Amersfoort");
  dossier.mutable_administrative()->add_guardians()->mutable_contact()->set_phone("033 1234567");
  dossier.mutable_support()->mutable_transfer_advice()->set_contact_phone("033 1234567");
  dossier.mutable_support()->mutable_transfer_advice()->add_points_of_attention(
      "call 06-12 34 56 78 first");
  dossier.mutable_career()->set_motivation("write to me@example.org");
  EXPECT_THAT(SecretViolations(dossier), IsEmpty()) << "no secret address, no rule";
  dossier.mutable_administrative()->set_secret_address(true);
  EXPECT_THAT(
      SecretViolations(dossier),
      ::testing::UnorderedElementsAre(
          "dossier.administrative.address", "dossier.administrative.guardians[0].contact",
          "dossier.support.transfer_advice.contact_phone",
          "dossier.support.transfer_advice.points_of_attention[0]", "dossier.career.motivation"));
}

TEST(SecretAddress, ANumberOfADecisionOrAYearIsNoPhoneNumber) {
  v1::Dossier dossier;
  dossier.mutable_administrative()->set_secret_address(true);
  dossier.mutable_support()->add_admission_statements()->set_decision_number("2024123456789");
  dossier.mutable_career()->set_motivation(
      "From 2023 to 2026 I worked in 3 shops; 06 was the best");
  EXPECT_THAT(SecretViolations(dossier), IsEmpty());
}

std::vector<std::string> AbsenceOf(const std::string& year, absl::CivilDay today) {
  v1::Dossier dossier;
  dossier.mutable_absence()->set_school_year(year);
  std::vector<errors::Violation> violations;
  ValidateContent(dossier, 2025, today, "dossier", violations);
  return Fields(violations);
}

TEST(Absence, IsOfThePrecedingSchoolYearOnly) {
  EXPECT_THAT(AbsenceOf("2024-2025", kToday), IsEmpty());
  EXPECT_THAT(AbsenceOf("2025-2026", kToday), IsEmpty())
      << "the year itself, before the next has begun";
  EXPECT_THAT(AbsenceOf("2025-2026", absl::CivilDay(2026, 8, 1)),
              Contains("dossier.absence.school_year"));
  EXPECT_THAT(AbsenceOf("2023-2024", kToday), Contains("dossier.absence.school_year"));
}

TEST(Content, NamesWhomToCallWhenContactIsNeeded) {
  v1::Dossier dossier;
  dossier.mutable_support()->mutable_transfer_advice()->set_contact_needed(true);
  std::vector<errors::Violation> violations;
  ValidateContent(dossier, 2025, kToday, "dossier", violations);
  EXPECT_THAT(Fields(violations), Contains("dossier.support.transfer_advice.contact_person"));
  EXPECT_TRUE(SaysHandoverNeeded(dossier));
}

TEST(Sections, SurviveTheWayToStorageAndBack) {
  v1::Dossier dossier;
  dossier.mutable_career()->set_motivation("because");
  dossier.mutable_health()->add_medication("ritalin");
  v1::Dossier back;
  for (const Section& section : SectionsOf(dossier)) ASSERT_TRUE(PutSection(section, back).ok());
  EXPECT_EQ(back.SerializeAsString(), dossier.SerializeAsString());
  EXPECT_FALSE(PutSection({Category::kCareer, "no message"}, back).ok());
}

}  // namespace
}  // namespace vsv::dossiers
