// What a store reads of a dossier for one asker, and what a decision changes.
#pragma once

#include "services/dossiers/domain/application.h"
#include "services/dossiers/domain/category.h"
#include "services/dossiers/domain/consent.h"
#include "services/dossiers/domain/dossier.h"
#include "services/dossiers/domain/erasure.h"
#include "services/dossiers/domain/first_year.h"
#include "services/dossiers/domain/process_count.h"
#include "services/dossiers/domain/warm_handover.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::dossiers {

// A dossier as far as the asker may have it: what was not granted never left the database.
struct DossierRow {
  Dossier dossier;
  // PROCESS is in it whenever the row exists for the asker. Empty: a change is repeated by who has
  // lost the dossier (DossierStore::Mutate).
  CategorySet granted;
  std::optional<std::string> pgn;  // with PGN
  std::vector<Section> sections;   // granted ones that exist, in the order of Category
  std::vector<PersonView> views;   // with VIEW, oldest first
  WarmHandover handover;
  HandoverTexts handover_texts;              // with SUPPORT
  std::vector<FirstYearOutcome> first_year;  // by count date; reason and destination with CAREER

  // Facts for decisions, filled by Mutate alone (in its reply too) and never disclosed as such.
  std::vector<Application> applications;  // all of the dossier
  std::vector<Consent> consents;          // all of the dossier
  Residence residence;  // when an application is the target: then alone others may take over
  std::string made;     // DossierChange::made of this request, also when it is replayed
};

// Why a holder is told to give up what it holds.
enum class RecallReason : uint8_t { kConsentWithdrawn, kBasisEnded, kErased, kNoEnrolment };

// The holder loses these categories of the dossier (all when the dossier itself ends for it). The
// store writes a tombstone for what the holder held and is no longer granted by any other basis;
// the receipt is kept.
struct Recall {
  OrganisationId holder;
  CategorySet categories;  // kAllCategories = the dossier as a whole
  RecallReason reason = RecallReason::kBasisEnded;
};

// Effect of one decision. What is not set stays as it is.
struct DossierChange {
  Dossier dossier;                 // new process facts; version and updated_at are the store's
  std::string operation;           // for the audit row, e.g. "SEND"
  std::vector<Section> sections;   // inserted or replaced
  std::vector<Category> cleared;   // sections removed
  std::optional<PersonView> view;  // added
  std::optional<Application> application;      // inserted or replaced by id
  std::optional<Consent> consent;              // inserted or replaced by id
  std::optional<WarmHandover> handover;        // replaced
  HandoverTexts handover_texts;                // those set are replaced
  std::optional<FirstYearOutcome> first_year;  // inserted or replaced by count date
  std::optional<Recall> recall;
  std::vector<CountDelta> counts;
  // The dossier ends, with all that belongs to it: nothing else of the change is written. For
  // commands that say so (MutateCommand::erases).
  std::optional<ErasureGround> erasure;
  std::string made;  // id of what was made (application, consent), or the moment of an erasure;
                     // kept as the reference of the request id, "" = the dossier
};

}  // namespace vsv::dossiers
