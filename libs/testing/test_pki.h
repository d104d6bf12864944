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
  std::string extended_key_usage = "clientAuth,serverAuth";
  absl::Duration valid_from = -absl::Hours(1);  // from now
  absl::Duration valid_for = absl::Hours(24);   // from now
};

// A root and what it issues.
class TestPki {
 public:
  TestPki();
  ~TestPki();
  TestPki(const TestPki&) = delete;
  TestPki& operator=(const TestPki&) = delete;

  const std::string& root() const;
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
