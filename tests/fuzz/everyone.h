// A caller who may call every method for every purpose, so that a request is judged by its content.
#pragma once

#include "libs/testing/in_process_server.h"

#include <string>

namespace vsv::fuzz {

inline constexpr char kEveryone[] = "everyone";

inline void AdmitEveryone(testing::FakeCallers& callers, const std::string& organisation) {
  rpc::Caller caller;
  caller.organisation_id = organisation;
  for (int role = policy::v1::Role_MIN + 1; role <= policy::v1::Role_MAX; ++role) {
    caller.roles.insert(static_cast<policy::v1::Role>(role));
  }
  callers.Set(kEveryone, caller);
}

}  // namespace vsv::fuzz
