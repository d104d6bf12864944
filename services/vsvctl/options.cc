#include "services/vsvctl/options.h"

#include "absl/flags/commandlineflag.h"
#include "absl/flags/reflection.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

#include <array>
#include <cstddef>

namespace vsv::vsvctl {
namespace {

constexpr absl::string_view kPurpose = "--purpose";
constexpr std::array<absl::string_view, 4> kAreas = {"partners", "programs", "dossiers",
                                                     "outcomes"};

}  // namespace

std::vector<std::string> NormaliseArguments(const std::vector<std::string>& arguments) {
  std::vector<std::string> normal;
  std::vector<std::string> purposes;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    absl::string_view rest = argument;
    if (argument == "-o") {
      normal.push_back("--output");
    } else if (argument == "-f") {
      normal.push_back("--file");
    } else if (argument == kPurpose && i + 1 < arguments.size()) {
      purposes.push_back(arguments[++i]);
    } else if (absl::ConsumePrefix(&rest, absl::StrCat(kPurpose, "="))) {
      purposes.emplace_back(rest);
    } else {
      normal.push_back(argument);
    }
  }
  if (!purposes.empty()) {
    // In front of the words, for whatever stands behind `--` is no flag.
    normal.insert(normal.begin() + (normal.empty() ? 0 : 1),
                  absl::StrCat(kPurpose, "=", absl::StrJoin(purposes, ",")));
  }
  return normal;
}

absl::StatusOr<std::vector<std::string>> ParseFlags(const std::vector<std::string>& arguments) {
  std::vector<std::string> words;
  for (size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i] == "--") {
      words.insert(words.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                   arguments.end());
      break;
    }
    absl::string_view name = arguments[i];
    if (!absl::ConsumePrefix(&name, "-")) {
      words.push_back(arguments[i]);
      continue;
    }
    absl::ConsumePrefix(&name, "-");
    const size_t equals = name.find('=');
    const bool has_value = equals != absl::string_view::npos;
    std::string value(has_value ? name.substr(equals + 1) : "");
    name = name.substr(0, equals);
    absl::CommandLineFlag* const flag = absl::FindCommandLineFlag(name);
    if (flag == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("there is no option ", arguments[i], "; vsvctl help lists them"));
    }
    if (!has_value && flag->IsOfType<bool>()) {
      value = "true";
    } else if (!has_value) {
      if (i + 1 == arguments.size()) {
        return absl::InvalidArgumentError(absl::StrCat(arguments[i], " needs a value"));
      }
      value = arguments[++i];
    }
    std::string error;
    if (!flag->ParseFrom(value, &error)) return absl::InvalidArgumentError(error);
  }
  return words;
}

std::string CallPurpose(const std::vector<std::string>& words,
                        const std::vector<std::string>& purposes) {
  if (words.size() >= 2 && words[1] == "create-credential") return "registry";
  return purposes.empty() ? "" : purposes.front();
}

absl::StatusOr<Output> ParseOutput(absl::string_view text) {
  if (text == "table") return Output::kTable;
  if (text == "json") return Output::kJson;
  return absl::InvalidArgumentError(absl::StrCat("-o is table or json, not ", text));
}

std::map<std::string, std::string> AddressesFrom(const std::map<std::string, std::string>& given,
                                                 int port_base) {
  std::map<std::string, std::string> addresses;
  int port = port_base;
  for (const absl::string_view area : kAreas) {
    ++port;
    const auto found = given.find(std::string(area));
    const bool named = found != given.end() && !found->second.empty();
    addresses[std::string(area)] = named ? found->second : absl::StrCat("127.0.0.1:", port);
  }
  return addresses;
}

}  // namespace vsv::vsvctl
