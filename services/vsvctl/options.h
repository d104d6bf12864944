// What the command line says, apart from the command itself.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include <map>
#include <string>
#include <vector>

namespace vsv::vsvctl {

enum class Output { kTable, kJson };

struct Options {
  std::string as;                     // stem of a certificate in <home>/pki/organisations
  std::string on_behalf_of;           // OIN of the organisation that gave a mandate
  std::vector<std::string> purposes;  // as given
  std::string call_purpose;           // goes along with calls; "" = none named
  Output output = Output::kTable;
  std::string home;             // VSV_HOME: where the certificates are
  std::string tls_certificate;  // instead of <home>/pki/organisations/<as>.crt
  std::string tls_key;
  std::string tls_ca;
  std::map<std::string, std::string> addresses;  // by area: "partners" -> "127.0.0.1:7401"
  absl::Duration timeout = absl::Seconds(20);

  // Of single commands.
  std::string filter;
  std::string on;            // reference date, 2024-04-01
  std::string organisation;  // id
  std::string oin;
  std::string certificate;           // PEM file
  std::string file;                  // of apply
  std::string cursor_file;           // of watch
  std::vector<std::string> regions;  // two-digit codes
  int limit = 200;                   // rows of a list, batches of a watch (0: no end)
  bool ignore_as = false;            // apply sends everything as --as
};

// The arguments with `-o x` and `-f x` in full, and every `--purpose` joined into one list, for a
// flag that stands twice would count once.
std::vector<std::string> NormaliseArguments(const std::vector<std::string>& arguments);

// Sets the flags (`--name value`, `--name=value`, a switch alone) and gives the words between them,
// without the name of the program; everything behind `--` is a word. INVALID_ARGUMENT for a flag
// that is not known or cannot be read, of which absl's parser would make an end of its own.
absl::StatusOr<std::vector<std::string>> ParseFlags(const std::vector<std::string>& arguments);

// What calls of a command are for: registering a credential is for the register, whatever the
// credential is for; otherwise the first purpose given.
std::string CallPurpose(const std::vector<std::string>& words,
                        const std::vector<std::string>& purposes);

// "table" or "json"; INVALID_ARGUMENT for anything else.
absl::StatusOr<Output> ParseOutput(absl::string_view text);

// Addresses by area: from `given` where not empty, otherwise 127.0.0.1 with ports 1 to 4 behind
// `port_base`.
std::map<std::string, std::string> AddressesFrom(const std::map<std::string, std::string>& given,
                                                 int port_base);

}  // namespace vsv::vsvctl
