#include "libs/aip/testing_messages.h"

#include "google/api/field_behavior.pb.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"

#include "google/protobuf/text_format.h"

#include <cstdio>
#include <cstdlib>

namespace vsv::aip::testing {
namespace {

constexpr char kFile[] = R"pb(
  name: "t.proto"
  package: "t"
  syntax: "proto3"
  dependency: "google/api/field_behavior.proto"
  dependency: "google/protobuf/field_mask.proto"
  dependency: "google/protobuf/timestamp.proto"
  dependency: "google/type/date.proto"
  enum_type {
    name: "State"
    value { name: "STATE_UNSPECIFIED" number: 0 }
    value { name: "STATE_SENT" number: 1 }
  }
  message_type {
    name: "Pupil"
    field {
      name: "given_name"
      number: 1
      type: TYPE_STRING
      label: LABEL_OPTIONAL
      options {
        [google.api.field_behavior]: REQUIRED
      }
    }
    field {
      name: "birth_date"
      number: 2
      type: TYPE_MESSAGE
      type_name: ".google.type.Date"
      label: LABEL_OPTIONAL
    }
    field { name: "nicknames" number: 3 type: TYPE_STRING label: LABEL_REPEATED }
    field {
      name: "parent"
      number: 4
      type: TYPE_MESSAGE
      type_name: ".t.Pupil"
      label: LABEL_OPTIONAL
    }
    field {
      name: "score"
      number: 5
      type: TYPE_INT64
      label: LABEL_OPTIONAL
      oneof_index: 0
      proto3_optional: true
      options {
        [google.api.field_behavior]: REQUIRED
      }
    }
    oneof_decl { name: "_score" }
  }
  message_type {
    name: "Dossier"
    field {
      name: "name"
      number: 1
      type: TYPE_STRING
      label: LABEL_OPTIONAL
      options {
        [google.api.field_behavior]: IDENTIFIER
      }
    }
    field {
      name: "pupil"
      number: 2
      type: TYPE_MESSAGE
      type_name: ".t.Pupil"
      label: LABEL_OPTIONAL
      options {
        [google.api.field_behavior]: REQUIRED
      }
    }
    field {
      name: "state"
      number: 3
      type: TYPE_ENUM
      type_name: ".t.State"
      label: LABEL_OPTIONAL
      options {
        [google.api.field_behavior]: REQUIRED
      }
    }
    field {
      name: "lines"
      number: 4
      type: TYPE_STRING
      label: LABEL_REPEATED
      options {
        [google.api.field_behavior]: REQUIRED
      }
    }
    field {
      name: "create_time"
      number: 5
      type: TYPE_MESSAGE
      type_name: ".google.protobuf.Timestamp"
      label: LABEL_OPTIONAL
      options {
        [google.api.field_behavior]: OUTPUT_ONLY
        [google.api.field_behavior]: REQUIRED
      }
    }
    field {
      name: "region"
      number: 6
      type: TYPE_STRING
      label: LABEL_OPTIONAL
      options {
        [google.api.field_behavior]: IMMUTABLE
      }
    }
    field { name: "etag" number: 7 type: TYPE_STRING label: LABEL_OPTIONAL }
    field { name: "note" number: 8 type: TYPE_STRING label: LABEL_OPTIONAL }
    field {
      name: "pupils"
      number: 9
      type: TYPE_MESSAGE
      type_name: ".t.Pupil"
      label: LABEL_REPEATED
    }
    field { name: "scan" number: 10 type: TYPE_BYTES label: LABEL_OPTIONAL }
    field {
      name: "count"
      number: 11
      type: TYPE_INT32
      label: LABEL_OPTIONAL
      options {
        [google.api.field_behavior]: REQUIRED
      }
    }
  }
  message_type {
    name: "CreateDossierRequest"
    field {
      name: "parent"
      number: 1
      type: TYPE_STRING
      label: LABEL_OPTIONAL
      options {
        [google.api.field_behavior]: REQUIRED
      }
    }
    field {
      name: "dossier"
      number: 2
      type: TYPE_MESSAGE
      type_name: ".t.Dossier"
      label: LABEL_OPTIONAL
      options {
        [google.api.field_behavior]: REQUIRED
      }
    }
  }
  message_type {
    name: "UpdateDossierRequest"
    field {
      name: "dossier"
      number: 1
      type: TYPE_MESSAGE
      type_name: ".t.Dossier"
      label: LABEL_OPTIONAL
      options {
        [google.api.field_behavior]: REQUIRED
      }
    }
    field {
      name: "update_mask"
      number: 2
      type: TYPE_MESSAGE
      type_name: ".google.protobuf.FieldMask"
      label: LABEL_OPTIONAL
    }
  }
  message_type {
    name: "ListDossiersRequest"
    field { name: "parent" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
    field { name: "page_size" number: 2 type: TYPE_INT32 label: LABEL_OPTIONAL }
    field { name: "page_token" number: 3 type: TYPE_STRING label: LABEL_OPTIONAL }
    field { name: "filter" number: 4 type: TYPE_STRING label: LABEL_OPTIONAL }
  }
)pb";

[[noreturn]] void AbortOn(const std::string& what) {
  std::fprintf(stderr, "test messages: %s\n", what.c_str());
  std::abort();
}

}  // namespace

TestTypes::TestTypes() : pool_(google::protobuf::DescriptorPool::generated_pool()) {
  google::protobuf::FileDescriptorProto file;
  if (!google::protobuf::TextFormat::ParseFromString(kFile, &file)) AbortOn("the file");
  // The dependencies are found only when their generated code is linked in.
  google::protobuf::FieldMask::descriptor();
  google::protobuf::Timestamp::descriptor();
  google::type::Date::descriptor();
  factory_.SetDelegateToGeneratedFactory(true);
  if (pool_.BuildFile(file) == nullptr) AbortOn("the file does not build");
}

const google::protobuf::Descriptor& TestTypes::Type(const std::string& name) const {
  return *pool_.FindMessageTypeByName("t." + name);
}

std::unique_ptr<google::protobuf::Message> TestTypes::Make(const std::string& name,
                                                           const std::string& text) {
  std::unique_ptr<google::protobuf::Message> message(factory_.GetPrototype(&Type(name))->New());
  if (!google::protobuf::TextFormat::ParseFromString(text, message.get())) AbortOn(text);
  return message;
}

}  // namespace vsv::aip::testing
