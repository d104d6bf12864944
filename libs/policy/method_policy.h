// The policy options of methods and fields, read from the linked descriptors.
#pragma once

#include "vsv/policy/v1/policy.pb.h"

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

#include <optional>
#include <string>

namespace vsv::policy {

// The policy of a gRPC method path ("/vsv.partners.v1.PartnersService/GetOrganisation"); nullopt
// when the method is not linked in or carries none: such a method is refused.
std::optional<v1::MethodPolicy> PolicyOf(absl::string_view method_path);

// Whether the method takes something back and is therefore admitted before all others (never_shed).
bool IsNeverShed(absl::string_view method_path);

// Category of a field; DATA_CATEGORY_UNSPECIFIED when it carries none.
v1::DataCategory CategoryOf(const google::protobuf::FieldDescriptor& field);

// Short lower-case name of a purpose as it is used in metadata ("programme_management"), and back;
// PURPOSE_UNSPECIFIED for anything unknown.
std::string PurposeName(v1::Purpose purpose);
v1::Purpose ParsePurpose(absl::string_view name);

// Upper-case name of a role without its prefix ("RMC_OFFICE").
std::string RoleName(v1::Role role);

}  // namespace vsv::policy
