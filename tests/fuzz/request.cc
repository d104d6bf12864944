#include "tests/fuzz/request.h"

#include "tests/fuzz/message_mutator.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"

#include <algorithm>
#include <cstring>

namespace vsv::fuzz {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

std::unique_ptr<Message> NewMessage(const Descriptor& type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

}  // namespace

Methods AnsweredMethodsOf(const std::vector<std::string>& services) {
  Methods methods;
  for (const std::string& name : services) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    for (int i = 0; service != nullptr && i < service->method_count(); ++i) {
      const MethodDescriptor* method = service->method(i);
      if (method->server_streaming() == method->client_streaming()) methods.push_back(method);
    }
  }
  return methods;
}

Request ReadRequest(const Methods& methods, absl::string_view input) {
  const size_t end = std::min(input.find('\n'), input.size());
  const std::string name(input.substr(0, end));
  const absl::string_view body = input.substr(std::min(end + 1, input.size()));
  Request request;
  request.method = methods[name.size() % methods.size()];
  for (const MethodDescriptor* method : methods) {
    if (method->name() == name) request.method = method;
  }
  request.message = NewMessage(*request.method->input_type());
  const bool read =
      absl::StartsWith(body, "{")
          ? google::protobuf::util::JsonStringToMessage(std::string(body), request.message.get())
                .ok()
          : request.message->ParseFromArray(body.data(), static_cast<int>(body.size()));
  if (!read) request.message.reset();
  return request;
}

size_t MutateRequest(const Methods& methods, uint8_t* data, size_t size, size_t max_size,
                     unsigned int seed) {
  Random random(seed);
  Request request = ReadRequest(methods, {reinterpret_cast<const char*>(data), size});
  if (request.message == nullptr || random() % 50 == 0) {
    request.method = methods[random() % methods.size()];
    request.message = NewMessage(*request.method->input_type());
  }
  for (size_t left = 1 + random() % 4; left > 0; --left) Mutate(*request.message, random);
  const std::string mutated =
      absl::StrCat(request.method->name(), "\n", request.message->SerializePartialAsString());
  if (mutated.size() > max_size) return size;
  std::memcpy(data, mutated.data(), mutated.size());
  return mutated.size();
}

}  // namespace vsv::fuzz
