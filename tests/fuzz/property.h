// What a fuzz target demands of an answer besides that there is one.
#pragma once

#include "absl/strings/string_view.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace vsv::fuzz {

// Ends the process, which both ways to run a target take as a finding.
inline void Demand(bool holds, absl::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", std::string(what).c_str());
  std::abort();
}

// The input as text.
inline absl::string_view Text(const unsigned char* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace vsv::fuzz
