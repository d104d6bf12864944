// Random bytes that cannot be guessed.
#pragma once

#include <cstddef>
#include <string>

namespace vsv::base {

// `count` bytes from the operating system's generator (through OpenSSL). Aborts when there is no
// randomness to be had: no key or id may ever be made without.
std::string RandomBytes(size_t count);

}  // namespace vsv::base
