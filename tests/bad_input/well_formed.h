// Requests that are well-formed by the contract alone, so that an attack on one place is judged and
// nothing else that is wrong.
#pragma once

#include "google/protobuf/message.h"

namespace vsv::bad_input {

// Sets every REQUIRED field of `message`, and of the messages that are there or become so, that is
// not set yet: names of resources by the pattern of their type, the first value of enums, one
// element of lists. Names nothing that must exist.
void FillRequired(google::protobuf::Message& message);

// Adds an element of the same form as the other elements of this repeated field.
void AddWellFormed(google::protobuf::Message& message,
                   const google::protobuf::FieldDescriptor& field);

}  // namespace vsv::bad_input
