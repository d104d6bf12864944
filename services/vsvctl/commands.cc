#include "services/vsvctl/commands.h"

#include "libs/aip/proto_time.h"
#include "libs/base/local_date.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/dynamic_call.h"
#include "services/vsvctl/line_status_view.h"
#include "services/vsvctl/table.h"

#include "vsv/dossiers/v1/dossier_requests.pb.h"
#include "vsv/outcomes/v1/figure_requests.pb.h"
#include "vsv/partners/v1/organisation_requests.pb.h"
#include "vsv/programs/v1/program_requests.pb.h"
#include "vsv/programs/v1/transition_requests.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <array>
#include <functional>
#include <optional>
#include <utility>

namespace vsv::vsvctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kPage = 200;

void PrintJson(const Session& session, const Message& message) {
  session.out << rpc::ToJson(message, /*pretty=*/true) << std::endl;
}

// The list in a page: its one repeated field of messages.
const FieldDescriptor* ListField(const Message& page) {
  for (int i = 0; i < page.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = page.GetDescriptor()->field(i);
    if (field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) return field;
  }
  return nullptr;
}

// Every page until --limit rows, as one table or as JSON, one object a row.
template <typename Request>
absl::Status PrintList(const Session& session, absl::string_view method, Request request,
                       const std::vector<Column>& columns) {
  std::vector<MessagePtr> pages;
  std::vector<const Message*> rows;
  const int limit = session.options.limit;
  bool more = true;
  while (more && static_cast<int>(rows.size()) < limit) {
    request.set_page_size(std::min(kPage, limit - static_cast<int>(rows.size())));
    VSV_ASSIGN_OR_RETURN(MessagePtr page, session.client.Call(method, request));
    const FieldDescriptor* list = ListField(*page);
    const auto& reflection = *page->GetReflection();
    for (int i = 0; list != nullptr && i < reflection.FieldSize(*page, list); ++i) {
      rows.push_back(&reflection.GetRepeatedMessage(*page, list, i));
    }
    request.set_page_token(Cell(*page, "next_page_token"));
    more = !request.page_token().empty();
    pages.push_back(std::move(page));
  }
  if (session.options.output == Output::kJson) {
    for (const Message* row : rows) session.out << rpc::ToJson(*row, /*pretty=*/false) << "\n";
  } else {
    session.out << TableOf(rows, columns).Render();
  }
  if (more) session.notes << "more than " << limit << "; see further with --limit" << std::endl;
  return absl::OkStatus();
}

absl::Status ListPartners(const Session& session, const std::string&) {
  partners::v1::ListOrganisationsRequest request;
  request.set_filter(session.options.filter);
  return PrintList(session, "ListOrganisations", request,
                   {{"NAME", "name"},
                    {"TITLE", "display_name"},
                    {"KIND", "kind"},
                    {"PARENT", "parent"},
                    {"STATUS", "status"}});
}

absl::Status ListPrograms(const Session& session, const std::string& region) {
  programs::v1::ListProgramsRequest request;
  request.set_parent(region);
  request.set_filter(session.options.filter);
  return PrintList(session, "ListPrograms", request,
                   {{"NAME", "name"},
                    {"TITLE", "title"},
                    {"FROM", "start_date"},
                    {"UNTIL", "end_date"},
                    {"STATUS", "status"}});
}

absl::Status ListLines(const Session& session, const std::string& program) {
  programs::v1::ListLinesRequest request;
  request.set_parent(program);
  request.set_filter(session.options.filter);
  return PrintList(session, "ListLines", request,
                   {{"NAME", "name"},
                    {"TITLE", "title"},
                    {"LEAD", "lead_organisation"},
                    {"STEERS", "processes"}});
}

absl::Status ShowLineStatus(const Session& session, const std::string& line) {
  programs::v1::GetLineStatusRequest request;
  request.set_name(line);
  if (!session.options.on.empty()) {
    const auto day = base::ParseIsoDate(session.options.on);
    if (!day) return absl::InvalidArgumentError("--on is a day such as 2024-10-01");
    *request.mutable_reference_date() = aip::ToProto(*day);
  }
  VSV_ASSIGN_OR_RETURN(const MessagePtr reply, session.client.Call("GetLineStatus", request));
  const auto* status = dynamic_cast<const programs::v1::LineStatus*>(reply.get());
  if (session.options.output == Output::kJson || status == nullptr) {
    PrintJson(session, *reply);
  } else {
    session.out << ViewOf(*status);
  }
  return absl::OkStatus();
}

absl::Status GetDossier(const Session& session, const std::string& name) {
  dossiers::v1::GetDossierRequest request;
  request.set_name(name);
  VSV_ASSIGN_OR_RETURN(const MessagePtr reply, session.client.Call("GetDossier", request));
  PrintJson(session, *reply);  // a dossier is too deep for a table
  return absl::OkStatus();
}

absl::Status ListDossiers(const Session& session, const std::string& region) {
  dossiers::v1::ListDossiersRequest request;
  request.set_parent(region);
  request.set_filter(session.options.filter);
  return PrintList(session, "ListDossiers", request,
                   {{"NAME", "name"},
                    {"STATE", "state"},
                    {"RESPONSIBLE", "responsible_organisation"},
                    {"UPDATED", "update_time"}});
}

absl::Status ListFigures(const Session& session, const std::string&) {
  outcomes::v1::ListFiguresRequest request;
  request.set_filter(session.options.filter);
  return PrintList(session, "ListFigures", request,
                   {{"INDICATOR", "indicator"},
                    {"ORGANISATION", "slice.organisation"},
                    {"KIND", "slice.kind"},
                    {"UNIT", "slice.unit_code"},
                    {"LEVEL", "slice.level"},
                    {"PERIOD", "slice.period"},
                    {"VALUE", "value"},
                    {"STATUS", "status"},
                    {"ORIGIN", "origin"}});
}

absl::Status RunCredential(const Session& session, const std::string&) {
  return CreateCredential(session);
}

absl::Status RunApply(const Session& session, const std::string&) {
  return Apply(session);
}

struct Command {
  absl::string_view words;   // "programs status"
  absl::string_view object;  // what must follow, "" for nothing
  absl::Status (*run)(const Session&, const std::string& object);
};

constexpr std::array<Command, 9> kCommands = {{
    {"partners list", "", ListPartners},
    {"partners create-credential", "", RunCredential},
    {"programs list", "REGION, e.g. regions/16", ListPrograms},
    {"programs lines", "PROGRAM, e.g. regions/16/programs/aanpak-vsv-2021", ListLines},
    {"programs status", "LINE, e.g. regions/16/programs/aanpak-vsv-2021/lines/3", ShowLineStatus},
    {"dossiers list", "REGION, e.g. regions/16", ListDossiers},
    {"dossiers get", "DOSSIER, e.g. regions/16/dossiers/0192...", GetDossier},
    {"outcomes figures", "", ListFigures},
    {"apply", "", RunApply},
}};

// `call METHOD [JSON]`: any method of the suite.
absl::Status CallAny(const std::vector<std::string>& words, const Session& session) {
  if (words.size() < 2) {
    return absl::InvalidArgumentError(
        "call needs a METHOD, and a request in JSON if it is not empty");
  }
  VSV_ASSIGN_OR_RETURN(const google::protobuf::MethodDescriptor* method, rpc::FindMethod(words[1]));
  const MessagePtr request = rpc::NewMessage(*method->input_type());
  if (words.size() > 2) VSV_RETURN_IF_ERROR(rpc::ParseJson(words[2], *request));
  VSV_ASSIGN_OR_RETURN(const MessagePtr reply, session.client.Call(method->full_name(), *request));
  PrintJson(session, *reply);
  return absl::OkStatus();
}

}  // namespace

absl::Status RunCommand(const std::vector<std::string>& words, const Session& session) {
  if (!words.empty() && words[0] == "call") return CallAny(words, session);
  for (const Command& command : kCommands) {
    const size_t length = command.words == "apply" ? 1 : 2;
    if (words.size() < length) continue;
    if (absl::StrJoin(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(length), " ") !=
        command.words) {
      continue;
    }
    const bool wants = !command.object.empty();
    if (wants && words.size() == length) {
      return absl::InvalidArgumentError(absl::StrCat(command.words, " needs a ", command.object));
    }
    if (words.size() > length + (wants ? 1 : 0)) {
      return absl::InvalidArgumentError(
          absl::StrCat("too many words after ", command.words, ": ", words.back()));
    }
    return command.run(session, wants ? words[length] : "");
  }
  return absl::InvalidArgumentError(words.empty() ? "say what to do; vsvctl help lists the commands"
                                                  : absl::StrCat("there is no command ",
                                                                 absl::StrJoin(words, " "),
                                                                 "; vsvctl help lists them"));
}

}  // namespace vsv::vsvctl
