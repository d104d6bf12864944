// Authenticated encryption of small values at rest (AES-256-GCM).
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <string>

namespace vsv::base {

// Length of an AEAD key in bytes.
inline constexpr size_t kAeadKeyBytes = 32;

// Encrypts `plain` under `key` (32 bytes) with a fresh random nonce. `bound_to` is authenticated
// but not stored: the value opens only where it belongs, so a sealed value copied to another row is
// refused. Layout: one version byte (1), 12 bytes nonce, ciphertext, 16 bytes tag. Errors:
// INVALID_ARGUMENT for a key of another length.
absl::StatusOr<std::string> Seal(absl::string_view key, absl::string_view bound_to,
                                 absl::string_view plain);

// The plain value. Errors: INVALID_ARGUMENT for a key of another length; DATA_LOSS when `sealed` is
// no value of ours, was changed, belongs elsewhere, or was sealed with another key: alike, and
// without a word of its content.
absl::StatusOr<std::string> Open(absl::string_view key, absl::string_view bound_to,
                                 absl::string_view sealed);

}  // namespace vsv::base
