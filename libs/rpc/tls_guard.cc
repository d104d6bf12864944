#include "libs/rpc/tls_guard.h"

#include "libs/rpc/frame_meter.h"
#include "libs/rpc/newcomers.h"
#include "libs/rpc/peer.h"

#include "absl/strings/escaping.h"
#include "absl/time/clock.h"

#include <array>
#include <dlfcn.h>
#include <memory>
#include <mutex>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <utility>

namespace vsv::rpc {
namespace {

// One per process; never destroyed, because gRPC's threads read until the process ends.
struct Floods {
  Addresses addresses;
  Bearers bearers;
  std::mutex mutex;
  FloodReport report;  // guarded by mutex
};

Floods& TheFloods() {
  static auto* floods = new Floods;
  return *floods;
}

// An accepted connection, from its SSL_new to its SSL_free.
struct Connection {
  std::mutex mutex;  // of what follows
  uint64_t address = 0;
  FrameMeter meter;
  bool is_proven = false;          // its handshake has succeeded
  std::shared_ptr<Bearer> bearer;  // null when it is ended

  ~Connection() {
    const std::lock_guard<std::mutex> lock(mutex);
    if (bearer != nullptr) bearer->Close();
  }
};

// What gRPC logs on this thread of a connection that was ended: that data are corrupt, the error,
// and that they cannot be deciphered.
constexpr int kLinesOfAnEnd = 3;
thread_local int lines_to_come = 0;

// What this thread accepted and no SSL was made for yet.
thread_local bool is_accepted = false;
thread_local uint64_t accepted_from = 0;

void Forget(void*, void* connection, CRYPTO_EX_DATA*, int, long, void*) {
  delete static_cast<Connection*>(connection);
}

int Place() {
  static const int place = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, Forget);
  return place;
}

// Null for a connection that this process opened.
Connection* Find(const SSL* ssl) {
  return SSL_is_server(ssl) == 1 ? static_cast<Connection*>(SSL_get_ex_data(ssl, Place()))
                                 : nullptr;
}

std::string Thumbprint(const X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
  unsigned int length = 0;
  if (certificate == nullptr || X509_digest(certificate, EVP_sha256(), digest.data(), &length) != 1)
    return "";
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest.data()), length));
}

std::string Organisation(X509* certificate) {
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(BIO_new(BIO_s_mem()), BIO_free_all);
  if (certificate == nullptr || PEM_write_bio_X509(bio.get(), certificate) != 1) return "";
  char* pem = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &pem);
  const absl::StatusOr<CertificateFacts> facts =
      ReadCertificate(absl::string_view(pem, static_cast<size_t>(size)));
  if (!facts.ok()) return "";
  const absl::StatusOr<PeerIdentity> identity = IdentifyCertificate(*facts);
  if (!identity.ok()) return "";
  return identity->oin.empty() ? identity->service : identity->oin;
}

// Whether the certificate may have this connection, asked at its first read.
bool Prove(SSL* ssl, Connection& connection, absl::Time now) {
  connection.is_proven = true;
  connection.bearer = TheFloods().bearers.Find(Thumbprint(SSL_get0_peer_certificate(ssl)), now);
  if (connection.bearer->IsSuspended(now) || !connection.bearer->Open(now)) {
    connection.bearer = nullptr;
    Floods& floods = TheFloods();
    floods.addresses.Blame(connection.address);
    const std::lock_guard<std::mutex> lock(floods.mutex);
    ++floods.report.refused_certificates;
    return false;
  }
  TheFloods().addresses.GiveBack(connection.address);
  return true;
}

void Suspend(SSL* ssl, Connection& connection, absl::string_view flood, absl::Time now) {
  const absl::Duration duration = connection.bearer->Suspend(now);
  if (duration == absl::ZeroDuration()) return;
  X509* const certificate = SSL_get0_peer_certificate(ssl);
  FloodReport::Suspension told = {Thumbprint(certificate), Organisation(certificate),
                                  std::string(flood), duration};
  Floods& floods = TheFloods();
  const std::lock_guard<std::mutex> lock(floods.mutex);
  floods.report.suspensions.push_back(std::move(told));
}

bool MayRead(SSL* ssl, Connection& connection) {
  const absl::Time now = absl::Now();
  if (!connection.is_proven) return Prove(ssl, connection, now);
  return connection.bearer != nullptr && !connection.bearer->IsSuspended(now);
}

bool MayGoOn(SSL* ssl, Connection& connection, absl::string_view received) {
  const absl::Time now = absl::Now();
  const absl::string_view flood = connection.meter.Received(received, now);
  if (flood.empty()) return true;
  Suspend(ssl, connection, flood, now);
  return false;
}

int Ended() {
  lines_to_come = kLinesOfAnEnd;
  ERR_raise(ERR_LIB_USER, 1);  // without one SSL_get_error would tell that of the last read
  return -1;
}

template <typename Function>
Function* Next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

SSL* New(SSL_CTX* context) {
  static auto* const original = Next<SSL*(SSL_CTX*)>("SSL_new");
  SSL* const ssl = original(context);
  if (ssl == nullptr || !std::exchange(is_accepted, false)) return ssl;
  auto connection = std::make_unique<Connection>();
  {
    const std::lock_guard<std::mutex> lock(connection->mutex);
    connection->address = accepted_from;
  }
  if (SSL_set_ex_data(ssl, Place(), connection.get()) == 1) static_cast<void>(connection.release());
  return ssl;
}

int Read(SSL* ssl, void* buffer, int size) {
  static auto* const original = Next<int(SSL*, void*, int)>("SSL_read");
  Connection* const connection = Find(ssl);
  if (connection == nullptr) return original(ssl, buffer, size);
  const std::lock_guard<std::mutex> lock(connection->mutex);
  if (MayRead(ssl, *connection)) {
    const int received = original(ssl, buffer, size);
    if (received <= 0) return received;
    if (MayGoOn(ssl, *connection,
                {static_cast<const char*>(buffer), static_cast<size_t>(received)})) {
      return received;
    }
  }
  return Ended();
}

int Write(SSL* ssl, const void* buffer, int size) {
  static auto* const original = Next<int(SSL*, const void*, int)>("SSL_write");
  const int sent = original(ssl, buffer, size);
  Connection* const connection = sent > 0 ? Find(ssl) : nullptr;
  if (connection == nullptr) return sent;
  const std::lock_guard<std::mutex> lock(connection->mutex);
  connection->meter.Sent({static_cast<const char*>(buffer), static_cast<size_t>(sent)});
  return sent;
}

}  // namespace

FloodReport TakeFloodReport() {
  Floods& floods = TheFloods();
  const std::lock_guard<std::mutex> lock(floods.mutex);
  return std::exchange(floods.report, {});
}

void LimitHandshakes(int per_address) {
  TheFloods().addresses.SetMost(per_address);
}

namespace internal {

bool AdmitAccepted(const sockaddr_storage& from) {
  // The one before was not for TLS.
  if (std::exchange(is_accepted, false)) TheFloods().addresses.GiveBack(accepted_from);
  const uint64_t address = AddressOf(from);
  if (TheFloods().addresses.Admit(address, absl::Now())) {
    is_accepted = true;
    accepted_from = address;
    return true;
  }
  const std::lock_guard<std::mutex> lock(TheFloods().mutex);
  ++TheFloods().report.refused_addresses;
  return false;
}

bool IsLineOfAnEnd() {
  if (lines_to_come == 0) return false;
  --lines_to_come;
  return true;
}

}  // namespace internal
}  // namespace vsv::rpc

// As OpenSSL's.
extern "C" SSL* SSL_new(SSL_CTX* ctx) {
  return vsv::rpc::New(ctx);
}

// As OpenSSL's, for connections that do not flood. gRPC calls it once the handshake has succeeded.
extern "C" int SSL_read(SSL* ssl, void* buf, int num) {
  return vsv::rpc::Read(ssl, buf, num);
}

// As OpenSSL's.
extern "C" int SSL_write(SSL* ssl, const void* buf, int num) {
  return vsv::rpc::Write(ssl, buf, num);
}
