#include "libs/rpc/accept.h"

#include "libs/rpc/connection_guard.h"
#include "libs/rpc/tls_guard.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace vsv::rpc {
namespace {

std::mutex reserve_mutex;
int reserve = -1;  // guarded by reserve_mutex

int OpenReserve() {
  return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int Accept(int listener, sockaddr* address, socklen_t* length, int flags) {
  return static_cast<int>(syscall(SYS_accept4, listener, address, length, flags));
}

// Takes the connections that wait and ends them: left waiting, their clients would learn nothing.
void RefuseWaiting(int listener) {
  const std::lock_guard<std::mutex> lock(reserve_mutex);
  if (reserve >= 0) close(reserve);
  for (int refused = 0; refused >= 0;) {
    refused = Accept(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (refused >= 0) close(refused);
  }
  reserve = OpenReserve();
}

}  // namespace

void KeepAccepting() {
  const std::lock_guard<std::mutex> lock(reserve_mutex);
  if (reserve < 0) reserve = OpenReserve();
}

}  // namespace vsv::rpc

// As the C library's, but for want of descriptors or memory the connections that wait are refused
// and EAGAIN is told, which every caller of a non-blocking listener knows how to take. Those that
// may not begin one are passed over.
extern "C" int accept4(int listener, sockaddr* address, socklen_t* length, int flags) {
  sockaddr_storage from = {};
  socklen_t size = sizeof(from);
  int accepted = -1;
  while ((accepted =
              vsv::rpc::Accept(listener, reinterpret_cast<sockaddr*>(&from), &size, flags)) >= 0) {
    if (vsv::rpc::internal::AdmitAccepted(from)) break;
    close(accepted);
    size = sizeof(from);
  }
  if (accepted >= 0) {
    vsv::rpc::internal::NoteAccepted(accepted);
    if (address != nullptr && length != nullptr) {
      std::memcpy(address, &from, std::min(*length, size));
      *length = size;
    }
    return accepted;
  }
  if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
    vsv::rpc::RefuseWaiting(listener);
    errno = EAGAIN;
  }
  return -1;
}
