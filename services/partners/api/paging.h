// One page of a list.
#pragma once

#include "libs/aip/filter.h"
#include "libs/aip/page_token.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/policy/redact.h"
#include "libs/rpc/call_context.h"
#include "services/partners/api/convert.h"
#include "services/partners/domain/register_store.h"

#include "absl/strings/string_view.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace vsv::partners {

// The conditions of a filter that knows only `field = value`, each field at most once.
// FIELD_INVALID on `filter`.
absl::StatusOr<std::map<std::string, std::string>> ReadEqualities(
    absl::string_view filter, absl::Span<const aip::FilterField> fields);

// Names of an enumeration for a filter, without the unspecified one.
template <typename Enum>
std::vector<std::string> FilterValues() {
  std::vector<std::string> values;
  for (const absl::string_view name : NamesOf<Enum>::kNames) values.emplace_back(name);
  values.erase(values.begin());
  return values;
}

// Sets `query.page` from the request, asks the store for one row more than the page, and fills
// `add(&response)` and the token of the next page.
template <typename Response, typename Request, typename Store, typename Query, typename Add>
absl::StatusOr<policy::Cleared<Response>> ListPage(const rpc::CallContext& call,
                                                   const Request& request, Store& store,
                                                   Query query, const aip::PageTokens& tokens,
                                                   const aip::PageSizeLimits& limits, Add add) {
  VSV_ASSIGN_OR_RETURN(const int size, aip::PageSize(request.page_size(), limits));
  const std::string& caller = call.caller.organisation_id;
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> after, tokens.Read(request, caller));
  if (!after.empty() && after.size() != 2) return errors::PageTokenInvalid();
  if (!after.empty()) query.page.after = {.parent = after[0], .id = after[1]};
  query.page.limit = size + 1;
  VSV_ASSIGN_OR_RETURN(auto rows, store.List(query, call.deadline));
  Response response;
  const size_t given = aip::FillPage(rows, static_cast<size_t>(size), *add(&response),
                                     [](const auto& row) { return ToProto(row); });
  if (given < rows.size()) {
    const Key last = KeyOf(rows[given - 1]);
    response.set_next_page_token(tokens.Make(request, caller, {last.parent, last.id}));
  }
  return policy::NoPersonalData(std::move(response));
}

}  // namespace vsv::partners
