// The rules that every contract of the suite must keep, each as a function over descriptors that
// reports what breaks it. The functions know no file and no service, so that tests can show them
// bad contracts.
#pragma once

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

#include <set>
#include <string>
#include <vector>

namespace vsv::contract {

// One breach: what, and where (full name of the element).
struct Finding {
  std::string element;
  std::string problem;
};

using Findings = std::vector<Finding>;

// What is left of `findings` when the deviations in `readme` (markdown rows "| `element` | problem
// | why |") are taken out. A deviation that no finding needs any more becomes a finding itself.
Findings WithoutDeviations(Findings findings, absl::string_view readme);

// "element: problem" per line, for test failures.
std::string Report(const Findings& findings);

// A method states roles, purposes and relations, each a known one. It says personal_data exactly
// when request or response hold a field of a personal category; then its relations are not
// RELATION_NONE, otherwise nothing else. The keeper of the register and programme managers never
// reach personal data.
void CheckMethodPolicy(const google::protobuf::MethodDescriptor& method, Findings& findings);

// A method that takes something back (Withdraw, Revoke, Erase) is never shed, and no other is.
void CheckNeverShed(const google::protobuf::MethodDescriptor& method, Findings& findings);

// Every field has a data category.
void CheckFieldCategories(const google::protobuf::Descriptor& message, Findings& findings);

// A method that changes something carries a REQUIRED `request_id` (or, in a batch, each of its
// `requests` does), and one that changes what exists also carries an `etag`, in the request or in
// the resource.
void CheckMutation(const google::protobuf::MethodDescriptor& method, Findings& findings);

// A list is paged: page_size, page_token, next_page_token.
void CheckPaging(const google::protobuf::MethodDescriptor& method, Findings& findings);

// A resource that can be changed has an output `etag`: the response of a mutation that is a
// google.api.resource.
void CheckEtag(const google::protobuf::MethodDescriptor& method, Findings& findings);

// The comment of the method has an "Errors:" section; every entry "- CODE REASON: what to do" names
// a gRPC code and one of `reasons`.
void CheckErrorsSection(const google::protobuf::MethodDescriptor& method,
                        const std::set<std::string>& reasons, Findings& findings);

// Every value of an ErrorReason enum but the first has an example in its comment: a
// google.rpc.ErrorInfo in JSON with this reason and the domain of the suite.
void CheckReasonExamples(const google::protobuf::EnumDescriptor& reasons, Findings& findings);

// The reasons an ErrorReason enum declares, as they stand in ErrorInfo.
std::set<std::string> ReasonsOf(const google::protobuf::EnumDescriptor& reasons);

// True when calling the method again may change something.
bool IsMutation(const google::protobuf::MethodDescriptor& method);

}  // namespace vsv::contract
