#include "libs/base/ed25519.h"

#include "absl/status/status.h"

#include <cstdio>
#include <cstdlib>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <utility>

namespace vsv::base {
namespace {

constexpr size_t kPublicKeyBytes = 32;
constexpr size_t kSignatureBytes = 64;

template <auto kFree>
struct Free {
  void operator()(auto* object) const { kFree(object); }
};

using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;

const unsigned char* Raw(absl::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* Raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

Bio Reader(absl::string_view text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// Instead of asking a terminal.
int NoPassword(char*, int, int, void*) {
  return -1;
}

bool IsEd25519(const Key& key) {
  return key != nullptr && EVP_PKEY_get_id(key.get()) == EVP_PKEY_ED25519;
}

std::string PublicKeyOf(const EVP_PKEY& key) {
  std::string raw(kPublicKeyBytes, '\0');
  size_t size = raw.size();
  if (EVP_PKEY_get_raw_public_key(&key, Raw(raw), &size) != 1 || size != raw.size()) {
    std::fputs("an Ed25519 key without its public half\n", stderr);
    std::abort();
  }
  return raw;
}

}  // namespace

absl::StatusOr<Ed25519Key> Ed25519Key::FromPem(absl::string_view pem) {
  const Bio reader = Reader(pem);
  Key key(PEM_read_bio_PrivateKey(reader.get(), nullptr, NoPassword, nullptr));
  ERR_clear_error();
  if (!IsEd25519(key)) {
    return absl::InvalidArgumentError("no private key of Ed25519 in PEM, without a password");
  }
  std::string public_key = PublicKeyOf(*key);
  return Ed25519Key(std::shared_ptr<EVP_PKEY>(std::move(key)), std::move(public_key));
}

std::string Ed25519Key::Sign(absl::string_view message) const {
  std::string signature(kSignatureBytes, '\0');
  size_t size = signature.size();
  const Digest context(EVP_MD_CTX_new());
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), Raw(signature), &size, Raw(message), message.size()) != 1) {
    std::fputs("Ed25519 failed to sign\n", stderr);
    std::abort();
  }
  return signature;
}

absl::StatusOr<std::vector<std::string>> Ed25519PublicKeysFromPem(absl::string_view pem) {
  const Bio reader = Reader(pem);
  std::vector<std::string> keys;
  while (true) {
    const Key key(PEM_read_bio_PUBKEY(reader.get(), nullptr, NoPassword, nullptr));
    if (key == nullptr) break;
    if (!IsEd25519(key)) {
      ERR_clear_error();
      return absl::InvalidArgumentError("a public key of another algorithm than Ed25519");
    }
    keys.push_back(PublicKeyOf(*key));
  }
  ERR_clear_error();
  if (keys.empty()) return absl::InvalidArgumentError("no public key of Ed25519 in PEM");
  return keys;
}

bool Ed25519Verifies(absl::string_view public_key, absl::string_view message,
                     absl::string_view signature) {
  const Key key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Raw(public_key), public_key.size()));
  const Digest context(EVP_MD_CTX_new());
  const bool verifies =
      key != nullptr &&
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
      EVP_DigestVerify(context.get(), Raw(signature), signature.size(), Raw(message),
                       message.size()) == 1;
  ERR_clear_error();
  return verifies;
}

}  // namespace vsv::base
