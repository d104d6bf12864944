// Ed25519 signatures (RFC 8032).
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <memory>
#include <string>
#include <vector>

struct evp_pkey_st;

namespace vsv::base {

class Ed25519Key {
 public:
  // Of a PEM text. INVALID_ARGUMENT when it holds no private key of Ed25519, or one behind a
  // password.
  static absl::StatusOr<Ed25519Key> FromPem(absl::string_view pem);

  // 64 raw bytes.
  std::string Sign(absl::string_view message) const;

  // 32 raw bytes.
  const std::string& public_key() const { return public_key_; }

 private:
  Ed25519Key(std::shared_ptr<evp_pkey_st> key, std::string public_key)
      : key_(std::move(key)), public_key_(std::move(public_key)) {}

  std::shared_ptr<evp_pkey_st> key_;
  std::string public_key_;
};

// All public keys in a PEM text, 32 raw bytes each. INVALID_ARGUMENT when there is none, or one of
// another algorithm.
absl::StatusOr<std::vector<std::string>> Ed25519PublicKeysFromPem(absl::string_view pem);

// Whether `signature` is the signature of `message` under `public_key`, all raw bytes.
bool Ed25519Verifies(absl::string_view public_key, absl::string_view message,
                     absl::string_view signature);

}  // namespace vsv::base
