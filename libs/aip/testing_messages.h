// Message types for the tests of this library, built at run time: every case that a contract could
// hold, without a contract.
#pragma once

#include "google/protobuf/descriptor.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/message.h"

#include <memory>
#include <string>

namespace vsv::aip::testing {

// Types of the package `t`: Pupil, Dossier (resource), CreateDossierRequest, UpdateDossierRequest,
// ListDossiersRequest.
class TestTypes {
 public:
  TestTypes();

  const google::protobuf::Descriptor& Type(const std::string& name) const;
  // A new message of the type, read from text format. Aborts on text that does not parse.
  std::unique_ptr<google::protobuf::Message> Make(const std::string& name,
                                                  const std::string& text = "");

 private:
  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
};

}  // namespace vsv::aip::testing
