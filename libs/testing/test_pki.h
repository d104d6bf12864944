// Certificates made on the spot, in memory, for tests of what the transport proves.
#pragma once

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <memory>
#include <string>
#include <vector>

namespace vsv::testing {

// A certificate with its private key, both PEM.
struct KeyPair {
  std::string certificate;
  std::string key;
};

// What a certificate says; by default a good client and server certificate of nobody.
struct CertificateSpec {
  std::vector<std::string> serial_numbers;  // subject.serialNumber entries (OINs)
  std::string common_name = "test";
  std::vector<std::string> subject_alt_names = {"DNS:localhost",
                                                "IP:127.0.0.1"};  // OpenSSL notation
  int alternative_name_extensions = 1;  // a good certificate has one at most
  std::string extended_key_usage = "clientAuth,serverAuth";
  bool is_authority = false;  // may itself issue
  int rsa_bits = 0;           // 0 = elliptic curve P-256
  std::string digest = "SHA256";
  absl::Duration valid_from = -absl::Hours(1);  // from now
  absl::Duration valid_for = absl::Hours(24);   // from now
};

// A root and what it issues.
class TestPki {
 public:
  TestPki();
  // An authority below `parent`, with a certificate of its own by `spec` (is_authority says whether
  // `parent` meant it to be one).
  TestPki(const TestPki& parent, const CertificateSpec& spec);
  ~TestPki();
  TestPki(const TestPki&) = delete;
  TestPki& operator=(const TestPki&) = delete;

  // The authority's own certificate: the root, or that of the intermediate.
  const std::string& root() const;
  // A certificate of nobody's authority: signed by its own key.
  KeyPair SelfSigned(const CertificateSpec& spec) const;
  KeyPair Issue(const CertificateSpec& spec) const;
  // Client certificate of an organisation.
  KeyPair IssueOrganisation(absl::string_view oin) const;
  // Certificate of one of our own services.
  KeyPair IssueService(absl::string_view name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vsv::testing
