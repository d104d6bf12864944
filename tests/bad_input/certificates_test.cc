// Bad certificates against a running vsv-partners: what the caller sees, and what the operator can
// see of the cause. Outwardly the refusals after the handshake are alike.
#include "libs/errors/errors.h"
#include "libs/rpc/peer.h"
#include "libs/testing/eventually.h"
#include "tests/bad_input/suite.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <arpa/inet.h>
#include <functional>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vsv::bad_input {
namespace {

using testing::CertificateSpec;
using testing::KeyPair;
using testing::TestPki;
using ::vsv::testing::Eventually;

constexpr char kSchoolOin[] = "0000000700099AA00000";
constexpr char kInstitutionOin[] = "0000000700099RM00000";
constexpr char kHandshake[] = "(handshake)";  // in place of a reason: no call, no detail

TestPki& Pki() {
  return Suite::Get().pki();
}

KeyPair Chain(const KeyPair& leaf, const TestPki& intermediate) {
  return {leaf.certificate + intermediate.root(), leaf.key};
}

CertificateSpec Authority(const std::string& name, bool meant = true) {
  return {.common_name = name,
          .subject_alt_names = {},
          .extended_key_usage = "",
          .is_authority = meant};
}

CertificateSpec School() {
  return {.serial_numbers = {kSchoolOin}};
}

KeyPair WithSerials(std::vector<std::string> serials) {
  return Pki().Issue({.serial_numbers = std::move(serials)});
}

KeyPair WithNames(std::vector<std::string> names, std::vector<std::string> serials = {}) {
  return Pki().Issue({.serial_numbers = std::move(serials), .subject_alt_names = std::move(names)});
}

// A certificate that is registered with `organisation` and then handled by `then`, which gets the
// name of the credential.
KeyPair Registered(const std::string& organisation, const std::string& oin,
                   const std::function<void(const std::string&)>& then = {}) {
  KeyPair pair = Pki().IssueOrganisation(oin);
  const std::string name =
      Suite::Get().Register(organisation, pair, {policy::v1::PURPOSE_TRANSITION});
  if (then) then(name);
  return pair;
}

// True when the server takes this certificate in a handshake of at most this version. Not by gRPC,
// whose own side refuses weak certificates and old versions before the server can.
bool Shakes(const KeyPair& pair, int version = TLS1_3_VERSION) {
  const auto free_bio = [](BIO* bio) { BIO_free_all(bio); };
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()),
                                                             SSL_CTX_free);
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context.get(), version);
  SSL_CTX_set_alpn_protos(context.get(), reinterpret_cast<const unsigned char*>("\x02h2"), 3);
  const std::unique_ptr<BIO, void (*)(BIO*)> cert(
      BIO_new_mem_buf(pair.certificate.data(), static_cast<int>(pair.certificate.size())),
      free_bio);
  const std::unique_ptr<BIO, void (*)(BIO*)> key(
      BIO_new_mem_buf(pair.key.data(), static_cast<int>(pair.key.size())), free_bio);
  const std::unique_ptr<X509, void (*)(X509*)> x509(
      PEM_read_bio_X509(cert.get(), nullptr, nullptr, nullptr), X509_free);
  const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> pkey(
      PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  EXPECT_NE(x509, nullptr);
  EXPECT_EQ(SSL_CTX_use_certificate(context.get(), x509.get()), 1);
  EXPECT_EQ(SSL_CTX_use_PrivateKey(context.get(), pkey.get()), 1);
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(Suite::Get().PortOf("partners")));
  EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  const std::unique_ptr<SSL, void (*)(SSL*)> ssl(SSL_new(context.get()), SSL_free);
  SSL_set_fd(ssl.get(), fd);
  // In TLS 1.3 our side is done before the server has judged; what it sends first tells.
  char first = 0;
  const bool taken = SSL_connect(ssl.get()) == 1 && SSL_read(ssl.get(), &first, 1) == 1;
  close(fd);
  return taken;
}

// The school with a credential for TRANSITION alone.
KeyPair KnownSchool() {
  KeyPair pair = Registered(kSchool, kSchoolOin);
  Suite::Get().AwaitKnown(pair);
  return pair;
}

constexpr char kSupplier[] = "leverancier-leerlingvolg";
constexpr char kSupplierOin[] = "00000099900000301000";

// A certificate of a supplier to which somebody gave a mandate that lasts until this year, and then
// revoked it or not; partners has learnt of all that.
KeyPair WithAMandate(const std::string& giver, int last_year, bool revoked) {
  const auto mandate =
      Suite::Get().MustJson(kKeeper, "CreateMandate",
                            absl::StrCat(R"({"parent": "organisations/)", giver,
                                         R"(", "mandate": {"supplier": "organisations/)", kSupplier,
                                         R"(", "services": ["SERVICE_AREA_PARTNERS"], "purposes":
                   ["PURPOSE_TRANSITION"], "validity": {"startDate": {"year": 2021, "month": 1,
                   "day": 1}, "endDate": {"year": )",
                                         last_year, R"(, "month": 12, "day": 31}}}})"),
                            "registry");
  if (revoked) {
    const auto* name = mandate->GetDescriptor()->FindFieldByName("name");
    Suite::Get().MustJson(
        kKeeper, "RevokeMandate",
        absl::StrCat(R"({"name": ")", mandate->GetReflection()->GetString(*mandate, name), R"("})"),
        "registry");
  }
  KeyPair pair = Registered(kSupplier, kSupplierOin);
  Suite::Get().AwaitKnown(pair);
  return pair;
}

struct Kind {
  std::string what;
  std::function<KeyPair()> make;
  std::string reason;  // what the caller is told
  std::string cause;   // what log and metric say; "" = nothing of a credential
  rpc::CallMetadata metadata = {};
};

void PrintTo(const Kind& kind, std::ostream* out) {
  *out << kind.what;
}

// Refused before there is a call.
std::vector<Kind> AtTheHandshake() {
  const std::string verify = "handshake: certificate verify failed";
  return {
      {"NoCertificate", [] { return KeyPair(); }, kHandshake,
       "handshake: peer did not return a certificate"},
      {"Expired",
       [] {
         CertificateSpec spec = School();
         spec.valid_for = -absl::Minutes(1);
         return Pki().Issue(spec);
       },
       kHandshake, verify},
      {"NotYetValid",
       [] {
         CertificateSpec spec = School();
         spec.valid_from = absl::Hours(1);
         return Pki().Issue(spec);
       },
       kHandshake, verify},
      {"RootOfTheSameNameWithAnotherKey", [] { return TestPki().IssueOrganisation(kSchoolOin); },
       kHandshake, "handshake: EVP lib"},
      {"RootUnknown",
       [] { return TestPki(TestPki(), Authority("another root")).IssueOrganisation(kSchoolOin); },
       kHandshake, verify},
      {"SelfSigned", [] { return Pki().SelfSigned(School()); }, kHandshake, verify},
      {"ForServersOnly",
       [] {
         CertificateSpec spec = School();
         spec.extended_key_usage = "serverAuth";
         return Pki().Issue(spec);
       },
       kHandshake, verify},
      {"ForSigningMailOnly",
       [] {
         CertificateSpec spec = School();
         spec.extended_key_usage = "emailProtection";
         return Pki().Issue(spec);
       },
       kHandshake, verify},
      {"AuthorityAsClient",
       [] {
         CertificateSpec spec = School();
         spec.is_authority = true;
         spec.extended_key_usage = "";
         return Pki().Issue(spec);
       },
       kHandshake, verify},
      {"IntermediateMissing",
       [] { return TestPki(Pki(), Authority("missing")).IssueOrganisation(kSchoolOin); },
       kHandshake, verify},
      {"IntermediateExpired",
       [] {
         CertificateSpec spec = Authority("expired");
         spec.valid_for = -absl::Minutes(1);
         const TestPki expired(Pki(), spec);
         return Chain(expired.IssueOrganisation(kSchoolOin), expired);
       },
       kHandshake, verify},
      {"IssuedByWhoIsNoAuthority",
       [] {
         const TestPki leaf(Pki(), Authority("no authority", false));
         return Chain(leaf.IssueOrganisation(kSchoolOin), leaf);
       },
       kHandshake, verify},
      {"AlternativeNamesTwice",
       [] {
         CertificateSpec spec = School();
         spec.subject_alt_names = {"DNS:localhost"};
         spec.alternative_name_extensions = 2;
         return Pki().Issue(spec);
       },
       kHandshake, "handshake: invalid certificate"},
  };
}

// A good chain that names nobody, more than one, or none of us.
std::vector<Kind> WithoutOneIdentity() {
  const std::string reason = "CREDENTIAL_INVALID";
  const std::string no_oin = "credential: serial number is no OIN";
  const std::string uri = "URI:urn:vsv:service:";
  return {
      {"NoOin", [] { return WithSerials({}); }, reason, "credential: no identity"},
      {"OinInTheCommonName", [] { return Pki().Issue({.common_name = kSchoolOin}); }, reason,
       "credential: no identity"},
      {"OinInTheAlternativeNames",
       [] {
         return WithNames(
             {absl::StrCat("DNS:", kSchoolOin), absl::StrCat("URI:urn:oin:", kSchoolOin)});
       },
       reason, "credential: no identity"},
      {"TwoOins",
       [] {
         return WithSerials({kSchoolOin, kKeeperOin});
       },
       reason, "credential: several identities"},
      {"OneOinTwice",
       [] {
         return WithSerials({kSchoolOin, kSchoolOin});
       },
       reason, "credential: several identities"},
      {"OinAndService", [uri] { return WithNames({uri + "programs"}, {kSchoolOin}); }, reason,
       "credential: several identities"},
      {"TwoServices",
       [uri] {
         return WithNames({uri + "programs", uri + "dossiers"});
       },
       reason, "credential: several identities"},
      {"NineteenDigits", [] { return WithSerials({"0000000700099AA0000"}); }, reason, no_oin},
      {"TwentyOneDigits", [] { return WithSerials({"0000000700099AA000000"}); }, reason, no_oin},
      {"SmallLetters", [] { return WithSerials({"0000000700099aa00000"}); }, reason, no_oin},
      {"LettersInANumberOfDigits", [] { return WithSerials({"0000000100099AA00000"}); }, reason,
       no_oin},
      {"DigitsOfAnotherScript", [] { return WithSerials({"0000000700099AA0000\xD9\xA0"}); }, reason,
       no_oin},
      {"FullWidthDigits", [] { return WithSerials({"0000000700099AA0000\xEF\xBC\x90"}); }, reason,
       no_oin},
      {"ConfusableLetters",
       [] {
         return WithSerials(
             {"0000000700099\xD0\x90\xD0\x90"
              "00000"});
       },
       reason, no_oin},
      {"EmbeddedNul", [] { return WithSerials({std::string(kSchoolOin) + std::string("\0X", 2)}); },
       reason, no_oin},
      {"SpaceInFront", [] { return WithSerials({absl::StrCat(" ", kSchoolOin)}); }, reason, no_oin},
      {"LineEndBehind", [] { return WithSerials({absl::StrCat(kSchoolOin, "\n")}); }, reason,
       no_oin},
      {"EmptySerialNumber", [] { return WithSerials({""}); }, reason, no_oin},
      {"UnknownPrefix", [] { return WithSerials({"12345678000001000000"}); }, reason, no_oin},
      {"ServiceWithoutAName", [uri] { return WithNames({uri}); }, reason,
       "credential: no name of a service"},
      {"ServiceWithACapital", [uri] { return WithNames({uri + "Programs"}); }, reason,
       "credential: no name of a service"},
      {"ServiceOfAnotherSuite", [uri] { return WithNames({uri + "payroll"}); }, reason,
       "credential: no service of the suite"},
  };
}

// One identity, of whom the register says no.
std::vector<Kind> WithoutAStanding() {
  const std::string reason = "CREDENTIAL_INVALID";
  return {
      {"OrganisationUnknown", [] { return Pki().IssueOrganisation("00000099000000009000"); },
       reason, "credential: certificate not registered"},
      {"CertificateNotRegistered", [] { return Pki().IssueOrganisation(kSchoolOin); }, reason,
       "credential: certificate not registered"},
      {"CertificateOfAnotherOrganisation",
       [] { return Registered("praktijkschool-de-brug", "0000000700099AC00000"); }, reason,
       "credential: certificate of another organisation"},
      {"Revoked",
       [] {
         return Registered("swv-vo2602", "00000099900002602000", [](const std::string& name) {
           Suite::Get().MustJson(kKeeper, "RevokeCredential",
                                 absl::StrCat(R"({"name": ")", name, R"("})"), "registry");
         });
       },
       reason, "credential: credential revoked"},
      {"RegisteredForATimeThatIsOver",
       [] {
         KeyPair pair = Pki().IssueOrganisation("0000000700099AC00000");
         Suite::Get().MustJson(
             kKeeper, "CreateCredential",
             absl::StrCat(R"({"parent": "organisations/praktijkschool-de-brug", "credential":
                          {"thumbprint": ")",
                          rpc::ReadCertificate(pair.certificate)->thumbprint,
                          R"(", "purposes": ["PURPOSE_TRANSITION"], "validity": {"startDate":
                          {"year": 2021, "month": 1, "day": 1}, "endDate": {"year": 2022,
                          "month": 1, "day": 1}}}})"),
             "registry");
         return pair;
       },
       reason, "credential: credential not valid today"},
      {"OrganisationSuspended",
       [] {
         return Registered("jeugdhulp-eemland", "00000099900000201000", [](const std::string&) {
           Suite::Get().MustJson(
               kKeeper, "SuspendOrganisation",
               R"({"name": "organisations/jeugdhulp-eemland", "reason": "gone bankrupt"})",
               "registry");
         });
       },
       reason, "credential: organisation suspended"},
      {"PurposeItWasNotIssuedFor",
       KnownSchool,
       "PURPOSE_NOT_PERMITTED",
       "",
       {{"vsv-purpose", "rmc"}}},
      {"PurposeThatIsNone",
       KnownSchool,
       "PURPOSE_NOT_PERMITTED",
       "",
       {{"vsv-purpose", "TRANSITION "}}},
      {"MandateOfAnother",
       KnownSchool,
       "PURPOSE_NOT_PERMITTED",
       "",
       {{"vsv-on-behalf-of", kInstitutionOin}}},
      {"MandateThatIsOver",
       [] { return WithAMandate(kInstitution, 2022, false); },
       "PURPOSE_NOT_PERMITTED",
       "",
       {{"vsv-on-behalf-of", kInstitutionOin}}},
      {"MandateRevoked",
       [] { return WithAMandate(kInstitution, 2199, true); },
       "PURPOSE_NOT_PERMITTED",
       "",
       {{"vsv-on-behalf-of", kInstitutionOin}}},
      {"ServiceAsOrganisation",
       [] { return Pki().IssueService("programs"); },
       "PURPOSE_NOT_PERMITTED",
       "",
       {{"vsv-purpose", "registry"}}},
      {"ServiceInARoleOfOrganisations", [] { return Pki().IssueService("programs"); },
       "PURPOSE_NOT_PERMITTED", ""},
  };
}

class BadCertificate : public ::testing::TestWithParam<Kind> {
 protected:
  static absl::Status Try(const std::shared_ptr<grpc::Channel>& channel,
                          const rpc::CallMetadata& metadata = {}) {
    const auto method = *rpc::FindMethod("ListRegions");
    return rpc::CallUnary(channel, *method, *rpc::NewMessage(*method->input_type()), metadata,
                          absl::Seconds(20))
        .status();
  }

  // How often partners has refused something for this cause, whatever the method.
  static double Refused(const std::string& cause) {
    double count = 0;
    for (const absl::string_view line : absl::StrSplit(Suite::Get().Metrics("partners"), '\n')) {
      if (!absl::StartsWith(line, "vsv_calls_shed_total{") ||
          !absl::StrContains(line, absl::StrCat("cause=\"", cause, "\""))) {
        continue;
      }
      double value = 0;
      EXPECT_TRUE(absl::SimpleAtod(line.substr(line.rfind(' ') + 1), &value)) << line;
      count += value;
    }
    return count;
  }
};

TEST_P(BadCertificate, IsRefusedAndItsCauseIsLogged) {
  const Kind& kind = GetParam();
  const double before = Refused(kind.cause);
  const auto channel = Suite::Get().Connect("partners", kind.make());
  absl::Status status;
  // What was registered, revoked or suspended a moment ago reaches the judge by a feed.
  EXPECT_TRUE(Eventually([&] {
    status = Try(channel, kind.metadata);
    return !status.ok() && (kind.cause.empty() || Refused(kind.cause) > before);
  })) << status
      << "\n"
      << Suite::Get().Metrics("partners");
  if (kind.reason == kHandshake) {
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
    EXPECT_EQ(errors::ReasonOf(status), "");
  } else {
    EXPECT_EQ(errors::ReasonOf(status), kind.reason) << status;
  }
  EXPECT_FALSE(!kind.cause.empty() && absl::StrContains(status.message(), kind.cause)) << status;
}

std::string NameOf(const ::testing::TestParamInfo<Kind>& info) {
  return info.param.what;
}

INSTANTIATE_TEST_SUITE_P(AtTheHandshake, BadCertificate, ::testing::ValuesIn(AtTheHandshake()),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(WithoutOneIdentity, BadCertificate,
                         ::testing::ValuesIn(WithoutOneIdentity()), NameOf);
INSTANTIATE_TEST_SUITE_P(WithoutAStanding, BadCertificate, ::testing::ValuesIn(WithoutAStanding()),
                         NameOf);

// The other side of the table: what is good is let in, so that a refusal is for the named cause.
TEST_F(BadCertificate, WhatIsGoodIsLetIn) {
  const auto keeper = WithSerials({kKeeperOin});
  EXPECT_TRUE(Try(Suite::Get().Connect("partners", keeper)).ok());
  const TestPki intermediate(Pki(), Authority("intermediate"));
  EXPECT_TRUE(Try(Suite::Get().Connect(
                      "partners", Chain(intermediate.IssueOrganisation(kKeeperOin), intermediate)))
                  .ok());
  CertificateSpec rsa{.serial_numbers = {kKeeperOin}, .rsa_bits = 2048};
  EXPECT_TRUE(Try(Suite::Get().Connect("partners", Pki().Issue(rsa))).ok());
  const KeyPair supplier = WithAMandate(kSchool, 2199, false);
  EXPECT_TRUE(
      Try(Suite::Get().Connect("partners", supplier), {{"vsv-on-behalf-of", kSchoolOin}}).ok());
}

// Not partners alone judges what a credential was issued for.
TEST_F(BadCertificate, IsRefusedByDossiersForAPurposeItWasNotIssuedFor) {
  const auto channel = Suite::Get().Connect("dossiers", KnownSchool());
  const auto reason = [&channel](const std::string& purpose) {
    const auto method = *rpc::FindMethod("ListDossiers");
    const auto request = rpc::NewMessage(*method->input_type());
    EXPECT_TRUE(rpc::ParseJson(R"({"parent": "regions/16"})", *request).ok());
    return errors::ReasonOf(
        rpc::CallUnary(channel, *method, *request, {{"vsv-purpose", purpose}}, absl::Seconds(20))
            .status());
  };
  EXPECT_EQ(reason("transition"), "");
  EXPECT_EQ(reason("rmc"), "PURPOSE_NOT_PERMITTED");
}

TEST(WeakCertificate, IsRefusedAtTheHandshake) {
  const auto weak = [](int rsa_bits, const std::string& digest) {
    return Pki().Issue({.serial_numbers = {kKeeperOin}, .rsa_bits = rsa_bits, .digest = digest});
  };
  EXPECT_TRUE(Shakes(weak(2048, "SHA256")));
  EXPECT_FALSE(Shakes(weak(1024, "SHA256"))) << "a key too small";
  EXPECT_FALSE(Shakes(weak(2048, "SHA1")));
}

TEST(TlsVersion, BelowOnePointTwoIsRefused) {
  const KeyPair pair = Pki().IssueOrganisation(kKeeperOin);
  EXPECT_FALSE(Shakes(pair, TLS1_VERSION));
  EXPECT_FALSE(Shakes(pair, TLS1_1_VERSION));
  EXPECT_TRUE(Shakes(pair, TLS1_2_VERSION));
  EXPECT_TRUE(Shakes(pair, TLS1_3_VERSION));
}

}  // namespace
}  // namespace vsv::bad_input
