// Numbers by which organisations, places and regions are known. Each parses to one canonical form,
// so that equal things compare equal in a unique index.
#pragma once

#include "absl/strings/string_view.h"

#include <optional>
#include <string>

namespace vsv::base {

enum class IdentifierScheme {
  kBrin,              // school: two digits, two letters ("25LH")
  kBrinLocation,      // location of a school: BRIN and two digits ("25LH00")
  kOin,               // Organisatie-identificatienummer, 20 characters
  kKvk,               // chamber of commerce: 8 digits
  kMunicipalityCode,  // CBS code: "0307" or "GM0307", canonical "GM0307"
  kSwv,               // support alliance: "VO2602" or "VO-26-02", canonical "VO2602"
  kRmcCode,           // RMC region: "01" to "40"
};

// The canonical form of `text`, or nullopt when it is no identifier of the scheme. Letters are made
// upper case; spaces are never dropped.
std::optional<std::string> NormaliseIdentifier(IdentifierScheme scheme, absl::string_view text);

// What is expected, for the description of a violation: "a BRIN: two digits and two letters, e.g.
// 25LH".
absl::string_view ExpectedForm(IdentifierScheme scheme);

// The same, by name.
std::optional<std::string> NormaliseBrin(absl::string_view text);
std::optional<std::string> NormaliseBrinLocation(absl::string_view text);
// A known prefix of 8 digits (the register behind the number: RSIN, KvK, BRIN, ...), a main number
// of 9 characters (KvK: 8) that is not all zeros, and zeros to the end. The main number may hold
// letters: "0000000700000AV00000" comes from BRIN 00AV. Source: Logius, OIN-Stelsel.
std::optional<std::string> NormaliseOin(absl::string_view text);
std::optional<std::string> NormaliseKvk(absl::string_view text);
std::optional<std::string> NormaliseMunicipalityCode(absl::string_view text);
std::optional<std::string> NormaliseSwv(absl::string_view text);
std::optional<std::string> NormaliseRmcCode(absl::string_view text);

}  // namespace vsv::base
