// Erasure of a dossier (wissing, AVG art. 17): on what ground, and what is kept of it.
#pragma once

#include "services/dossiers/domain/ids.h"

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <cstdint>
#include <optional>
#include <string>

namespace vsv::dossiers {

// On what ground. Stored by name (names.h).
enum class ErasureGround : uint8_t { kRequest, kRetentionEnded, kUnlawful };

// One dossier that was erased, as it is kept: by a keyed hash, because its name would make it
// somebody's again.
struct Erasure {
  RegionId region;
  std::string dossier_hash;  // 32 raw bytes
  absl::Time erased_at;      // to the microsecond
  ErasureGround ground = ErasureGround::kRequest;
};

// The moment as the reference of an erasing request, and back; nullopt for a text that is none. It
// is all that a repeat of the request has to go by.
std::string ErasureReference(absl::Time erased_at);
std::optional<absl::Time> ErasedAt(absl::string_view reference);

}  // namespace vsv::dossiers
