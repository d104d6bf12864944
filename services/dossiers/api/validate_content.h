// Rules of a dossier's content over more than one field.
#pragma once

#include "libs/errors/errors.h"

#include "vsv/dossiers/v1/dossier.pb.h"

#include "absl/time/civil_time.h"

#include <string>
#include <vector>

namespace vsv::dossiers {

// Each subject once; who is named when contact is needed; no birth in the future; absence of the
// preceding school year only (that of the dossier itself while the next has not begun), for a
// dossier of `school_year` (first calendar year).
void ValidateContent(const v1::Dossier& dossier, int school_year, absl::CivilDay today,
                     const std::string& path, std::vector<errors::Violation>& violations);

// With a secret address (adresgeheim): no address, phone number or mail address anywhere in the
// dossier, also not within a text. `dossier` must hold all sections there are.
void ValidateSecretAddress(const v1::Dossier& dossier, const std::string& path,
                           std::vector<errors::Violation>& violations);

// True when the support section says that a warm handover is needed.
bool SaysHandoverNeeded(const v1::Dossier& dossier);

}  // namespace vsv::dossiers
