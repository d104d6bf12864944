// Enums of the contract and of the domain. Both list the same values in the same order; the
// contract begins with 0 = unspecified, so that a value of the domain is one less. enums_test.cc
// compares every name.
#pragma once

#include "services/dossiers/domain/category.h"
#include "services/dossiers/domain/dossier_row.h"

#include "vsv/dossiers/v1/application.pb.h"
#include "vsv/dossiers/v1/counts.pb.h"
#include "vsv/dossiers/v1/dossier.pb.h"
#include "vsv/dossiers/v1/erasure.pb.h"
#include "vsv/dossiers/v1/first_year.pb.h"
#include "vsv/dossiers/v1/handover.pb.h"
#include "vsv/dossiers/v1/view.pb.h"
#include "vsv/dossiers/v1/watch.pb.h"
#include "vsv/policy/v1/policy.pb.h"

namespace vsv::dossiers {

inline v1::DossierState ToProto(DossierState value) {
  return static_cast<v1::DossierState>(static_cast<int>(value) + 1);
}

inline v1::Origin ToProto(Origin value) {
  return static_cast<v1::Origin>(static_cast<int>(value) + 1);
}

inline v1::Finality ToProto(Finality value) {
  return static_cast<v1::Finality>(static_cast<int>(value) + 1);
}

inline v1::Person ToProto(Person value) {
  return static_cast<v1::Person>(static_cast<int>(value) + 1);
}

inline v1::Opinion ToProto(Opinion value) {
  return static_cast<v1::Opinion>(static_cast<int>(value) + 1);
}

inline v1::ApplicationState ToProto(ApplicationState value) {
  return static_cast<v1::ApplicationState>(static_cast<int>(value) + 1);
}

inline v1::HandoverState ToProto(HandoverState value) {
  return static_cast<v1::HandoverState>(static_cast<int>(value) + 1);
}

inline v1::Participant ToProto(Participant value) {
  return static_cast<v1::Participant>(static_cast<int>(value) + 1);
}

inline v1::FirstYearStatus ToProto(FirstYearStatus value) {
  return static_cast<v1::FirstYearStatus>(static_cast<int>(value) + 1);
}

inline v1::Process ToProto(Process value) {
  return static_cast<v1::Process>(static_cast<int>(value) + 1);
}

inline v1::RecallReason ToProto(RecallReason value) {
  return static_cast<v1::RecallReason>(static_cast<int>(value) + 1);
}

inline v1::ErasureGround ToProto(ErasureGround value) {
  return static_cast<v1::ErasureGround>(static_cast<int>(value) + 1);
}

// Categories and purposes have the numbers of the contract.
inline policy::v1::DataCategory ToProto(Category value) {
  return static_cast<policy::v1::DataCategory>(value);
}

inline policy::v1::Purpose ToProto(Purpose value) {
  return static_cast<policy::v1::Purpose>(value);
}

// From a value that is specified, which the field behaviour check or validation has seen to.
template <typename Domain, typename Proto>
Domain FromProto(Proto value) {
  return static_cast<Domain>(static_cast<int>(value) - 1);
}

inline Category CategoryFromProto(policy::v1::DataCategory value) {
  return static_cast<Category>(value);
}

inline Purpose PurposeFromProto(policy::v1::Purpose value) {
  return static_cast<Purpose>(value);
}

}  // namespace vsv::dossiers
