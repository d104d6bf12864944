// Tokens of lists and cursors of feeds, as a client may send them: no text but one that was made
// here, for this caller and query, is read.
#include "libs/aip/page_token.h"

#include "libs/errors/errors.h"
#include "libs/feed/cursor.h"
#include "tests/fuzz/property.h"

#include "vsv/audit/v1/audit_requests.pb.h"

#include <cstdint>

using vsv::fuzz::Demand;

namespace {

// As it came.
void Forged(const std::string& text) {
  static const auto* tokens = new vsv::aip::PageTokens(std::string(32, 'p'));
  vsv::audit::v1::ListAuditEntriesRequest request;
  request.set_page_token(text);
  const auto read = tokens->Read(request, "caller");
  Demand(text.empty() == read.ok(), "nothing forged is read");
  static const auto* cursors = new vsv::feed::Cursors(std::string(32, 'c'));
  const auto cursor = cursors->Read(text, {"epoch", "subscriber", "filter"});
  Demand(vsv::errors::ReasonOf(cursor.status()) == "CURSOR_INVALID", "nothing forged is read");
}

// Made here with the input as its content, then read; and read with one bit turned.
void Made(const std::string& text, unsigned char turn) {
  static const auto* tokens = new vsv::aip::PageTokens(std::string(32, 'p'));
  vsv::audit::v1::ListAuditEntriesRequest request;
  request.set_page_token(tokens->Make(request, "caller", {text, "second"}));
  const auto key = tokens->Read(request, "caller");
  Demand(request.page_token().size() > 4096 || (key.ok() && (*key)[0] == text),
         "what was made is read");
  Demand(!tokens->Read(request, "another").ok(), "but not for another caller");
  std::string turned = request.page_token();
  turned[turn % turned.size()] ^= 1;
  request.set_page_token(turned);
  Demand(!tokens->Read(request, "caller").ok(), "nor when a bit was turned");

  static const auto* cursors = new vsv::feed::Cursors(std::string(32, 'c'));
  const std::string cursor =
      cursors->Make({"epoch", {{"16", 7}, {text, 9}}, "subscriber", "filter", text});
  const auto read = cursors->Read(cursor, {"epoch", "subscriber", "filter"});
  Demand(read.ok() && read->snapshot == text && read->positions.at("16") == 7,
         "what was made is read");
  Demand(vsv::errors::ReasonOf(cursors->Read(cursor, {"later", "subscriber", "filter"}).status()) ==
             "CURSOR_EXPIRED",
         "of another epoch: expired");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(vsv::fuzz::Text(data, size));
  Forged(text);
  Made(text, size == 0 ? 0 : data[0]);
  return 0;
}
