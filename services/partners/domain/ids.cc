#include "services/partners/domain/ids.h"

#include "libs/base/uuid.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include <algorithm>

namespace vsv::partners {

bool IsSlug(absl::string_view text) {
  if (text.size() < 2 || text.size() > 63 ||
      !absl::ascii_islower(static_cast<unsigned char>(text[0]))) {
    return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return absl::ascii_islower(byte) || absl::ascii_isdigit(byte) || c == '-';
  });
}

bool IsThumbprint(absl::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c)) || (c >= 'a' && c <= 'f');
         });
}

std::string NewSlug(char prefix, const base::Clock& clock) {
  return absl::StrCat(std::string(1, prefix), "-", base::NewUuidV7(clock));
}

}  // namespace vsv::partners
