// The contract as it is written: every proto of the suite with its comments, read from a descriptor
// set that the build makes.
#pragma once

#include "google/protobuf/descriptor.h"

#include <string>
#include <vector>

namespace vsv::contract {

// All files under proto/vsv, in one pool. Nothing has to be linked in to be seen, so nothing can be
// left out.
class ContractImage {
 public:
  // Aborts when the file at `path` is no descriptor set that builds.
  explicit ContractImage(const std::string& path);

  // The set of this build, read once.
  static const ContractImage& OfThisBuild();

  // Files of packages `vsv.*`, in order of name.
  const std::vector<const google::protobuf::FileDescriptor*>& files() const { return files_; }

  // Everything declared in them, nested messages included.
  std::vector<const google::protobuf::MethodDescriptor*> Methods() const;
  std::vector<const google::protobuf::Descriptor*> Messages() const;
  std::vector<const google::protobuf::EnumDescriptor*> ErrorReasonEnums() const;

 private:
  google::protobuf::DescriptorPool pool_;
  std::vector<const google::protobuf::FileDescriptor*> files_;
};

}  // namespace vsv::contract
