#include "tests/bad_input/well_formed.h"

#include "libs/aip/etag.h"
#include "libs/aip/field_behaviors.h"
#include "libs/rpc/dynamic_call.h"

#include "google/api/resource.pb.h"
#include "vsv/dossiers/v1/handover.pb.h"
#include "vsv/programs/v1/measure.pb.h"

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace vsv::bad_input {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr char kUuid[] = "0192f0a0-0000-7000-8000-00000000b001";

// "regions/{region}/dossiers/{dossier}" by "dossiers.vsv/Dossier": resources stand in the files
// that those of the services import.
std::map<std::string, std::string> ReadPatterns() {
  std::map<std::string, std::string> patterns;
  for (const absl::string_view name : rpc::ServiceNames()) {
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(std::string(name));
    for (int i = 0; i < service->file()->dependency_count(); ++i) {
      const auto& file = *service->file()->dependency(i);
      for (int at = 0; at < file.message_type_count(); ++at) {
        const auto& resource = file.message_type(at)->options().GetExtension(google::api::resource);
        if (resource.pattern_size() > 0) patterns[resource.type()] = resource.pattern(0);
      }
    }
  }
  return patterns;
}

const std::map<std::string, std::string>& Patterns() {
  static const auto* patterns = new std::map<std::string, std::string>(ReadPatterns());
  return *patterns;
}

std::string IdOf(absl::string_view variable) {
  if (variable == "{region}") return "16";
  if (variable == "{organisation}") return "roc-midden-nederland";
  if (variable == "{credential}") return std::string(64, 'a');
  for (const absl::string_view slug :
       {"{agreement}", "{program}", "{line}", "{measure}", "{special_assignment}",
        "{indicator_link}", "{indicator}", "{ambition}", "{cohort}"}) {
    if (variable == slug) return "nothing-there";
  }
  return kUuid;
}

// A name of this type, or of what stands above it.
std::string NameOf(const std::string& type, bool above) {
  std::vector<std::string> parts = absl::StrSplit(Patterns().at(type), '/');
  if (above) parts.resize(parts.size() - 2);
  for (std::string& part : parts) {
    if (absl::StartsWith(part, "{")) part = IdOf(part);
  }
  return absl::StrJoin(parts, "/");
}

std::string TextFor(const FieldDescriptor& field) {
  const auto& reference = field.options().GetExtension(google::api::resource_reference);
  if (!reference.child_type().empty()) return NameOf(reference.child_type(), true);
  if (!reference.type().empty()) return NameOf(reference.type(), false);
  const auto& self = field.containing_type()->options().GetExtension(google::api::resource);
  if (field.name() == "name" && !self.type().empty()) return NameOf(self.type(), false);
  if (field.name() == "subject") return NameOf("dossiers.vsv/Dossier", false);
  if (field.full_name() == "vsv.dossiers.v1.ListApplicationsRequest.parent") {
    return "regions/16/dossiers/-";
  }
  if (field.name() == "parent" || field.name() == "regions") return "regions/16";
  if (field.name() == "request_id") return kUuid;
  if (field.name() == "etag") return aip::EtagOf(1);
  if (field.name() == "code") return "3";  // of a line
  return "well-formed";
}

// The first there is, but where that is no answer.
std::vector<int> ValuesFor(const FieldDescriptor& field) {
  if (field.full_name() == "vsv.dossiers.v1.HoldWarmHandoverRequest.participants") {
    return {dossiers::v1::PARTICIPANT_PUPIL, dossiers::v1::PARTICIPANT_RECEIVING};
  }
  if (field.full_name() == "vsv.programs.v1.ReportResultRequest.state") {
    return {programs::v1::RESULT_STATE_REACHED};
  }
  return {field.enum_type()->value(1)->number()};
}

// The value of a field of its own, or one more of a list.
void Give(Message& message, const FieldDescriptor& field) {
  const Reflection& r = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.is_repeated()) return r.AddString(&message, &field, TextFor(field));
      return r.SetString(&message, &field, TextFor(field));
    case FieldDescriptor::CPPTYPE_ENUM:
      for (const int number : ValuesFor(field)) {
        if (!field.is_repeated()) return r.SetEnumValue(&message, &field, number);
        r.AddEnumValue(&message, &field, number);
      }
      return;
    case FieldDescriptor::CPPTYPE_INT32:
      return r.SetInt32(&message, &field, 1);
    case FieldDescriptor::CPPTYPE_INT64:
      return r.SetInt64(&message, &field, 1);
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      Message& inner = field.is_repeated() ? *r.AddMessage(&message, &field)
                                           : *r.MutableMessage(&message, &field);
      return FillRequired(inner);
    }
    default:
      return;
  }
}

// A day is a message without REQUIRED fields; the first of October counts for cohorts too.
void FillDay(Message& date) {
  for (const auto& [name, value] : {std::pair("year", 2025), {"month", 10}, {"day", 1}}) {
    date.GetReflection()->SetInt32(&date, date.GetDescriptor()->FindFieldByName(name), value);
  }
}

}  // namespace

void FillRequired(Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  const Reflection& r = *message.GetReflection();
  if (type.full_name() == "google.type.Date") return FillDay(message);
  // An update asks for the name of its resource, and most for the version.
  const bool is_resource = !type.options().GetExtension(google::api::resource).type().empty();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const bool wanted = aip::HasBehavior(field, google::api::REQUIRED) ||
                        (is_resource && (field.name() == "name" || field.name() == "etag"));
    const bool is_set =
        field.is_repeated() ? r.FieldSize(message, &field) > 0 : r.HasField(message, &field);
    if (wanted && !is_set) {
      Give(message, field);
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && field.is_repeated()) {
      for (int at = 0; at < r.FieldSize(message, &field); ++at) {
        FillRequired(*r.MutableRepeatedMessage(&message, &field, at));
      }
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && is_set) {
      FillRequired(*r.MutableMessage(&message, &field));
    }
  }
}

void AddWellFormed(Message& message, const FieldDescriptor& field) {
  Give(message, field);
}

}  // namespace vsv::bad_input
