// Applications, consents, counts and tombstones between contract and domain.
#pragma once

#include "services/dossiers/domain/change_store.h"
#include "services/dossiers/domain/related_store.h"

#include "vsv/dossiers/v1/application.pb.h"
#include "vsv/dossiers/v1/consent.pb.h"
#include "vsv/dossiers/v1/counts.pb.h"
#include "vsv/dossiers/v1/first_year.pb.h"
#include "vsv/dossiers/v1/view.pb.h"
#include "vsv/dossiers/v1/watch.pb.h"

namespace vsv::dossiers {

v1::Application ToProto(const ApplicationRow& row);
v1::Consent ToProto(const ConsentRow& row);
v1::DossierTombstone ToProto(const Tombstone& tombstone);
v1::ProcessCount ToProto(const CountChange& change);

// These take messages that were validated. Ids and what the service sets are left empty.
Application ParseApplication(const v1::Application& application);
Consent ParseConsent(const v1::Consent& consent);
PersonView ParseView(const v1::PersonView& view);
FirstYearOutcome ParseFirstYear(const v1::FirstYearOutcome& outcome);

// A day that was validated.
absl::CivilDay ParseDay(const google::type::Date& date);

}  // namespace vsv::dossiers
