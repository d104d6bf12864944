// The chapters of the story, in order. Each returns the first step that did not hold.
#pragma once

#include "absl/status/status.h"
#include "absl/time/civil_time.h"

#include <map>
#include <string>

#include "deploy/dev/story/narrator.h"
#include "deploy/dev/story/stage.h"
#include "deploy/dev/story/transition_walk.h"

namespace vsv::story {

// What one chapter leaves for the next.
struct Plot {
  Narrator& narrator;
  Stage& stage;
  absl::CivilDay today;
  int year = 0;                      // summer of the transition
  int pupils = 0;                    // how many are generated
  Cast schools;                      // who makes dossiers, by organisation id
  Cast mbos;                         // who receives them
  Cast everyone;                     // both
  std::string dossier;               // the one that is followed in full
  std::string municipality_consent;  // consents to its extra care data
  std::string mbo_consent;
};

// 1. The register: regions, organisations, agreements, mandates, roles.
absl::Status TellRegister(Plot& plot);
// 2. The two programmes with their lines and assignments.
absl::Status TellPrograms(Plot& plot);
// 3. Thousands of dossiers, and one in full.
absl::Status TellDossiers(Plot& plot);
// 4. A municipality that syncs, is killed, and goes on.
absl::Status TellSync(Plot& plot);
// 5. Somebody without a basis, and the trail of who saw what.
absl::Status TellAudit(Plot& plot);
// 6. Figures, the legal count, and ambitions judged.
absl::Status TellOutcomes(Plot& plot);
// 7. What a programme director asks.
absl::Status TellStatus(Plot& plot);

// The purposes that the organisations of the story have credentials for.
absl::StatusOr<const Actor*> EnterSchool(Plot& plot, const std::string& id);
absl::StatusOr<const Actor*> EnterMbo(Plot& plot, const std::string& id);
absl::StatusOr<const Actor*> EnterMunicipality(Plot& plot, const std::string& id);

}  // namespace vsv::story
