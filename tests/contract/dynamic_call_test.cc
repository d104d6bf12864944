// The services whose methods can be called by their short names are those of the contract.
#include "libs/rpc/dynamic_call.h"

#include "tests/contract/contract_image.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace vsv::contract {
namespace {

TEST(FindMethod, KnowsEveryMethodOfTheContractByItsShortName) {
  for (const google::protobuf::MethodDescriptor* method : ContractImage::OfThisBuild().Methods()) {
    const auto found = rpc::FindMethod(method->name());
    if (found.ok()) {
      EXPECT_EQ((*found)->full_name(), method->full_name());
    } else {
      // Of several services: then this one is among those named.
      EXPECT_THAT(std::string(found.status().message()), ::testing::HasSubstr(method->full_name()));
    }
  }
}

}  // namespace
}  // namespace vsv::contract
