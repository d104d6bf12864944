#include "libs/testing/test_pki.h"

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace vsv::testing {
namespace {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};

using KeyPtr = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Freer<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;

std::string Content(BIO* bio) {
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<size_t>(length));
}

std::string ToPem(X509* certificate) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), certificate);
  return Content(bio.get());
}

std::string ToPem(EVP_PKEY* key) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return Content(bio.get());
}

// As it is: the rules of the field (printable characters only, a length) are not kept by who
// forges.
void AddName(X509_NAME* name, const char* field, const std::string& value) {
  X509_NAME_add_entry_by_txt(name, field, V_ASN1_UTF8STRING,
                             reinterpret_cast<const unsigned char*>(value.data()),
                             static_cast<int>(value.size()), -1, 0);
}

void AddExtension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  X509_add_ext(certificate, extension.get(), -1);
}

X509Ptr Begin(EVP_PKEY* key, absl::Time not_before, absl::Time not_after) {
  X509Ptr certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  absl::BitGen random;
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()),
                          absl::Uniform<uint64_t>(random) >> 1);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), absl::ToTimeT(not_before));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), absl::ToTimeT(not_after));
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

KeyPtr NewKey(const CertificateSpec& spec) {
  if (spec.rsa_bits == 0) return KeyPtr(EVP_EC_gen("P-256"));
  return KeyPtr(EVP_RSA_gen(static_cast<unsigned int>(spec.rsa_bits)));
}

// `issuer` null: by itself.
X509Ptr Sign(const CertificateSpec& spec, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key) {
  const absl::Time now = absl::Now();
  X509Ptr certificate = Begin(key, now + spec.valid_from, now + spec.valid_for);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  AddName(subject, "CN", spec.common_name);
  for (const std::string& number : spec.serial_numbers) AddName(subject, "serialNumber", number);
  if (issuer == nullptr) issuer = certificate.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
  AddExtension(certificate.get(), issuer, NID_basic_constraints,
               spec.is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (spec.is_authority) {
    AddExtension(certificate.get(), issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
  }
  if (!spec.extended_key_usage.empty()) {
    AddExtension(certificate.get(), issuer, NID_ext_key_usage, spec.extended_key_usage);
  }
  for (int i = 0; i < spec.alternative_name_extensions && !spec.subject_alt_names.empty(); ++i) {
    AddExtension(certificate.get(), issuer, NID_subject_alt_name,
                 absl::StrJoin(spec.subject_alt_names, ","));
  }
  X509_sign(certificate.get(), issuer_key, EVP_get_digestbyname(spec.digest.c_str()));
  return certificate;
}

}  // namespace

struct TestPki::State {
  KeyPtr key;
  X509Ptr certificate;
  std::string pem;
};

TestPki::TestPki() : state_(std::make_unique<State>()) {
  state_->key.reset(EVP_EC_gen("P-256"));
  const absl::Time now = absl::Now();
  state_->certificate = Begin(state_->key.get(), now - absl::Hours(48), now + absl::Hours(48));
  X509* root = state_->certificate.get();
  AddName(X509_get_subject_name(root), "CN", "test root");
  X509_set_issuer_name(root, X509_get_subject_name(root));
  AddExtension(root, root, NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(root, root, NID_key_usage, "critical,keyCertSign,cRLSign");
  X509_sign(root, state_->key.get(), EVP_sha256());
  state_->pem = ToPem(root);
}

TestPki::~TestPki() = default;

const std::string& TestPki::root() const {
  return state_->pem;
}

TestPki::TestPki(const TestPki& parent, const CertificateSpec& spec)
    : state_(std::make_unique<State>()) {
  state_->key = NewKey(spec);
  state_->certificate =
      Sign(spec, state_->key.get(), parent.state_->certificate.get(), parent.state_->key.get());
  state_->pem = ToPem(state_->certificate.get());
}

KeyPair TestPki::Issue(const CertificateSpec& spec) const {
  const KeyPtr key = NewKey(spec);
  const X509Ptr certificate = Sign(spec, key.get(), state_->certificate.get(), state_->key.get());
  return {ToPem(certificate.get()), ToPem(key.get())};
}

KeyPair TestPki::SelfSigned(const CertificateSpec& spec) const {
  const KeyPtr key = NewKey(spec);
  const X509Ptr certificate = Sign(spec, key.get(), nullptr, key.get());
  return {ToPem(certificate.get()), ToPem(key.get())};
}

KeyPair TestPki::IssueOrganisation(absl::string_view oin) const {
  CertificateSpec spec;
  spec.serial_numbers = {std::string(oin)};
  return Issue(spec);
}

KeyPair TestPki::IssueService(absl::string_view name) const {
  CertificateSpec spec;
  spec.common_name = std::string(name);
  spec.subject_alt_names.push_back(absl::StrCat("URI:urn:vsv:service:", name));
  return Issue(spec);
}

}  // namespace vsv::testing
