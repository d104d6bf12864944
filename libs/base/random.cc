#include "libs/base/random.h"

#include <cstdio>
#include <cstdlib>
#include <openssl/rand.h>

namespace vsv::base {

std::string RandomBytes(size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
    std::fputs("no random bytes to be had\n", stderr);
    std::abort();
  }
  return bytes;
}

}  // namespace vsv::base
