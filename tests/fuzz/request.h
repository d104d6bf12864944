// Inputs that are requests: the name of a method on the first line, then its request, in proto JSON
// (kept inputs, to be read by people) or in bytes (what a fuzzer makes of them).
#pragma once

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace vsv::fuzz {

using Methods = std::vector<const google::protobuf::MethodDescriptor*>;

// The methods of these services (full names) that answer a message with one message.
Methods AnsweredMethodsOf(const std::vector<std::string>& services);

struct Request {
  const google::protobuf::MethodDescriptor* method = nullptr;
  std::unique_ptr<google::protobuf::Message> message;
};

// A first line that names no method chooses one by its length. Null message when the rest is no
// request of the method.
Request ReadRequest(const Methods& methods, absl::string_view input);

// LLVMFuzzerCustomMutator for such inputs: one to four changes within the request.
size_t MutateRequest(const Methods& methods, uint8_t* data, size_t size, size_t max_size,
                     unsigned int seed);

}  // namespace vsv::fuzz
