// Warme overdracht: the talk that goes with a dossier for a pupil who needs extra support. At most
// one per dossier.
#pragma once

#include "services/dossiers/domain/dossier.h"

#include "absl/time/civil_time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vsv::dossiers {

// NEEDED -> PLANNED -> HELD -> SUPPORT_AGREED -> FOLLOWED_UP, or NOT_NEEDED, DECLINED(reason).
enum class HandoverState : uint8_t {
  kNotNeeded,
  kNeeded,
  kPlanned,
  kHeld,
  kSupportAgreed,
  kFollowedUp,
  kDeclined,
};

// Who was at the table.
enum class Participant : uint8_t { kPupil, kGuardian, kDelivering, kReceiving, kCareParty };

// Process facts; the texts are category SUPPORT and stand in HandoverTexts.
struct WarmHandover {
  HandoverState state = HandoverState::kNotNeeded;
  std::optional<absl::CivilDay> planned_on;  // day of the talk
  std::optional<absl::CivilDay> held_on;
  std::vector<Participant> participants;  // at the talk
  std::optional<absl::CivilDay> support_agreed_on;
  std::optional<Person> support_agreed_by;         // the student from 16, a guardian before
  std::optional<absl::CivilDay> first_school_day;  // the support is to be agreed by then
  std::optional<absl::CivilDay> followed_up_on;
  std::optional<absl::CivilDay> due_on;  // of the next step; nullopt when nothing is due
};

// Free text of the handover, category SUPPORT: read only with that grant, and a change leaves what
// it does not set.
struct HandoverTexts {
  std::optional<std::string> agreed_support;     // 1..2000 characters
  std::optional<std::string> follow_up_outcome;  // 1..2000 characters
  std::optional<std::string> declined_reason;    // 1..500 characters
};

}  // namespace vsv::dossiers
