#include "tests/contract/contract_rules.h"

#include "libs/aip/field_behaviors.h"
#include "libs/policy/method_policy.h"
#include "libs/policy/redact.h"

#include "google/api/annotations.pb.h"
#include "google/api/resource.pb.h"
#include "google/rpc/error_details.pb.h"
#include "vsv/policy/v1/admission.pb.h"
#include "vsv/policy/v1/policy.pb.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "google/protobuf/util/json_util.h"

#include <algorithm>
#include <array>
#include <optional>

namespace vsv::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::SourceLocation;
using policy::v1::MethodPolicy;

constexpr absl::string_view kReasonPrefix = "ERROR_REASON_";
constexpr absl::string_view kDomain = "vsv-regie";
constexpr std::array<absl::string_view, 16> kCodes = {
    "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",   "NOT_FOUND",
    "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED",
    "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",         "DATA_LOSS",
    "UNAUTHENTICATED"};

template <typename Element>
std::string CommentOf(const Element& element) {
  SourceLocation location;
  return element.GetSourceLocation(&location) ? location.leading_comments : "";
}

// A list of enum numbers that is not empty, knows them all, and repeats none.
template <typename Known>
void CheckList(const MethodDescriptor& method, absl::string_view what,
               const google::protobuf::RepeatedField<int>& numbers, Known is_known,
               Findings& findings) {
  const auto find = [&](absl::string_view problem) {
    findings.push_back({method.full_name(), absl::StrCat(what, " ", problem)});
  };
  if (numbers.empty()) find("are not stated");
  const std::set<int> distinct(numbers.begin(), numbers.end());
  if (static_cast<int>(distinct.size()) != numbers.size()) find("are repeated");
  for (const int number : distinct) {
    if (number == 0 || !is_known(number)) find("hold an unspecified or unknown one");
  }
}

bool Has(const google::protobuf::RepeatedField<int>& numbers, int number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

void CheckPersonalData(const MethodDescriptor& method, const MethodPolicy& policy,
                       Findings& findings) {
  const auto find = [&](absl::string_view problem) {
    findings.push_back({method.full_name(), std::string(problem)});
  };
  const bool holds = !policy::HoldsNoPersonalData(*method.input_type()) ||
                     !policy::HoldsNoPersonalData(*method.output_type());
  if (holds && !policy.personal_data()) find("holds personal data but does not say so");
  if (!holds && policy.personal_data()) find("says personal_data but holds none");
  const bool none = Has(policy.relations(), policy::v1::RELATION_NONE);
  if (holds && none) find("holds personal data but asks for no relation");
  if (!holds && !(none && policy.relations_size() == 1)) {
    find("holds no personal data: its relation is RELATION_NONE alone");
  }
  if (!holds) return;
  for (const policy::v1::Role role :
       {policy::v1::ROLE_REGISTER_KEEPER, policy::v1::ROLE_PROGRAMME_MANAGER}) {
    if (Has(policy.roles(), role)) {
      find(absl::StrCat(policy::RoleName(role), " must not reach personal data"));
    }
  }
}

const FieldDescriptor* Field(const Descriptor& type, const char* name) {
  return type.FindFieldByName(name);
}

bool IsRequiredString(const FieldDescriptor* field) {
  return field != nullptr && field->type() == FieldDescriptor::TYPE_STRING &&
         !field->is_repeated() && aip::HasBehavior(*field, google::api::REQUIRED);
}

// Whether the request or the resource in it has an etag.
bool CarriesEtag(const Descriptor& request) {
  if (Field(request, "etag") != nullptr) return true;
  for (int i = 0; i < request.field_count(); ++i) {
    const Descriptor* type = request.field(i)->message_type();
    if (type == nullptr || request.field(i)->is_repeated()) continue;
    if (type->options().HasExtension(google::api::resource) && Field(*type, "etag") != nullptr) {
      return true;
    }
  }
  return false;
}

// Makes something new, and so has no version to compare.
bool IsCreation(const MethodDescriptor& method) {
  for (const absl::string_view verb : {"Create", "BatchCreate", "Import", "Record"}) {
    if (absl::StartsWith(method.name(), verb)) return true;
  }
  return false;
}

bool HasPattern(const MethodDescriptor& method, google::api::HttpRule::PatternCase pattern) {
  return method.options().GetExtension(google::api::http).pattern_case() == pattern;
}

// The text of one "- CODE REASON: advice" entry checked; "" when in order.
std::string EntryProblem(absl::string_view entry, const std::set<std::string>& reasons) {
  const std::vector<std::string> halves = absl::StrSplit(entry, absl::MaxSplits(':', 1));
  const std::vector<std::string> words =
      absl::StrSplit(halves[0], absl::ByAnyChar(" ,"), absl::SkipEmpty());
  if (halves.size() != 2 || absl::StripAsciiWhitespace(halves[1]).empty()) {
    return "does not say what to do";
  }
  if (words.empty() || std::find(kCodes.begin(), kCodes.end(), words[0]) == kCodes.end()) {
    return "does not begin with a code";
  }
  const bool bare_code = words[0] == "DEADLINE_EXCEEDED" || words[0] == "CANCELLED";
  if (words.size() < 2 && !bare_code) return "names no reason";
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "and" || words[i] == "or") continue;
    if (!reasons.contains(words[i])) return absl::StrCat(words[i], " is no declared reason");
  }
  return "";
}

// The ErrorInfo in the comment, from its line.
std::optional<google::rpc::ErrorInfo> ExampleIn(const std::string& comment) {
  for (const absl::string_view line : absl::StrSplit(comment, '\n')) {
    const absl::string_view json = absl::StripAsciiWhitespace(line);
    if (!absl::StartsWith(json, "{\"reason\"")) continue;
    google::rpc::ErrorInfo info;
    if (google::protobuf::util::JsonStringToMessage(std::string(json), &info).ok()) return info;
  }
  return std::nullopt;
}

}  // namespace

Findings WithoutDeviations(Findings findings, absl::string_view readme) {
  for (const absl::string_view line : absl::StrSplit(readme, '\n')) {
    if (!absl::StartsWith(line, "| `vsv.")) continue;
    const std::vector<std::string> cells = absl::StrSplit(line, '|');
    if (cells.size() < 4) continue;
    const std::string element =
        absl::StrReplaceAll(absl::StripAsciiWhitespace(cells[1]), {{"`", ""}});
    const absl::string_view problem = absl::StripAsciiWhitespace(cells[2]);
    const size_t before = findings.size();
    const auto excused = [&](const Finding& finding) {
      return finding.element == element && finding.problem == problem;
    };
    findings.erase(std::remove_if(findings.begin(), findings.end(), excused), findings.end());
    if (findings.size() == before) {
      findings.push_back({element, absl::StrCat("no longer deviates: ", problem)});
    }
  }
  return findings;
}

std::string Report(const Findings& findings) {
  return absl::StrJoin(findings, "\n", [](std::string* out, const Finding& finding) {
    absl::StrAppend(out, finding.element, ": ", finding.problem);
  });
}

bool IsMutation(const MethodDescriptor& method) {
  if (HasPattern(method, google::api::HttpRule::kGet)) return false;
  for (const absl::string_view verb : {"Get", "BatchGet", "List", "Watch"}) {
    if (absl::StartsWith(method.name(), verb)) return false;
  }
  return true;
}

void CheckMethodPolicy(const MethodDescriptor& method, Findings& findings) {
  if (!method.options().HasExtension(policy::v1::method)) {
    findings.push_back({method.full_name(), "has no policy"});
    return;
  }
  const MethodPolicy& policy = method.options().GetExtension(policy::v1::method);
  CheckList(method, "roles", policy.roles(), policy::v1::Role_IsValid, findings);
  CheckList(method, "purposes", policy.purposes(), policy::v1::Purpose_IsValid, findings);
  CheckList(method, "relations", policy.relations(), policy::v1::Relation_IsValid, findings);
  CheckPersonalData(method, policy, findings);
}

void CheckNeverShed(const MethodDescriptor& method, Findings& findings) {
  bool takes_back = false;
  for (const absl::string_view verb : {"Withdraw", "Revoke", "Erase", "Suspend", "Terminate",
                                       "EndRegionMembership", "EndProgrammeRole"}) {
    takes_back = takes_back || absl::StartsWith(method.name(), verb);
  }
  const bool never_shed = method.options().GetExtension(policy::v1::never_shed);
  if (takes_back && !never_shed)
    findings.push_back({method.full_name(), "takes something back and may be shed"});
  if (!takes_back && never_shed)
    findings.push_back({method.full_name(), "takes nothing back and is never shed"});
}

void CheckFieldCategories(const Descriptor& message, Findings& findings) {
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    const policy::v1::DataCategory category = policy::CategoryOf(field);
    if (category == policy::v1::DATA_CATEGORY_UNSPECIFIED ||
        !policy::v1::DataCategory_IsValid(category)) {
      findings.push_back({field.full_name(), "has no data category"});
    }
  }
}

void CheckMutation(const MethodDescriptor& method, Findings& findings) {
  if (!IsMutation(method)) return;
  const Descriptor& request = *method.input_type();
  const FieldDescriptor* elements = Field(request, "requests");
  const bool batch =
      elements != nullptr && elements->is_repeated() && elements->message_type() != nullptr;
  const Descriptor& holder = batch ? *elements->message_type() : request;
  if (!IsRequiredString(Field(holder, "request_id"))) {
    findings.push_back({method.full_name(), "changes something without a REQUIRED request_id"});
  }
  if (!IsCreation(method) && !CarriesEtag(holder)) {
    findings.push_back({method.full_name(), "changes what exists without an etag"});
  }
}

void CheckPaging(const MethodDescriptor& method, Findings& findings) {
  if (!absl::StartsWith(method.name(), "List")) return;
  const Descriptor& request = *method.input_type();
  const Descriptor& response = *method.output_type();
  if (Field(request, "page_size") == nullptr || Field(request, "page_token") == nullptr ||
      Field(response, "next_page_token") == nullptr) {
    findings.push_back({method.full_name(), "is a list without pages"});
  }
}

void CheckEtag(const MethodDescriptor& method, Findings& findings) {
  const Descriptor& resource = *method.output_type();
  if (!IsMutation(method) || IsCreation(method)) return;
  if (!resource.options().HasExtension(google::api::resource)) return;
  const FieldDescriptor* etag = Field(resource, "etag");
  if (etag == nullptr || etag->type() != FieldDescriptor::TYPE_STRING) {
    findings.push_back({resource.full_name(), "can be changed but has no etag"});
  }
}

void CheckErrorsSection(const MethodDescriptor& method, const std::set<std::string>& reasons,
                        Findings& findings) {
  const std::string comment = CommentOf(method);
  const size_t section = comment.find("Errors:");
  if (section == std::string::npos) {
    findings.push_back({method.full_name(), "does not list its errors"});
    return;
  }
  for (const absl::string_view line : absl::StrSplit(comment.substr(section), '\n')) {
    absl::string_view entry = absl::StripAsciiWhitespace(line);
    if (!absl::ConsumePrefix(&entry, "- ")) continue;
    const std::string problem = EntryProblem(entry, reasons);
    if (!problem.empty()) {
      findings.push_back({method.full_name(), absl::StrCat("error \"", entry, "\" ", problem)});
    }
  }
}

void CheckReasonExamples(const EnumDescriptor& reasons, Findings& findings) {
  for (int i = 0; i < reasons.value_count(); ++i) {
    const google::protobuf::EnumValueDescriptor& value = *reasons.value(i);
    if (value.number() == 0) continue;
    const std::optional<google::rpc::ErrorInfo> example = ExampleIn(CommentOf(value));
    if (!example.has_value()) {
      findings.push_back({value.full_name(), "has no example"});
    } else if (example->reason() != absl::StripPrefix(value.name(), kReasonPrefix)) {
      findings.push_back({value.full_name(), "its example has another reason"});
    } else if (example->domain() != kDomain) {
      findings.push_back({value.full_name(), "its example has another domain"});
    }
  }
}

std::set<std::string> ReasonsOf(const EnumDescriptor& reasons) {
  std::set<std::string> names;
  for (int i = 0; i < reasons.value_count(); ++i) {
    if (reasons.value(i)->number() == 0) continue;
    names.emplace(absl::StripPrefix(reasons.value(i)->name(), kReasonPrefix));
  }
  return names;
}

}  // namespace vsv::contract
