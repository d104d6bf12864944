// Digests, message authentication and the text forms of bytes.
#pragma once

#include "absl/strings/string_view.h"

#include <optional>
#include <string>

namespace vsv::base {

// SHA-256 of `data`: 32 raw bytes.
std::string Sha256(absl::string_view data);

// HMAC-SHA256 of `data` under `key`: 32 raw bytes.
std::string HmacSha256(absl::string_view key, absl::string_view data);

// Compares without telling by its time where the two differ. The lengths are not secret.
bool ConstantTimeEquals(absl::string_view a, absl::string_view b);

// Lower-case hex digits, two a byte.
std::string HexEncode(absl::string_view bytes);
// The bytes of an even number of hex digits of either case; nullopt for anything else.
std::optional<std::string> HexDecode(absl::string_view text);

// base64url (RFC 4648, section 5) without padding.
std::string Base64UrlEncode(absl::string_view bytes);
// Only what Base64UrlEncode makes; nullopt for anything else (padding, line ends and loose last
// bits included), so that there is one text for one value.
std::optional<std::string> Base64UrlDecode(absl::string_view text);

}  // namespace vsv::base
