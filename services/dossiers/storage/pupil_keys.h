// Keys for the number of the pupil: found by a keyed hash, kept sealed; and for the hashes by which
// erased dossiers are known.
#pragma once

#include "services/dossiers/domain/ids.h"

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <string>

namespace vsv::dossiers {

// Derives one key per region and use from a master key, so that the hashes of two regions cannot be
// laid side by side. Immutable.
class PupilKeys {
 public:
  // `master`: 32 bytes of chance. Errors: INVALID_ARGUMENT for any other length.
  static absl::StatusOr<PupilKeys> FromMaster(absl::string_view master);
  // Reads a file of 64 hex digits (white space around them is fine). Errors: FAILED_PRECONDITION
  // with what is wrong, never with what is in it.
  static absl::StatusOr<PupilKeys> FromFile(const std::string& path);

  // HMAC-SHA256 of the number under the region's key: 32 raw bytes.
  std::string Hash(const RegionId& region, absl::string_view pgn) const;
  // The number, encrypted under the region's key and bound to region and hash.
  absl::StatusOr<std::string> Seal(const RegionId& region, absl::string_view pgn) const;
  // The number again. DATA_LOSS when the value was changed or belongs elsewhere.
  absl::StatusOr<std::string> Open(const RegionId& region, absl::string_view hash,
                                   absl::string_view sealed) const;

  // Erased dossiers of a region are known by the HMAC-SHA256 of their id under this key.
  std::string ErasureKey(const RegionId& region) const;
  std::string HashErased(const RegionId& region, const DossierId& dossier) const;
  // Under which the lines of the register of erasures are sealed.
  std::string RegisterKey() const;

 private:
  explicit PupilKeys(std::string master) : master_(std::move(master)) {}

  std::string Derive(absl::string_view use, const RegionId& region) const;

  std::string master_;
};

}  // namespace vsv::dossiers
