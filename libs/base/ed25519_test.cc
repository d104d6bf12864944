#include "libs/base/ed25519.h"

#include "libs/base/hash.h"

#include "gtest/gtest.h"

namespace vsv::base {
namespace {

// RFC 8032, section 7.1, TEST 2.
constexpr char kPrivate[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
    "-----END PRIVATE KEY-----\n";
constexpr char kPublic[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
    "-----END PUBLIC KEY-----\n";
constexpr char kPublicHex[] = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
constexpr char kSignatureHex[] =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
constexpr char kOfAnotherAlgorithm[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAERKzAtHQKqXDRwLOsjH27B9y3rlbM\n"
    "eMNJVB2Vqn6HiX0rWteGik59u/i6We8boL4MIMp3rn06wbs1RLClz+0flw==\n"
    "-----END PUBLIC KEY-----\n";
constexpr char kBehindAPassword[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhBNq7BytDeegICCAAw\n"
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIEEHs1lVxqqYdY+azoCi8J92cEQGvC\n"
    "LRrsxoZSMmycQ8Hpe1Jc7qKMiJvNN6nU9uPdkxykq/H2Z4gQZjMGVP2QRmNw+YwT\n"
    "wOcJCpT3RYb+YHWYGz0=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";

TEST(Ed25519, SignsAsTheRfcDoes) {
  const auto key = Ed25519Key::FromPem(kPrivate);
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_EQ(HexEncode(key->public_key()), kPublicHex);
  EXPECT_EQ(HexEncode(key->Sign("\x72")), kSignatureHex);
}

TEST(Ed25519, VerifiesThatAndNothingElse) {
  const std::string key = *HexDecode(kPublicHex);
  const std::string signature = *HexDecode(kSignatureHex);
  EXPECT_TRUE(Ed25519Verifies(key, "\x72", signature));
  EXPECT_FALSE(Ed25519Verifies(key, "\x73", signature));
  for (const size_t at : {size_t{0}, size_t{40}, size_t{63}}) {
    std::string other = signature;
    other[at] = static_cast<char>(other[at] ^ 1);
    EXPECT_FALSE(Ed25519Verifies(key, "\x72", other)) << at;
  }
  EXPECT_FALSE(Ed25519Verifies(key, "\x72", ""));
  EXPECT_FALSE(Ed25519Verifies(key.substr(1), "\x72", signature));
}

TEST(Ed25519, ReadsEveryPublicKeyOfAText) {
  const auto keys = Ed25519PublicKeysFromPem(std::string("old:\n") + kPublic + "new:\n" + kPublic);
  ASSERT_TRUE(keys.ok()) << keys.status();
  ASSERT_EQ(keys->size(), 2U);
  EXPECT_EQ(HexEncode((*keys)[1]), kPublicHex);
}

TEST(Ed25519, RefusesWhatIsNoKeyOfIts) {
  for (const char* text : {"", "no key", kPublic, kBehindAPassword}) {
    EXPECT_FALSE(Ed25519Key::FromPem(text).ok()) << text;
  }
  for (const char* text : {"", "no key", kPrivate, kOfAnotherAlgorithm}) {
    EXPECT_FALSE(Ed25519PublicKeysFromPem(text).ok()) << text;
  }
}

}  // namespace
}  // namespace vsv::base
