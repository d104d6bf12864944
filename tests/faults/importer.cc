#include "tests/faults/importer.h"

#include "libs/base/pgn.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/dynamic_call.h"
#include "libs/rpc/status_bridge.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include <cstdio>
#include <deque>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>
#include <utility>

namespace vsv::faults {
namespace {

namespace dossiers = ::vsv::dossiers::v1;

constexpr absl::Duration kStreamTime = absl::Seconds(10);
constexpr int kMostAMessage = 60;

// A valid number of that row alone: of forty that follow one another several are.
std::string PgnOf(int64_t first_number, int row) {
  int64_t number = first_number + 40 * int64_t{row};
  while (!base::Pgn::Parse(absl::StrCat(number)).has_value()) ++number;
  return absl::StrCat(number);
}

bool IsIncomplete(int row) {
  return row % 10 == 7;
}

// About the same pupil as the row before.
bool IsTwin(int row) {
  return row % 10 == 4;
}

}  // namespace

Importer::Importer(std::shared_ptr<grpc::Channel> channel, ImportPlan plan, Acts& acts)
    : channel_(std::move(channel)), plan_(std::move(plan)), acts_(acts), random_(getpid()) {
  ReadJournal();
  for (int row = 0; row < plan_.rows; ++row) {
    if (!answers_.contains(row)) to_send_.insert(row);
  }
}

// A line that a kill cut short is no answer: it is taken away, and its row sent again.
void Importer::ReadJournal() {
  std::ostringstream read;
  read << std::ifstream(plan_.journal).rdbuf();
  std::string text = read.str();
  text.resize(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
  if (std::filesystem::exists(plan_.journal))
    std::filesystem::resize_file(plan_.journal, text.size());
  for (const absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> cells = absl::StrSplit(line, '\t');
    int row = 0;
    if (absl::SimpleAtoi(cells[0].substr(cells[0].rfind('-') + 1), &row))
      answers_.emplace(row, cells[1]);
  }
}

std::string Importer::NameOf(int row) const {
  return absl::StrCat(plan_.name, "-", row);
}

dossiers::CreateDossierRequest Importer::RequestOf(int row) const {
  const std::string name = NameOf(row);
  dossiers::CreateDossierRequest request =
      NewDossier(plan_.dossiers, PgnOf(plan_.first_number, IsTwin(row) ? row - 1 : row), name,
                 rpc::RequestIdFor(name));
  if (IsIncomplete(row)) request.mutable_dossier()->clear_administrative();
  return request;
}

std::vector<int> Importer::Portion(const std::set<int>& under_way) {
  std::set<int> rows;
  const size_t most = size_t{1} + static_cast<size_t>(Below(kMostAMessage));
  for (auto next = to_send_.begin(); next != to_send_.end() && rows.size() < most; ++next) {
    if (!under_way.contains(*next)) rows.insert(*next);
  }
  if (rows.empty() || Below(3) == 0) {
    for (int i = Below(10); i >= 0; --i) rows.insert(Below(plan_.rows));
  }
  return {rows.begin(), rows.end()};
}

absl::Status Importer::Send(Stream& stream, const std::string& trace) {
  std::deque<std::vector<int>> sent;
  std::set<int> under_way;
  dossiers::ImportDossiersResponse reply;
  bool is_open = true;
  for (int messages = 1 + Below(6); is_open && messages > 0; --messages) {
    std::vector<int> rows = Portion(under_way);
    dossiers::ImportDossiersRequest message;
    message.set_parent(absl::StrCat("regions/", plan_.dossiers.region));
    for (const int row : rows) *message.add_requests() = RequestOf(row);
    under_way.insert(rows.begin(), rows.end());
    is_open = stream.Write(message);
    sent.push_back(std::move(rows));
    if (messages > 1 && Below(2) == 0) continue;  // ahead of its answer
    for (; is_open && !sent.empty(); sent.pop_front()) {
      is_open = stream.Read(&reply);
      if (is_open) VSV_RETURN_IF_ERROR(Note(sent.front(), reply, trace));
    }
  }
  return absl::OkStatus();
}

absl::Status Importer::OneStream() {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kStreamTime));
  context.set_wait_for_ready(true);  // a synchronous call that waits is what brings a channel back
  std::string trace;
  for (const auto& [key, value] : MetadataOf("transition", trace)) context.AddMetadata(key, value);
  const auto stub = dossiers::ImportService::NewStub(channel_);
  const auto stream = stub->ImportDossiers(&context);
  const absl::Status sent = Send(*stream, trace);
  if (!sent.ok()) context.TryCancel();
  stream->WritesDone();
  const absl::Status end = rpc::FromGrpc(stream->Finish());
  VSV_RETURN_IF_ERROR(sent);
  return end.ok() || MayRepeat(end) ? absl::OkStatus() : end;
}

absl::Status Importer::Note(const std::vector<int>& rows,
                            const dossiers::ImportDossiersResponse& reply,
                            const std::string& trace) {
  if (reply.verdicts_size() != static_cast<int>(rows.size())) {
    return absl::InternalError(
        absl::StrCat(reply.verdicts_size(), " verdicts on ", rows.size(), " requests"));
  }
  std::string lines;
  int64_t made = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const dossiers::ImportDossierVerdict& verdict = reply.verdicts(static_cast<int>(i));
    std::string answer;
    if (verdict.has_dossier()) {
      answer = absl::StrCat("dossier ", verdict.dossier().substr(verdict.dossier().rfind('/') + 1));
      ++made;
    } else {
      const auto code = static_cast<absl::StatusCode>(verdict.error().code());
      if (MayRepeat(absl::Status(code, ""))) continue;
      answer = absl::StrCat("refused ", absl::StatusCodeToString(code));
    }
    absl::StrAppend(&lines, NameOf(rows[i]), "\t", answer, "\n");
    to_send_.erase(rows[i]);
    answers_.emplace(rows[i], answer);
  }
  const int journal = open(plan_.journal.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  const ssize_t written = write(journal, lines.data(), lines.size());
  close(journal);
  if (written != static_cast<ssize_t>(lines.size()))
    return absl::UnavailableError(absl::StrCat("cannot write ", plan_.journal));
  // Rows that say too little are refused before anybody is looked up.
  if (made > 0) acts_.Add({trace, "ImportDossiers", made});
  return absl::OkStatus();
}

absl::Status Importer::RepeatAll() {
  for (int row = 0; row < plan_.rows; ++row) to_send_.insert(row);
  const absl::Time give_up = absl::Now() + kPatience;
  while (!to_send_.empty()) {
    if (absl::Now() >= give_up) {
      return absl::UnavailableError(absl::StrCat(to_send_.size(), " rows of ", plan_.name,
                                                 " were never answered, the first is ",
                                                 *to_send_.begin()));
    }
    VSV_RETURN_IF_ERROR(OneStream());
  }
  return absl::OkStatus();
}

absl::Status Importer::Run(const std::function<bool()>& finishing) {
  while (!finishing()) {
    VSV_RETURN_IF_ERROR(OneStream());
    absl::SleepFor(absl::Milliseconds(20));
  }
  return RepeatAll();
}

std::map<std::string, std::string> Importer::made() const {
  std::map<std::string, std::string> made;
  for (const auto& [row, answer] : answers_) {
    absl::string_view id = answer;
    if (absl::ConsumePrefix(&id, "dossier ")) made.emplace(NameOf(row), id);
  }
  return made;
}

std::vector<std::string> Importer::refused() const {
  std::vector<std::string> refused;
  for (const auto& [row, answer] : answers_) {
    if (absl::StartsWith(answer, "refused ")) refused.push_back(NameOf(row));
  }
  return refused;
}

}  // namespace vsv::faults
