// One page of a list.
#pragma once

#include "libs/aip/page_token.h"
#include "libs/base/status_macros.h"
#include "libs/errors/errors.h"
#include "libs/rpc/call_context.h"

#include "absl/status/statusor.h"

#include <string>
#include <utility>
#include <vector>

namespace vsv::outcomes {

// Where a page begins and how long it is.
class Page {
 public:
  Page(int size, std::vector<std::string> after) : size_(size), after_(std::move(after)) {}

  bool is_first() const { return after_.empty(); }

  // Part of the sort key of the row before the page; empty on the first page.
  std::string After(size_t part) const { return after_.empty() ? "" : after_[part]; }

  int size() const { return size_; }

  // One row more than the page: whether there is a next one.
  int limit() const { return size_ + 1; }

  // Fills `messages` with the page. The last of its rows when there are more, nullptr otherwise.
  template <typename Row, typename Message>
  const Row* Fill(const std::vector<Row>& rows,
                  google::protobuf::RepeatedPtrField<Message>& messages) const {
    const size_t given = aip::FillPage(rows, static_cast<size_t>(size_), messages,
                                       [](const Row& row) { return ToProto(row); });
    return given < rows.size() ? &rows[given - 1] : nullptr;
  }

 private:
  int size_;
  std::vector<std::string> after_;
};

// Reads page_size and page_token of a request whose sort key has `parts` parts.
template <typename Request>
absl::StatusOr<Page> ReadPage(const rpc::CallContext& call, const Request& request,
                              const aip::PageTokens& tokens, size_t parts) {
  VSV_ASSIGN_OR_RETURN(const int size, aip::PageSize(request.page_size()));
  VSV_ASSIGN_OR_RETURN(std::vector<std::string> after,
                       tokens.Read(request, call.caller.organisation_id));
  if (!after.empty() && after.size() != parts) return errors::PageTokenInvalid();
  return Page(size, std::move(after));
}

}  // namespace vsv::outcomes
