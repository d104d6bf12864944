#include "libs/rpc/peer.h"

#include "libs/base/identifiers.h"
#include "libs/base/status_macros.h"
#include "libs/errors/cause.h"
#include "libs/errors/errors.h"

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"

#include <algorithm>
#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace vsv::rpc {
namespace {

constexpr absl::string_view kServiceUri = "urn:vsv:service:";

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};

using X509Ptr = std::unique_ptr<X509, Freer<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, Freer<GENERAL_NAMES_free>>;

std::string Utf8(const ASN1_STRING* text) {
  unsigned char* bytes = nullptr;
  const int length = ASN1_STRING_to_UTF8(&bytes, text);
  if (length < 0) return "";
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<size_t>(length));
  OPENSSL_free(bytes);
  return out;
}

std::vector<std::string> SerialNumbers(X509* certificate) {
  std::vector<std::string> out;
  const X509_NAME* subject = X509_get_subject_name(certificate);
  for (int at = -1; (at = X509_NAME_get_index_by_NID(subject, NID_serialNumber, at)) >= 0;) {
    out.push_back(Utf8(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
  }
  return out;
}

absl::Status Unreadable(absl::string_view cause) {
  return errors::WithCause(errors::CredentialInvalid("the client certificate cannot be read"),
                           cause);
}

absl::Status NamesNobody(absl::string_view cause) {
  return errors::WithCause(
      errors::CredentialInvalid(
          "the certificate must name one organisation by exactly one OIN in subject.serialNumber"),
      cause);
}

absl::StatusOr<std::vector<std::string>> UriNames(X509* certificate) {
  std::vector<std::string> out;
  int found = 0;
  const GeneralNamesPtr names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, &found, nullptr)));
  // -1 is absent; -2 is twice, and a critical flag without names is one that cannot be read. What a
  // second one would say must not be left out of "exactly one".
  if (names == nullptr) {
    if (found == -1) return out;
    return Unreadable("subject alternative names unreadable or given twice");
  }
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_URI) out.push_back(Utf8(name->d.uniformResourceIdentifier));
  }
  return out;
}

bool IsServiceName(absl::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

// Certificates repeat from call to call; reading one costs more than the rest of the admission.
class IdentityCache {
 public:
  absl::StatusOr<PeerIdentity> Identify(const std::string& pem) {
    {
      absl::MutexLock lock(&mutex_);
      const auto found = known_.find(pem);
      if (found != known_.end()) return found->second;
    }
    VSV_ASSIGN_OR_RETURN(const CertificateFacts facts, ReadCertificate(pem));
    VSV_ASSIGN_OR_RETURN(PeerIdentity identity, IdentifyCertificate(facts));
    absl::MutexLock lock(&mutex_);
    if (known_.size() >= kMaxEntries) known_.clear();
    known_.emplace(pem, identity);
    return identity;
  }

 private:
  static constexpr size_t kMaxEntries = 4096;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, PeerIdentity> known_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

absl::StatusOr<CertificateFacts> ReadCertificate(absl::string_view pem) {
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const X509Ptr certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr) return Unreadable("no certificate in PEM");
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (X509_digest(certificate.get(), EVP_sha256(), digest, &length) != 1) {
    return Unreadable("no digest of the certificate");
  }
  CertificateFacts facts;
  facts.serial_numbers = SerialNumbers(certificate.get());
  VSV_ASSIGN_OR_RETURN(facts.uri_names, UriNames(certificate.get()));
  facts.thumbprint =
      absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest), length));
  return facts;
}

absl::StatusOr<PeerIdentity> IdentifyCertificate(const CertificateFacts& facts) {
  PeerIdentity identity;
  identity.certificate_thumbprint = facts.thumbprint;
  std::vector<std::string> services;
  for (const std::string& uri : facts.uri_names) {
    if (absl::StartsWith(uri, kServiceUri))
      services.emplace_back(absl::StripPrefix(uri, kServiceUri));
  }
  if (services.empty() && facts.serial_numbers.empty()) return NamesNobody("no identity");
  if (services.size() + facts.serial_numbers.size() > 1) return NamesNobody("several identities");
  if (!services.empty()) {
    if (!IsServiceName(services[0])) return NamesNobody("no name of a service");
    identity.service = services[0];
    return identity;
  }
  if (base::NormaliseOin(facts.serial_numbers[0]) != facts.serial_numbers[0]) {
    return NamesNobody("serial number is no OIN");
  }
  identity.oin = facts.serial_numbers[0];
  return identity;
}

absl::StatusOr<std::string> SingleMetadata(const grpc::ServerContextBase& context,
                                           const char* key) {
  const auto [first, last] = context.client_metadata().equal_range(key);
  if (first == last) return std::string();
  if (std::next(first) != last)
    return errors::WithCause(
        errors::CredentialInvalid("a metadata key of the credential is given twice"),
        "metadata key twice");
  return std::string(first->second.data(), first->second.size());
}

absl::StatusOr<PeerIdentity> IdentifyPeer(const grpc::ServerContextBase& context) {
  static auto* cache = new IdentityCache;  // lives as long as the process
  const std::vector<grpc::string_ref> pems =
      context.auth_context()->FindPropertyValues("x509_pem_cert");
  if (pems.size() != 1) {
    return errors::WithCause(errors::CredentialInvalid("a client certificate is required"),
                             "no certificate");
  }
  VSV_ASSIGN_OR_RETURN(PeerIdentity identity,
                       cache->Identify(std::string(pems[0].data(), pems[0].size())));
  VSV_ASSIGN_OR_RETURN(identity.purpose_metadata, SingleMetadata(context, "vsv-purpose"));
  VSV_ASSIGN_OR_RETURN(identity.on_behalf_of_metadata, SingleMetadata(context, "vsv-on-behalf-of"));
  return identity;
}

}  // namespace vsv::rpc
