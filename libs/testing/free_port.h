// A port for a server that is told where to listen.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <random>
#include <set>
#include <sys/socket.h>
#include <unistd.h>

namespace vsv::testing {

// Nobody listens there, and this process has not been given it before. Below the ports that shell
// tests use and those that the system gives to outgoing connections: a client that tries to reach a
// killed server there could otherwise connect to itself, and keep the port. Of one thread.
inline int FreePort() {
  static std::set<int> given;
  static std::random_device random;
  while (true) {
    const int port = 11'000 + static_cast<int>(random() % 9'000);
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port));
    const bool is_free =
        bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    close(descriptor);
    if (is_free && given.insert(port).second) return port;
  }
}

}  // namespace vsv::testing
