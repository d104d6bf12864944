#include "libs/aip/request_id.h"
#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/rpc/dynamic_call.h"
#include "services/vsvctl/commands.h"

#include "google/protobuf/struct.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace vsv::vsvctl {
namespace {

using google::protobuf::Struct;

absl::StatusOr<google::protobuf::ListValue> ReadRequests(const std::string& path) {
  if (path.empty()) return absl::InvalidArgumentError("apply needs a file: -f FILE");
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  std::ostringstream text;
  text << file.rdbuf();
  google::protobuf::ListValue list;
  VSV_RETURN_IF_ERROR(rpc::ParseJson(text.str(), list));
  return list;
}

std::string TextOf(const Struct& entry, const std::string& key) {
  const auto found = entry.fields().find(key);
  return found == entry.fields().end() ? "" : found->second.string_value();
}

// "service" and "method" as one name; the method alone where it is the only one of its name.
std::string MethodOf(const Struct& entry) {
  const std::string service = TextOf(entry, "service");
  const std::string method = TextOf(entry, "method");
  return service.empty() ? method : absl::StrCat(service, ".", method);
}

// What is misspelt would be sent as nothing.
absl::Status CheckForm(const Struct& entry) {
  if (MethodOf(entry).empty()) return absl::InvalidArgumentError("an entry needs a \"method\"");
  for (const auto& [key, value] : entry.fields()) {
    const bool text = key == "service" || key == "method" || key == "as";
    if (text ? value.has_string_value() : key == "request" && value.has_struct_value()) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "an entry cannot have this \"", key,
        "\"; it has texts \"method\", \"service\" and \"as\", and an object \"request\""));
  }
  return absl::OkStatus();
}

// What an entry asks, of which method, as whom ("": as --as).
struct Entry {
  std::string as;
  const google::protobuf::MethodDescriptor* method;
  MessagePtr request;
};

absl::StatusOr<Entry> ReadEntry(const Struct& said) {
  VSV_RETURN_IF_ERROR(CheckForm(said));
  Entry entry;
  VSV_ASSIGN_OR_RETURN(entry.method, rpc::FindMethod(MethodOf(said)));
  entry.request = rpc::NewMessage(*entry.method->input_type());
  const auto body = said.fields().find("request");
  if (body != said.fields().end()) {
    VSV_RETURN_IF_ERROR(
        rpc::ParseJson(rpc::ToJson(body->second.struct_value(), /*pretty=*/false), *entry.request));
  }
  entry.as = std::string(absl::StripPrefix(TextOf(said, "as"), "organisations/"));
  return entry;
}

// Where a file went wrong.
std::string PlaceOf(const Session& session, const google::protobuf::ListValue& list, int i) {
  return absl::StrCat(session.options.file, ", request ", i + 1, " of ", list.values_size(), " (",
                      MethodOf(list.values(i).struct_value()), ")");
}

// All of a file, before any of it is sent: what nobody could send must not end it halfway.
absl::StatusOr<std::vector<Entry>> ReadEntries(const Session& session,
                                               const google::protobuf::ListValue& list) {
  std::vector<Entry> entries;
  for (int i = 0; i < list.values_size(); ++i) {
    absl::StatusOr<Entry> entry = ReadEntry(list.values(i).struct_value());
    if (!entry.ok()) {
      session.notes << PlaceOf(session, list, i) << " cannot be sent; nothing was" << std::endl;
      return entry.status();
    }
    entries.push_back(*std::move(entry));
  }
  return entries;
}

// The requests of one run of a file.
class Run {
 public:
  explicit Run(const Session& session) : session_(session) {}

  // True when it was taken, false when what it makes is there.
  absl::StatusOr<bool> Send(const Entry& entry);

 private:
  // What its request id follows from. Who says the same twice means it twice.
  std::string KeyOf(const Entry& entry) {
    const std::string said = absl::StrCat(entry.as, " ", entry.method->full_name(), " ",
                                          base::HexEncode(aip::BodyHash(*entry.request)));
    return absl::StrCat(said, " ", ++times_said_[said]);
  }

  const Session& session_;
  std::map<std::string, int> times_said_;
};

absl::StatusOr<bool> Run::Send(const Entry& entry) {
  const auto* credential =
      dynamic_cast<const partners::v1::CreateCredentialRequest*>(entry.request.get());
  // A certificate is registered once in any case. A repeat would be answered as the first time
  // though it was revoked since.
  if (credential == nullptr) rpc::FillRequestId(*entry.request, KeyOf(entry));
  const auto call = [&](absl::string_view name, google::protobuf::Message& message) {
    return entry.as.empty() || session_.options.ignore_as
               ? session_.client.Call(name, message)
               : session_.client.CallAs(entry.as, name, message);
  };
  const absl::Status status = call(entry.method->full_name(), *entry.request).status();
  if (status.ok()) return true;
  // A number that another organisation has is not what was to be made.
  if (!absl::IsAlreadyExists(status) || errors::ReasonOf(status) == "IDENTIFIER_EXISTS") {
    return status;
  }
  if (credential != nullptr) VSV_RETURN_IF_ERROR(CheckInForce(*credential, call));
  return false;
}

}  // namespace

absl::Status Apply(const Session& session) {
  VSV_ASSIGN_OR_RETURN(const google::protobuf::ListValue list, ReadRequests(session.options.file));
  VSV_ASSIGN_OR_RETURN(const std::vector<Entry> entries, ReadEntries(session, list));
  Run run(session);
  int sent = 0;
  int there = 0;
  for (size_t i = 0; i < entries.size(); ++i) {
    const absl::StatusOr<bool> taken = run.Send(entries[i]);
    if (!taken.ok()) {
      session.notes << PlaceOf(session, list, static_cast<int>(i)) << " was not taken; "
                    << sent + there << " before it stand" << std::endl;
      return taken.status();
    }
    ++(*taken ? sent : there);
  }
  session.out << sent << " requests taken, " << there << " were there already" << std::endl;
  return absl::OkStatus();
}

}  // namespace vsv::vsvctl
