// The names that enums are stored, counted and audited by: upper snake case, those of the contract
// without prefix.
#pragma once

#include "services/dossiers/domain/application.h"
#include "services/dossiers/domain/asker.h"
#include "services/dossiers/domain/category.h"
#include "services/dossiers/domain/dossier.h"
#include "services/dossiers/domain/dossier_row.h"
#include "services/dossiers/domain/first_year.h"
#include "services/dossiers/domain/process_count.h"
#include "services/dossiers/domain/warm_handover.h"

#include "absl/strings/string_view.h"

#include <optional>

namespace vsv::dossiers {

// Name of a value, e.g. Name(DossierState::kAInProgress) == "A_IN_PROGRESS".
absl::string_view Name(Category value);
absl::string_view Name(Purpose value);
absl::string_view Name(Relation value);
absl::string_view Name(DossierState value);
absl::string_view Name(Origin value);
absl::string_view Name(Finality value);
absl::string_view Name(Person value);
absl::string_view Name(Opinion value);
absl::string_view Name(ApplicationState value);
absl::string_view Name(HandoverState value);
absl::string_view Name(Participant value);
absl::string_view Name(FirstYearStatus value);
absl::string_view Name(Process value);
absl::string_view Name(RecallReason value);
absl::string_view Name(ErasureGround value);

// The value of a name, e.g. FromName<DossierState>("SENT"); nullopt for any other text.
template <typename Enum>
std::optional<Enum> FromName(absl::string_view name);

}  // namespace vsv::dossiers
