#include "services/dossiers/api/call_asker.h"

#include "gtest/gtest.h"

namespace vsv::dossiers {
namespace {

bool IsUrgent(const char* method) {
  rpc::CallContext call;
  call.method = method;
  return MakeAsker(call).urgent;
}

TEST(MakeAsker, IsUrgentWhenSomethingIsTakenBack) {
  EXPECT_TRUE(IsUrgent("/vsv.dossiers.v1.TransferService/WithdrawDossier"));
  EXPECT_TRUE(IsUrgent("/vsv.dossiers.v1.ErasureService/EraseDossier"));
  EXPECT_FALSE(IsUrgent("/vsv.dossiers.v1.DossierService/UpdateDossier"));
}

}  // namespace
}  // namespace vsv::dossiers
