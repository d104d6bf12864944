#include "services/partners/testing/fake_register.h"

#include "services/partners/testing/register_relations_suite.h"
#include "services/partners/testing/register_store_suite.h"

namespace vsv::partners {

INSTANTIATE_TYPED_TEST_SUITE_P(Fake, RegisterStoreSuite, FakeRegister);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, RegisterRelationsSuite, FakeRegister);

}  // namespace vsv::partners
