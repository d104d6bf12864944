// What all handlers of the register work with.
#pragma once

#include "libs/aip/page_token.h"
#include "libs/base/clock.h"
#include "services/partners/domain/register_store.h"

namespace vsv::partners {

struct HandlerContext {
  RegisterStores stores;
  const base::Clock& clock;  // for new ids; "now" of a call is its start time
  const aip::PageTokens& page_tokens;
};

}  // namespace vsv::partners
