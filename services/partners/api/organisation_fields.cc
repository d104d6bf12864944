#include "services/partners/api/organisation_fields.h"

#include "libs/base/identifiers.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace vsv::partners {

namespace {

constexpr int kMaxIdentifiers = 50;
constexpr int kMaxContacts = 20;

bool IsPhoneNumber(absl::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
         std::all_of(text.begin() + 1, text.end(),
                     [](unsigned char c) { return absl::ascii_isdigit(c); });
}

bool IsEmailAddress(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '@');
  return parts.size() == 2 && !parts[0].empty() && parts[0].size() <= 64 && text.size() <= 254 &&
         parts[1].find('.') != absl::string_view::npos && parts[1].front() != '.' &&
         parts[1].back() != '.' && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isgraph(c);
         });
}

}  // namespace

std::vector<Identifier> ReadIdentifiers(const v1::Organisation& organisation, FieldReader& reader) {
  std::vector<Identifier> identifiers;
  std::set<IdentifierScheme> schemes;
  if (organisation.identifiers_size() > kMaxIdentifiers) {
    reader.Violate("organisation.identifiers", absl::StrCat("at most ", kMaxIdentifiers));
    return identifiers;
  }
  for (int i = 0; i < organisation.identifiers_size(); ++i) {
    const std::string path = absl::StrCat("organisation.identifiers[", i, "]");
    const auto scheme =
        reader.Value<IdentifierScheme>(organisation.identifiers(i).scheme(), path + ".scheme");
    if (scheme == IdentifierScheme::kUnspecified) continue;
    const std::optional<std::string> value =
        base::NormaliseIdentifier(NumberingOf(scheme), organisation.identifiers(i).value());
    if (!value) {
      reader.Violate(path + ".value",
                     absl::StrCat("must be ", base::ExpectedForm(NumberingOf(scheme))));
      continue;
    }
    Identifier identifier{.scheme = scheme, .value = *value};
    const bool again = !schemes.insert(scheme).second;
    if ((again && scheme != IdentifierScheme::kBrinLocation) ||
        std::find(identifiers.begin(), identifiers.end(), identifier) != identifiers.end()) {
      reader.Violate(path, "an organisation has one number of this scheme");
    }
    identifiers.push_back(std::move(identifier));
  }
  std::sort(identifiers.begin(), identifiers.end(), [](const Identifier& a, const Identifier& b) {
    return std::tie(a.scheme, a.value) < std::tie(b.scheme, b.value);
  });
  return identifiers;
}

std::vector<Contact> ReadContacts(const v1::Organisation& organisation, FieldReader& reader) {
  std::vector<Contact> contacts;
  if (organisation.contacts_size() > kMaxContacts) {
    reader.Violate("organisation.contacts", absl::StrCat("at most ", kMaxContacts));
    return contacts;
  }
  for (int i = 0; i < organisation.contacts_size(); ++i) {
    const v1::Contact& proto = organisation.contacts(i);
    const std::string path = absl::StrCat("organisation.contacts[", i, "]");
    if (proto.phone_number().empty() && proto.email_address().empty()) {
      reader.Violate(path, "needs a telephone number or an e-mail address");
    }
    if (!proto.phone_number().empty() && !IsPhoneNumber(proto.phone_number())) {
      reader.Violate(path + ".phone_number", "must be an E.164 number, e.g. +31334221199");
    }
    if (!proto.email_address().empty() && !IsEmailAddress(proto.email_address())) {
      reader.Violate(path + ".email_address",
                     "must be an e-mail address of at most 254 characters");
    }
    contacts.push_back({.role = reader.Value<ContactRole>(proto.role(), path + ".role"),
                        .phone_number = proto.phone_number(),
                        .email_address = proto.email_address(),
                        .validity = reader.Validity(proto.validity(), path + ".validity")});
  }
  return contacts;
}

}  // namespace vsv::partners
