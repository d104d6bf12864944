#include "tests/contract/contract_image.h"

#include "google/api/annotations.pb.h"
#include "google/api/field_behavior.pb.h"
#include "google/api/resource.pb.h"
#include "google/protobuf/descriptor.pb.h"
#include "vsv/policy/v1/policy.pb.h"

#include "absl/strings/match.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace vsv::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::MethodDescriptor;

[[noreturn]] void AbortOn(const std::string& what) {
  std::fprintf(stderr, "contract image: %s\n", what.c_str());
  std::abort();
}

void AddWithNested(const Descriptor& type, std::vector<const Descriptor*>& out) {
  if (type.options().map_entry()) return;
  out.push_back(&type);
  for (int i = 0; i < type.nested_type_count(); ++i) AddWithNested(*type.nested_type(i), out);
}

}  // namespace

ContractImage::ContractImage(const std::string& path) {
  // The options are read as extensions only when the code of these files is linked in.
  policy::v1::MethodPolicy::descriptor();
  google::api::HttpRule::descriptor();
  google::api::ResourceDescriptor::descriptor();
  google::protobuf::GetEnumDescriptor<google::api::FieldBehavior>();

  std::ifstream stream(path, std::ios::binary);
  google::protobuf::FileDescriptorSet set;
  if (!set.ParseFromIstream(&stream) || set.file_size() == 0) AbortOn("cannot read " + path);
  for (const FileDescriptorProto& proto : set.file()) {  // dependencies come first
    const FileDescriptor* file = pool_.BuildFile(proto);
    if (file == nullptr) AbortOn("does not build: " + proto.name());
    if (absl::StartsWith(file->package(), "vsv.")) files_.push_back(file);
  }
}

const ContractImage& ContractImage::OfThisBuild() {
  static const auto& image = *new ContractImage(VSV_CONTRACT_IMAGE);
  return image;
}

std::vector<const MethodDescriptor*> ContractImage::Methods() const {
  std::vector<const MethodDescriptor*> methods;
  for (const FileDescriptor* file : files_) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m) {
        methods.push_back(file->service(s)->method(m));
      }
    }
  }
  return methods;
}

std::vector<const Descriptor*> ContractImage::Messages() const {
  std::vector<const Descriptor*> messages;
  for (const FileDescriptor* file : files_) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      AddWithNested(*file->message_type(i), messages);
    }
  }
  return messages;
}

std::vector<const EnumDescriptor*> ContractImage::ErrorReasonEnums() const {
  std::vector<const EnumDescriptor*> enums;
  for (const FileDescriptor* file : files_) {
    const EnumDescriptor* found = file->FindEnumTypeByName("ErrorReason");
    if (found != nullptr) enums.push_back(found);
  }
  return enums;
}

}  // namespace vsv::contract
