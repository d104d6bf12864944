// What can be done with a dossier: one function per RPC, pure. Each checks the actor, then the
// state, then what is missing.
#pragma once

#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/dossier_row.h"

#include "absl/status/statusor.h"

#include <optional>
#include <string>
#include <vector>

namespace vsv::dossiers {

// A handover that is needed from the start, due by 31 July of the school year; or one that is not
// needed.
WarmHandover InitialHandover(bool needed, int school_year);

// `draft` holds what the delivering organisation says; the rest is set here: state, times,
// responsible organisation.
Dossier Start(Dossier draft, const Asker& asker);

// Content and facts to set; what is not set stays.
struct WriteCommand {
  std::vector<Section> sections;
  std::vector<Category> cleared;
  std::optional<Finality> finality;
  std::optional<MunicipalityCode> residence;
  std::optional<bool> has_start_qualification;
  std::optional<absl::CivilDay> due_on;
  bool handover_needed = false;  // what the support section says
};

// Content: by the delivering organisation while it is open. Facts of residence, qualification and
// due date: by whoever guides, in any state but WITHDRAWN. Errors: ROLE_REQUIRED, STATE_CONFLICT.
absl::StatusOr<DossierChange> Write(const DossierRow& row, const Asker& asker,
                                    const WriteCommand& command);

// Errors of these: ROLE_REQUIRED, STATE_CONFLICT, SECTION_MISSING. Where part B was begun when the
// dossier was made, completing part A goes on to B_IN_PROGRESS at once.
absl::StatusOr<DossierChange> CompletePartA(const DossierRow& row, const Asker& asker);
absl::StatusOr<DossierChange> CompletePartB(const DossierRow& row, const Asker& asker);

// `view` with id. Errors: ROLE_REQUIRED, STATE_CONFLICT, PERSON_NOT_ENTITLED, DOSSIER_FULL.
absl::StatusOr<DossierChange> RecordView(const DossierRow& row, const Asker& asker,
                                         PersonView view);

// Errors: ROLE_REQUIRED, STATE_CONFLICT, INSPECTION_MISSING, AGREEMENT_MISSING, DISAGREEMENT
// (unless it travels along).
absl::StatusOr<DossierChange> ConfirmAgreement(const DossierRow& row, const Asker& asker,
                                               bool dissent_travels_along);

// Errors: ROLE_REQUIRED, STATE_CONFLICT, NO_APPLICATION, INSPECTION_MISSING.
absl::StatusOr<DossierChange> Send(const DossierRow& row, const Asker& asker,
                                   const OrganisationId& addressee);

// By the addressee alone; TakeIn is ProcessDossier. Errors: ROLE_REQUIRED, STATE_CONFLICT.
absl::StatusOr<DossierChange> Accept(const DossierRow& row, const Asker& asker);
absl::StatusOr<DossierChange> Reject(const DossierRow& row, const Asker& asker,
                                     absl::string_view reason, absl::string_view note);
absl::StatusOr<DossierChange> TakeIn(const DossierRow& row, const Asker& asker);

// Errors: ROLE_REQUIRED, STATE_CONFLICT.
absl::StatusOr<DossierChange> Withdraw(const DossierRow& row, const Asker& asker);

}  // namespace vsv::dossiers
