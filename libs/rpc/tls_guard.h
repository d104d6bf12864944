// Reads along what clients send once it is deciphered, and ends the connections that flood.
#pragma once

#include "absl/time/time.h"

#include <cstdint>
#include <string>
#include <sys/socket.h>
#include <vector>

namespace vsv::rpc {

// gRPC 1.51 lets a peer with a valid certificate open and reset streams, ping, and send headers
// without end. What it reads is seen here before gRPC sees it: in the SSL_read of tls_guard.cc,
// which the library is linked against before that of OpenSSL. Of connections that were accepted;
// those that the process opens itself are left alone.

// What was done since the last time that it was asked.
struct FloodReport {
  struct Suspension {
    std::string thumbprint;    // of the certificate, SHA-256 of the DER, lower-case hex
    std::string organisation;  // OIN or name of a service that it names; "" when it names none
    std::string flood;         // constant phrase
    absl::Duration duration;
  };

  std::vector<Suspension> suspensions;
  uint64_t refused_addresses = 0;     // connections, for the handshakes of their address
  uint64_t refused_certificates = 0;  // connections, of certificates suspended or with too many
};

FloodReport TakeFloodReport();

// How many handshakes an address may have open or failed at once, and a tenth of it a second more;
// 0: any number. Of the whole process.
void LimitHandshakes(int per_address);

namespace internal {

// False when the connection is to be refused. Otherwise the next SSL of this thread is that of the
// connection: gRPC makes it before it accepts another.
bool AdmitAccepted(const sockaddr_storage& from);
// Asked of each error that gRPC logs: whether it only says that the guard ended a connection, which
// the report tells better.
bool IsLineOfAnEnd();

}  // namespace internal
}  // namespace vsv::rpc
