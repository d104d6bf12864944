// Certificates of the other side, as DER or as PEM. Nobody is identified by anything but one OIN in
// its one form or one name of a service.
#include "libs/base/identifiers.h"
#include "libs/errors/errors.h"
#include "libs/rpc/peer.h"
#include "tests/fuzz/property.h"

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include <cstdint>

using vsv::fuzz::Demand;

namespace {

void Identify(absl::string_view pem) {
  const auto facts = vsv::rpc::ReadCertificate(pem);
  if (!facts.ok()) {
    Demand(vsv::errors::ReasonOf(facts.status()) == "CREDENTIAL_INVALID", "refused by its reason");
    return;
  }
  Demand(facts->thumbprint.size() == 64, "a thumbprint is a SHA-256");
  const auto identity = vsv::rpc::IdentifyCertificate(*facts);
  if (!identity.ok()) {
    Demand(vsv::errors::ReasonOf(identity.status()) == "CREDENTIAL_INVALID",
           "refused by its reason");
    return;
  }
  Demand(identity->oin.empty() != identity->service.empty(), "an organisation or a service");
  Demand(identity->oin.empty() || vsv::base::NormaliseOin(identity->oin) == identity->oin,
         "an OIN in its one form");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text = vsv::fuzz::Text(data, size);
  if (absl::StartsWith(text, "-----BEGIN")) {
    Identify(text);
    return 0;
  }
  std::string lines;
  const std::string base64 = absl::Base64Escape(text);
  for (size_t at = 0; at < base64.size(); at += 64) {
    absl::StrAppend(&lines, base64.substr(at, 64), "\n");
  }
  Identify(absl::StrCat("-----BEGIN CERTIFICATE-----\n", lines, "-----END CERTIFICATE-----\n"));
  return 0;
}
