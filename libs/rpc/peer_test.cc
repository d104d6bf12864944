#include "libs/rpc/peer.h"

#include "libs/errors/errors.h"
#include "libs/testing/test_pki.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kOin[] = "00000099000000001000";

class Certificate : public ::testing::Test {
 protected:
  CertificateFacts Read(const vsv::testing::CertificateSpec& spec) {
    absl::StatusOr<CertificateFacts> facts = ReadCertificate(pki_.Issue(spec).certificate);
    EXPECT_TRUE(facts.ok()) << facts.status();
    return facts.ok() ? *facts : CertificateFacts();
  }

  vsv::testing::TestPki pki_;
};

TEST_F(Certificate, NamesAnOrganisationByItsSerialNumber) {
  const CertificateFacts facts = Read({.serial_numbers = {kOin}});
  EXPECT_THAT(facts.serial_numbers, ElementsAre(kOin));
  EXPECT_EQ(facts.thumbprint.size(), 64u);
  const absl::StatusOr<PeerIdentity> identity = IdentifyCertificate(facts);
  ASSERT_TRUE(identity.ok()) << identity.status();
  EXPECT_EQ(identity->oin, kOin);
  EXPECT_THAT(identity->service, IsEmpty());
}

TEST_F(Certificate, NamesAServiceByItsUri) {
  const CertificateFacts facts =
      Read({.subject_alt_names = {"DNS:localhost", "URI:urn:vsv:service:programs"}});
  const absl::StatusOr<PeerIdentity> identity = IdentifyCertificate(facts);
  ASSERT_TRUE(identity.ok()) << identity.status();
  EXPECT_EQ(identity->service, "programs");
  EXPECT_THAT(identity->oin, IsEmpty());
}

TEST_F(Certificate, IsRefusedWhenItNamesNobodyOrMoreThanOne) {
  const vsv::testing::CertificateSpec bad[] = {
      {},                                                  // nobody
      {.serial_numbers = {kOin, "00000099000000002000"}},  // two organisations
      {.serial_numbers = {kOin, kOin}},                    // twice the same
      {.serial_numbers = {kOin}, .subject_alt_names = {"URI:urn:vsv:service:programs"}},
      {.subject_alt_names = {"URI:urn:vsv:service:programs", "URI:urn:vsv:service:dossiers"}},
      {.subject_alt_names = {"URI:urn:vsv:service:"}},
      {.common_name = std::string("serialNumber=") + kOin},  // an OIN in the wrong place
      {.subject_alt_names = {"URI:urn:other:service:programs"}},
      {.subject_alt_names = {"URI:urn:vsv:service:Programs"}},
      {.serial_numbers = {"0000000700099AA0000"}},     // 19 characters
      {.serial_numbers = {"0000000700099aa00000"}},    // not in its one form
      {.serial_numbers = {std::string(kOin) + "\n"}},  // one more than is seen
  };
  for (const vsv::testing::CertificateSpec& spec : bad) {
    EXPECT_EQ(errors::ReasonOf(IdentifyCertificate(Read(spec)).status()), "CREDENTIAL_INVALID");
  }
}

TEST_F(Certificate, IsRefusedWhenItsAlternativeNamesAreGivenTwice) {
  // The second could name a service; the library gives neither.
  const vsv::testing::CertificateSpec twice{.serial_numbers = {kOin},
                                            .alternative_name_extensions = 2};
  EXPECT_EQ(errors::ReasonOf(ReadCertificate(pki_.Issue(twice).certificate).status()),
            "CREDENTIAL_INVALID");
}

TEST_F(Certificate, HasAThumbprintOfItsOwn) {
  EXPECT_NE(Read({.serial_numbers = {kOin}}).thumbprint,
            Read({.serial_numbers = {kOin}}).thumbprint);
}

TEST(ReadCertificate, RefusesWhatIsNone) {
  for (const char* bad :
       {"", "garbage", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}) {
    EXPECT_EQ(errors::ReasonOf(ReadCertificate(bad).status()), "CREDENTIAL_INVALID") << bad;
  }
}

}  // namespace
}  // namespace vsv::rpc
