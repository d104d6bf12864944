// The state machine of a dossier: which event leads from which state to which, and whose it is.
#pragma once

#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/dossier.h"

#include "absl/status/statusor.h"

#include <cstdint>

namespace vsv::dossiers {

// What can happen to a dossier.
enum class Event : uint8_t {
  kWritePartA,  // content of part A alone
  kWrite,       // content of any part
  kCompletePartA,
  kCompletePartB,
  kRecordView,
  kConfirmAgreement,
  kSend,
  kAccept,
  kReject,
  kProcess,
  kWithdraw,
  kRecall,  // an application at the addressee did not lead to an enrolment
};

// What an organisation is to a dossier.
enum class Actor : uint8_t { kDelivering, kAddressee, kOther };

// `organisation` as an actor for `event`: an institution that both delivers and receives (internal
// switch) is whichever the event asks for.
Actor ActorFor(const Dossier& dossier, Event event, const OrganisationId& organisation);

// The state that `event` by `actor` leads to. Errors: ROLE_REQUIRED (not this actor's, in whatever
// state), STATE_CONFLICT with metadata "state" and "needed".
absl::StatusOr<DossierState> Next(const Dossier& dossier, Event event, Actor actor);

// Sets state and state time when the state changes.
void Enter(Dossier& dossier, DossierState state, absl::Time now);

}  // namespace vsv::dossiers
