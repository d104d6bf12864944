#include "libs/base/identifiers.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include <algorithm>

namespace vsv::base {
namespace {

// What the main number of an OIN with this prefix looks like.
struct OinPrefix {
  absl::string_view prefix;
  size_t main_size;
  bool letters;
};

// data/oin_prefixes.csv is the source; a test compares.
constexpr OinPrefix kOinPrefixes[] = {
    {"00000001", 9, false},  // RSIN
    {"00000002", 9, false},  // Fi-nummer
    {"00000003", 8, false},  // KvK-nummer
    {"00000004", 9, true},   // SubOIN
    {"00000005", 9, true},   // free
    {"00000006", 9, true},   // Logius main number
    {"00000007", 9, true},   // BRIN
    {"00000008", 9, true},   // foreign number
    {"00000009", 9, true},   // UZI
    {"00000010", 9, true},   // TRR-BD
    {"00000099", 9, true},   // test OIN
};

// True when `text` has the form of `pattern`, in which 9 stands for a digit, A for a capital
// letter, and X for either.
bool Matches(absl::string_view text, absl::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool digit = absl::ascii_isdigit(c);
    const bool letter = absl::ascii_isupper(c);
    const char kind = pattern[i];
    const bool fits = kind == '9'   ? digit
                      : kind == 'A' ? letter
                      : kind == 'X' ? digit || letter
                                    : text[i] == kind;
    if (!fits) return false;
  }
  return true;
}

std::optional<std::string> UpperIfMatches(absl::string_view text, absl::string_view pattern) {
  std::string upper = absl::AsciiStrToUpper(text);
  if (!Matches(upper, pattern)) return std::nullopt;
  return upper;
}

bool AllZeros(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == '0'; });
}

}  // namespace

std::optional<std::string> NormaliseBrin(absl::string_view text) {
  return UpperIfMatches(text, "99AA");
}

std::optional<std::string> NormaliseBrinLocation(absl::string_view text) {
  return UpperIfMatches(text, "99AA99");
}

std::optional<std::string> NormaliseOin(absl::string_view text) {
  std::optional<std::string> oin = UpperIfMatches(text, "99999999XXXXXXXXXXXX");
  if (!oin.has_value()) return std::nullopt;
  for (const OinPrefix& known : kOinPrefixes) {
    if (!absl::StartsWith(*oin, known.prefix)) continue;
    const absl::string_view main = absl::string_view(*oin).substr(8, known.main_size);
    const absl::string_view suffix = absl::string_view(*oin).substr(8 + known.main_size);
    const bool digits = std::all_of(main.begin(), main.end(), [](char c) {
      return absl::ascii_isdigit(static_cast<unsigned char>(c));
    });
    if (AllZeros(main) || !AllZeros(suffix) || (!digits && !known.letters)) return std::nullopt;
    return oin;
  }
  return std::nullopt;
}

std::optional<std::string> NormaliseKvk(absl::string_view text) {
  return UpperIfMatches(text, "99999999");
}

std::optional<std::string> NormaliseMunicipalityCode(absl::string_view text) {
  if (Matches(text, "9999")) return absl::StrCat("GM", text);
  return UpperIfMatches(text, "GM9999");
}

std::optional<std::string> NormaliseSwv(absl::string_view text) {
  const std::string upper = absl::AsciiStrToUpper(text);
  if (Matches(upper, "VO9999")) return upper;
  if (!Matches(upper, "VO-99-99")) return std::nullopt;
  return absl::StrCat("VO", upper.substr(3, 2), upper.substr(6, 2));
}

std::optional<std::string> NormaliseRmcCode(absl::string_view text) {
  if (!Matches(text, "99") || text < "01" || text > "40") return std::nullopt;
  return std::string(text);
}

std::optional<std::string> NormaliseIdentifier(IdentifierScheme scheme, absl::string_view text) {
  switch (scheme) {
    case IdentifierScheme::kBrin:
      return NormaliseBrin(text);
    case IdentifierScheme::kBrinLocation:
      return NormaliseBrinLocation(text);
    case IdentifierScheme::kOin:
      return NormaliseOin(text);
    case IdentifierScheme::kKvk:
      return NormaliseKvk(text);
    case IdentifierScheme::kMunicipalityCode:
      return NormaliseMunicipalityCode(text);
    case IdentifierScheme::kSwv:
      return NormaliseSwv(text);
    case IdentifierScheme::kRmcCode:
      return NormaliseRmcCode(text);
  }
  return std::nullopt;
}

absl::string_view ExpectedForm(IdentifierScheme scheme) {
  switch (scheme) {
    case IdentifierScheme::kBrin:
      return "a BRIN: two digits and two letters, e.g. 25LH";
    case IdentifierScheme::kBrinLocation:
      return "a BRIN location: a BRIN and two digits, e.g. 25LH00";
    case IdentifierScheme::kOin:
      return "an OIN: 20 characters, a known prefix of 8 digits, a main number and zeros, e.g. "
             "0000000700000AV00000";
    case IdentifierScheme::kKvk:
      return "a KvK number: 8 digits";
    case IdentifierScheme::kMunicipalityCode:
      return "a municipality code: 4 digits or GM0307";
    case IdentifierScheme::kSwv:
      return "a support alliance number: VO2602 or VO-26-02";
    case IdentifierScheme::kRmcCode:
      return "an RMC region code: 01 to 40";
  }
  return "";
}

}  // namespace vsv::base
