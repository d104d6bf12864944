#include "libs/base/aead.h"

#include "absl/status/status.h"

#include <memory>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace vsv::base {
namespace {

constexpr char kVersion = 1;
constexpr size_t kNonceBytes = 12;
constexpr size_t kTagBytes = 16;
constexpr size_t kOverhead = 1 + kNonceBytes + kTagBytes;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const unsigned char* Octets(absl::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* Octets(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

absl::Status CheckKey(absl::string_view key) {
  if (key.size() == kAeadKeyBytes) return absl::OkStatus();
  return absl::InvalidArgumentError("an AEAD key has 32 bytes");
}

}  // namespace

absl::StatusOr<std::string> Seal(absl::string_view key, absl::string_view bound_to,
                                 absl::string_view plain) {
  if (absl::Status status = CheckKey(key); !status.ok()) return status;
  std::string nonce(kNonceBytes, '\0');
  if (RAND_bytes(Octets(nonce), static_cast<int>(nonce.size())) != 1) {
    return absl::InternalError("no random bytes");
  }
  std::string cipher(plain.size(), '\0');
  std::string tag(kTagBytes, '\0');
  const Context context(EVP_CIPHER_CTX_new());
  int length = 0;
  const bool sealed =
      context != nullptr &&
      EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, Octets(key), Octets(nonce)) ==
          1 &&
      EVP_EncryptUpdate(context.get(), nullptr, &length, Octets(bound_to),
                        static_cast<int>(bound_to.size())) == 1 &&
      EVP_EncryptUpdate(context.get(), Octets(cipher), &length, Octets(plain),
                        static_cast<int>(plain.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), Octets(cipher) + length, &length) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, tag.data()) == 1;
  if (!sealed) return absl::InternalError("encryption failed");
  return std::string(1, kVersion) + nonce + cipher + tag;
}

absl::StatusOr<std::string> Open(absl::string_view key, absl::string_view bound_to,
                                 absl::string_view sealed) {
  if (absl::Status status = CheckKey(key); !status.ok()) return status;
  if (sealed.size() < kOverhead || sealed[0] != kVersion) {
    return absl::DataLossError("a sealed value does not open");
  }
  const absl::string_view nonce = sealed.substr(1, kNonceBytes);
  const absl::string_view cipher = sealed.substr(1 + kNonceBytes, sealed.size() - kOverhead);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));
  std::string plain(cipher.size(), '\0');
  const Context context(EVP_CIPHER_CTX_new());
  int length = 0;
  const bool opened =
      context != nullptr &&
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, Octets(key), Octets(nonce)) ==
          1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &length, Octets(bound_to),
                        static_cast<int>(bound_to.size())) == 1 &&
      EVP_DecryptUpdate(context.get(), Octets(plain), &length, Octets(cipher),
                        static_cast<int>(cipher.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context.get(), Octets(plain) + length, &length) == 1;
  if (!opened) return absl::DataLossError("a sealed value does not open");
  return plain;
}

}  // namespace vsv::base
