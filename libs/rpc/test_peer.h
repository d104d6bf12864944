// A client of TLS that sends what it likes, for tests of floods.
#pragma once

#include "libs/testing/test_pki.h"

#include "absl/time/clock.h"
#include "absl/time/time.h"

#include <arpa/inet.h>
#include <memory>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace vsv::rpc {

// A connection to a port of this machine from one of its addresses; -1 when there is none.
inline int ConnectFrom(const char* from, int port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience = {.tv_sec = 20, .tv_usec = 0};
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  inet_pton(AF_INET, from, &address.sin_addr);
  bool good = bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  address.sin_port = htons(static_cast<uint16_t>(port));
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  good = good && connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  if (good) return descriptor;
  close(descriptor);
  return -1;
}

// HTTP/2 over TLS with a client certificate; the handshake is made by the constructor.
class RawPeer {
 public:
  RawPeer(const vsv::testing::KeyPair& pair, const char* from, int port)
      : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
        descriptor_(ConnectFrom(from, port)) {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> certificate(
        BIO_new_mem_buf(pair.certificate.data(), -1), BIO_free_all);
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> key(BIO_new_mem_buf(pair.key.data(), -1),
                                                            BIO_free_all);
    X509* const x509 = PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr);
    EVP_PKEY* const private_key = PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(context_.get(), x509);
    SSL_CTX_use_PrivateKey(context_.get(), private_key);
    X509_free(x509);
    EVP_PKEY_free(private_key);
    const unsigned char h2[] = {2, 'h', '2'};
    SSL_CTX_set_alpn_protos(context_.get(), h2, sizeof(h2));
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), descriptor_);
    is_open_ = descriptor_ >= 0 && SSL_connect(ssl_.get()) == 1;
  }

  ~RawPeer() {
    ssl_.reset();
    if (descriptor_ >= 0) close(descriptor_);
  }

  RawPeer(const RawPeer&) = delete;
  RawPeer& operator=(const RawPeer&) = delete;

  bool is_open() const { return is_open_; }

  // In a TLS record of its own, when it fits in one; then reads what has come. False when the
  // server has ended the connection.
  bool Send(const std::string& bytes) {
    is_open_ = is_open_ && SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
    while (is_open_ && IsReadable(absl::ZeroDuration())) Read();
    return is_open_;
  }

  // Reads until so many bytes more have come; false when the server ends the connection before.
  bool Receive(size_t bytes) {
    const size_t wanted = received_ + bytes;
    while (is_open_ && received_ < wanted) Read();
    return is_open_;
  }

  // Reads until the server ends the connection; false when it does not.
  bool IsEndedWithin(absl::Duration patience) {
    const absl::Time latest = absl::Now() + patience;
    while (is_open_ && absl::Now() < latest) {
      if (IsReadable(absl::Milliseconds(100))) Read();
    }
    return !is_open_;
  }

 private:
  bool IsReadable(absl::Duration patience) const {
    pollfd poller = {descriptor_, POLLIN, 0};
    return SSL_pending(ssl_.get()) > 0 ||
           poll(&poller, 1, static_cast<int>(absl::ToInt64Milliseconds(patience))) > 0;
  }

  void Read() {
    char bytes[16'384];
    const int size = SSL_read(ssl_.get(), bytes, sizeof(bytes));
    is_open_ = size > 0;
    if (is_open_) received_ += static_cast<size_t>(size);
  }

  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  const int descriptor_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, SSL_free};
  bool is_open_ = false;
  size_t received_ = 0;
};

}  // namespace vsv::rpc
