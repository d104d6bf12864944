#include "libs/aip/page_token.h"

#include "libs/base/hash.h"
#include "libs/errors/errors.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>

namespace vsv::aip {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kFormat = 1;
constexpr size_t kMacBytes = 32;
constexpr size_t kMaxTokenBytes = 4096;

void PutString(absl::string_view value, std::string& out) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>((value.size() >> shift) & 0xff));
  }
  out.append(value.data(), value.size());
}

bool TakeString(absl::string_view& input, std::string& value) {
  if (input.size() < 4) return false;
  size_t size = 0;
  for (size_t i = 0; i < 4; ++i) size = (size << 8) | static_cast<unsigned char>(input[i]);
  input.remove_prefix(4);
  if (input.size() < size) return false;
  value.assign(input.data(), size);
  input.remove_prefix(size);
  return true;
}

void ClearByName(const char* name, Message& message) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field != nullptr) message.GetReflection()->ClearField(&message, field);
}

// The arguments that a page must share with the page before it, in one byte form.
std::string Arguments(const Message& request) {
  const std::unique_ptr<Message> copy(request.New());
  copy->CopyFrom(request);
  ClearByName("page_token", *copy);
  ClearByName("page_size", *copy);
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    copy->SerializePartialToCodedStream(&coded);
  }
  return bytes;
}

std::string TokenOf(const Message& request) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("page_token");
  if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) return "";
  return request.GetReflection()->GetString(request, field);
}

}  // namespace

std::string PageTokens::Authenticate(const Message& request, absl::string_view caller,
                                     absl::string_view payload) const {
  std::string data;
  PutString("vsv page token", data);
  PutString(request.GetDescriptor()->full_name(), data);
  PutString(caller, data);
  PutString(Arguments(request), data);
  PutString(payload, data);
  return base::HmacSha256(key_, data);
}

std::string PageTokens::Make(const Message& request, absl::string_view caller,
                             absl::Span<const std::string> sort_key) const {
  std::string payload(1, kFormat);
  for (const std::string& value : sort_key) PutString(value, payload);
  return base::Base64UrlEncode(absl::StrCat(Authenticate(request, caller, payload), payload));
}

absl::StatusOr<std::vector<std::string>> PageTokens::Read(const Message& request,
                                                          absl::string_view caller) const {
  const std::string token = TokenOf(request);
  if (token.empty()) return std::vector<std::string>();
  if (token.size() > kMaxTokenBytes) return errors::PageTokenInvalid();
  const std::optional<std::string> bytes = base::Base64UrlDecode(token);
  if (!bytes.has_value() || bytes->size() <= kMacBytes) return errors::PageTokenInvalid();
  absl::string_view payload = absl::string_view(*bytes).substr(kMacBytes);
  if (!base::ConstantTimeEquals(absl::string_view(*bytes).substr(0, kMacBytes),
                                Authenticate(request, caller, payload)) ||
      payload[0] != kFormat) {
    return errors::PageTokenInvalid();
  }
  payload.remove_prefix(1);
  std::vector<std::string> sort_key;
  while (!payload.empty()) {
    std::string value;
    if (!TakeString(payload, value)) return errors::PageTokenInvalid();
    sort_key.push_back(std::move(value));
  }
  return sort_key;
}

absl::StatusOr<int> PageSize(int requested, const PageSizeLimits& limits) {
  if (requested < 0) return errors::FieldInvalid("page_size", "must not be negative");
  if (requested == 0) return limits.default_size;
  return std::min(requested, limits.max_size);
}

}  // namespace vsv::aip
