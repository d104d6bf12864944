// Which counters a change moves.
#pragma once

#include "services/dossiers/domain/dossier_row.h"
#include "services/dossiers/domain/process_count.h"

#include "absl/time/civil_time.h"

#include <vector>

namespace vsv::dossiers {

// Of a dossier that is made on `day`: one transition, and its handover when one is needed.
std::vector<CountDelta> CountsOfNew(const Dossier& dossier, const WarmHandover& handover,
                                    absl::CivilDay day);

// Of a change on `day`: what was counted goes out, what is counted now comes in; nothing for what
// stays the same. Everything of a dossier is counted for its responsible organisation, so that a
// change of that moves it all.
std::vector<CountDelta> CountsOfChange(const DossierRow& before, const DossierChange& change,
                                       absl::CivilDay day);

// Of a dossier that is erased on `day`: what was still open goes out, because nobody can ever close
// it. What was reached stays counted: it happened, and a sum over a region tells of nobody.
std::vector<CountDelta> CountsOfErasure(const Dossier& dossier, const WarmHandover& handover,
                                        absl::CivilDay day);

}  // namespace vsv::dossiers
