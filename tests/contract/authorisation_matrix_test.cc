// Who may call what for which purpose: the real admission of a call, judged by a table that people
// wrote.
#include "libs/base/clock.h"
#include "libs/base/csv.h"
#include "libs/obs/metrics.h"
#include "libs/policy/method_policy.h"
#include "libs/rpc/admission.h"
#include "libs/rpc/runtime.h"
#include "tests/contract/contract_image.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace vsv::contract {
namespace {

using google::protobuf::MethodDescriptor;
using policy::v1::Purpose;
using policy::v1::Role;

constexpr char kTable[] = "tests/contract/authorisation_matrix.csv";

std::set<Role> AllRoles() {
  std::set<Role> roles;
  for (int i = 1; i < policy::v1::Role_ARRAYSIZE; ++i) roles.insert(static_cast<Role>(i));
  return roles;
}

std::set<Purpose> AllPurposes() {
  std::set<Purpose> purposes;
  for (int i = 1; i < policy::v1::Purpose_ARRAYSIZE; ++i) {
    purposes.insert(static_cast<Purpose>(i));
  }
  return purposes;
}

// Knows one caller with one role.
class OneRole : public rpc::CallerResolver {
 public:
  absl::StatusOr<rpc::Caller> Resolve(const rpc::PeerIdentity&, absl::string_view,
                                      absl::Time) override {
    rpc::Caller caller;
    caller.organisation_id = "somebody";
    if (role != policy::v1::ROLE_UNSPECIFIED) caller.roles = {role};
    caller.purpose = purpose;
    caller.permitted_purposes = permitted;
    return caller;
  }

  Role role = policy::v1::ROLE_UNSPECIFIED;
  Purpose purpose = policy::v1::PURPOSE_UNSPECIFIED;
  std::set<Purpose> permitted;  // where none is named
};

// "PartnersService/GetOrganisation", as the table writes it.
std::string ShortName(const MethodDescriptor& method) {
  return absl::StrCat(method.service()->name(), "/", method.name());
}

// What the table allows; all else is refused.
struct Expectation {
  std::set<std::pair<Role, Purpose>> allowed;
};

template <typename Value>
std::set<Value> ParseList(const std::string& text, const char* prefix,
                          bool (*parse)(google::protobuf::ConstStringParam, Value*)) {
  std::set<Value> values;
  for (const absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    Value value;
    const bool known = parse(absl::StrCat(prefix, word), &value);
    EXPECT_TRUE(known) << word;
    if (known) values.insert(value);
  }
  return values;
}

// PARTNER stands for every organisation that takes part; ANY for every purpose an organisation can
// have.
std::set<Role> ParseRoles(std::string text) {
  const bool partners = absl::StrContains(text, "PARTNER");
  if (partners) text = std::string(absl::StripPrefix(text, "PARTNER"));
  std::set<Role> roles = ParseList<Role>(text, "ROLE_", policy::v1::Role_Parse);
  if (!partners) return roles;
  for (const Role role : AllRoles()) {
    if (role != policy::v1::ROLE_SERVICE) roles.insert(role);
  }
  return roles;
}

std::set<Purpose> ParsePurposes(std::string text) {
  const bool any = absl::StrContains(text, "ANY");
  if (any) text = std::string(absl::StripPrefix(text, "ANY"));
  std::set<Purpose> purposes = ParseList<Purpose>(text, "PURPOSE_", policy::v1::Purpose_Parse);
  if (!any) return purposes;
  for (const Purpose purpose : AllPurposes()) {
    if (purpose != policy::v1::PURPOSE_PROJECTION) purposes.insert(purpose);
  }
  return purposes;
}

std::map<std::string, Expectation> ReadTable() {
  std::ifstream stream(kTable);
  std::stringstream text;
  text << stream.rdbuf();
  const absl::StatusOr<base::CsvTable> table = base::ReadCsvTable(text.str());
  std::map<std::string, Expectation> expectations;
  if (!table.ok()) {
    ADD_FAILURE() << kTable << ": " << table.status();
    return expectations;
  }
  for (const std::vector<std::string>& row : table->rows) {
    EXPECT_FALSE(row[3].empty()) << row[0] << " gives no reason";
    Expectation& expectation = expectations[row[0]];
    for (const Role role : ParseRoles(row[1])) {
      for (const Purpose purpose : ParsePurposes(row[2])) {
        expectation.allowed.insert({role, purpose});
      }
    }
  }
  return expectations;
}

class AuthorisationMatrix : public ::testing::Test {
 protected:
  bool Admits(const MethodDescriptor& method, Role role, Purpose purpose) {
    resolver_.role = role;
    resolver_.purpose = purpose;
    rpc::Arrival arrival;
    arrival.method = absl::StrCat("/", method.service()->full_name(), "/", method.name());
    const absl::Status status = rpc::Admit(arrival, runtime_).status();
    EXPECT_NE(status.code(), absl::StatusCode::kInternal) << status;
    return status.ok();
  }

  OneRole resolver_;
  base::FakeClock clock_{absl::FromUnixSeconds(1'700'000'000)};
  obs::Metrics metrics_;
  rpc::Runtime runtime_{rpc::RuntimeOptions{.service = "contract"}, resolver_, clock_, metrics_};
  const std::map<std::string, Expectation> table_ = ReadTable();
};

TEST_F(AuthorisationMatrix, HasARowForEveryMethodAndNoOther) {
  std::set<std::string> methods;
  for (const MethodDescriptor* method : ContractImage::OfThisBuild().Methods()) {
    methods.insert(ShortName(*method));
    EXPECT_TRUE(table_.contains(ShortName(*method)))
        << ShortName(*method) << ": decide who may call it, and write that in " << kTable;
  }
  for (const auto& [name, expectation] : table_) {
    EXPECT_TRUE(methods.contains(name)) << name << " is no method any more";
    EXPECT_FALSE(expectation.allowed.empty()) << name << " allows nobody";
  }
}

TEST_F(AuthorisationMatrix, HoldsForEveryMethodRoleAndPurpose) {
  for (const MethodDescriptor* method : ContractImage::OfThisBuild().Methods()) {
    const auto row = table_.find(ShortName(*method));
    if (row == table_.end()) continue;  // the test above reports it
    for (const Role role : AllRoles()) {
      for (const Purpose purpose : AllPurposes()) {
        const bool expected = row->second.allowed.contains({role, purpose});
        EXPECT_EQ(Admits(*method, role, purpose), expected)
            << row->first << " for " << policy::RoleName(role) << " as "
            << policy::PurposeName(purpose);
      }
    }
  }
}

TEST_F(AuthorisationMatrix, LetsNobodyInWithoutARole) {
  for (const MethodDescriptor* method : ContractImage::OfThisBuild().Methods()) {
    for (const Purpose purpose : AllPurposes()) {
      EXPECT_FALSE(Admits(*method, policy::v1::ROLE_UNSPECIFIED, purpose)) << ShortName(*method);
    }
  }
}

TEST_F(AuthorisationMatrix, LetsNobodyAtPersonalDataWithoutAPurpose) {
  int personal = 0;
  for (const MethodDescriptor* method : ContractImage::OfThisBuild().Methods()) {
    if (!method->options().GetExtension(policy::v1::method).personal_data()) continue;
    ++personal;
    for (const Role role : AllRoles()) {
      for (const Purpose purpose : AllPurposes()) {
        resolver_.permitted = {purpose, policy::v1::PURPOSE_AUDIT};
        EXPECT_FALSE(Admits(*method, role, policy::v1::PURPOSE_UNSPECIFIED)) << ShortName(*method);
      }
    }
  }
  EXPECT_GT(personal, 20);
}

TEST_F(AuthorisationMatrix, WhoNamesNoPurposeHasThoseOfItsCredentialAndNoOther) {
  for (const MethodDescriptor* method : ContractImage::OfThisBuild().Methods()) {
    if (method->options().GetExtension(policy::v1::method).personal_data()) continue;
    const auto row = table_.find(ShortName(*method));
    if (row == table_.end()) continue;
    for (const Role role : AllRoles()) {
      for (const Purpose one : AllPurposes()) {
        for (const Purpose other : AllPurposes()) {
          resolver_.permitted = {one, other};
          const bool expected = row->second.allowed.contains({role, one}) ||
                                row->second.allowed.contains({role, other});
          EXPECT_EQ(Admits(*method, role, policy::v1::PURPOSE_UNSPECIFIED), expected)
              << row->first << " for " << policy::RoleName(role) << " with a credential for "
              << policy::PurposeName(one) << " and " << policy::PurposeName(other);
        }
      }
    }
  }
}

}  // namespace
}  // namespace vsv::contract
