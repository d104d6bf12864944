#include "services/dossiers/api/enums.h"

#include "services/dossiers/domain/names.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include <string>

namespace vsv::dossiers {
namespace {

// Every value of the domain has the number and name of the contract, and the contract has no other.
template <typename Domain, typename Proto>
void ExpectSame(Domain last, const std::string& prefix, int proto_values,
                std::string (*name)(Proto)) {
  EXPECT_EQ(proto_values, static_cast<int>(last) + 2) << prefix;  // and 0 = unspecified
  for (int number = 0; number <= static_cast<int>(last); ++number) {
    const auto value = static_cast<Domain>(number);
    const Proto proto = ToProto(value);
    EXPECT_EQ(name(proto), absl::StrCat(prefix, Name(value)));
    EXPECT_EQ(FromProto<Domain>(proto), value);
  }
}

template <typename Proto>
std::string NameOf(Proto value) {
  return google::protobuf::GetEnumDescriptor<Proto>()->FindValueByNumber(value)->name();
}

template <typename Proto>
int Values() {
  return google::protobuf::GetEnumDescriptor<Proto>()->value_count();
}

TEST(Enums, OfContractAndDomainAreTheSame) {
  ExpectSame(DossierState::kWithdrawn, "DOSSIER_STATE_", Values<v1::DossierState>(),
             NameOf<v1::DossierState>);
  ExpectSame(Origin::kPrecedingProvision, "ORIGIN_", Values<v1::Origin>(), NameOf<v1::Origin>);
  ExpectSame(Finality::kFinal, "FINALITY_", Values<v1::Finality>(), NameOf<v1::Finality>);
  ExpectSame(Person::kGuardian, "PERSON_", Values<v1::Person>(), NameOf<v1::Person>);
  ExpectSame(Opinion::kDisagrees, "OPINION_", Values<v1::Opinion>(), NameOf<v1::Opinion>);
  ExpectSame(ApplicationState::kWithdrawn, "APPLICATION_STATE_", Values<v1::ApplicationState>(),
             NameOf<v1::ApplicationState>);
  ExpectSame(HandoverState::kDeclined, "HANDOVER_STATE_", Values<v1::HandoverState>(),
             NameOf<v1::HandoverState>);
  ExpectSame(Participant::kCareParty, "PARTICIPANT_", Values<v1::Participant>(),
             NameOf<v1::Participant>);
  ExpectSame(FirstYearStatus::kDeregistered, "FIRST_YEAR_STATUS_", Values<v1::FirstYearStatus>(),
             NameOf<v1::FirstYearStatus>);
  ExpectSame(Process::kFirstYear, "PROCESS_", Values<v1::Process>(), NameOf<v1::Process>);
  ExpectSame(RecallReason::kNoEnrolment, "RECALL_REASON_", Values<v1::RecallReason>(),
             NameOf<v1::RecallReason>);
  ExpectSame(ErasureGround::kUnlawful, "ERASURE_GROUND_", Values<v1::ErasureGround>(),
             NameOf<v1::ErasureGround>);
}

TEST(Enums, CategoriesAndPurposesHaveTheNumbersOfTheContract) {
  for (const Category category : kAllCategories.Members()) {
    EXPECT_EQ(policy::v1::DataCategory_Name(ToProto(category)),
              absl::StrCat("DATA_CATEGORY_", Name(category)));
  }
  for (int number = 0; number <= static_cast<int>(Purpose::kProjection); ++number) {
    const auto purpose = static_cast<Purpose>(number);
    EXPECT_EQ(policy::v1::Purpose_Name(ToProto(purpose)), absl::StrCat("PURPOSE_", Name(purpose)));
  }
  for (const Relation relation :
       {Relation::kDelivering, Relation::kReceiving, Relation::kMunicipalityOfResidence,
        Relation::kRmcOfResidence, Relation::kAttendanceOfResidence, Relation::kConsentedParty}) {
    EXPECT_EQ(policy::v1::Relation_Name(static_cast<policy::v1::Relation>(relation)),
              absl::StrCat("RELATION_", Name(relation)));
  }
}

}  // namespace
}  // namespace vsv::dossiers
