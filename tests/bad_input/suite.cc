#include "tests/bad_input/suite.h"

#include "libs/errors/errors.h"
#include "libs/rpc/dynamic_call.h"
#include "libs/rpc/peer.h"
#include "libs/rpc/status_bridge.h"
#include "libs/testing/free_port.h"

#include "google/protobuf/struct.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT(readability-redundant-declaration): not in every header set

namespace vsv::bad_input {
namespace {

// The private key of RFC 8032, section 7.1, test 2.
constexpr char kAuditKey[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
    "-----END PRIVATE KEY-----\n";

[[noreturn]] void Abort(const std::string& why) {
  std::cerr << "tests/bad_input: " << why << std::endl;
  std::abort();
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

// Connected to the port on the loopback, or -1.
int Connected(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) return fd;
  close(fd);
  return -1;
}

std::string TextOf(const google::protobuf::Struct& entry, const std::string& key) {
  const auto found = entry.fields().find(key);
  return found == entry.fields().end() ? "" : found->second.string_value();
}

}  // namespace

struct Suite::Process {
  std::unique_ptr<testing::PgDatabase> database;
  std::string log;
  int port = 0;
  int metrics_port = 0;
  pid_t pid = -1;
};

const std::vector<std::string>& Suite::Areas() {
  static const auto* areas =
      new std::vector<std::string>{"partners", "dossiers", "outcomes", "programs"};
  return *areas;
}

std::string Suite::CursorKey(const std::string& area) {
  return std::string(32, area[0]);
}

std::string AreaOf(const google::protobuf::MethodDescriptor& method) {
  const std::vector<std::string> parts = absl::StrSplit(method.service()->full_name(), '.');
  return parts[1] == "audit" || parts[1] == "feed" ? "dossiers" : parts[1];
}

Suite& Suite::Get() {
  static Suite suite;
  return suite;
}

Suite::Suite() : directory_("/tmp/vsv-bad-input-XXXXXX") {
  if (mkdtemp(directory_.data()) == nullptr) Abort("no temporary directory");
  for (const std::string& area : Areas()) {
    auto process = std::make_unique<Process>();
    process->database = testing::PgDatabase::OfService(area);
    process->log = absl::StrCat(directory_, "/", area, ".log");
    process->port = testing::FreePort();
    process->metrics_port = testing::FreePort();
    processes_[area] = std::move(process);
  }
  Write("ca.crt", pki_.root());
  for (const std::string& area : Areas()) Start(area);
  certificates_[kKeeper] = pki_.IssueOrganisation(kKeeperOin);
  certificates_[kService] = pki_.IssueService("programs");
  for (const std::string& area : Areas()) {
    const absl::Time give_up = absl::Now() + absl::Seconds(60);
    while (!Serves(area)) {
      if (absl::Now() > give_up) Abort(absl::StrCat(area, " does not serve:\n", Log(area)));
      absl::SleepFor(absl::Milliseconds(50));
    }
  }
  Load("partners.json", "registry");
  const std::vector<policy::v1::Purpose> every = {policy::v1::PURPOSE_TRANSITION,
                                                  policy::v1::PURPOSE_SUPPORT,
                                                  policy::v1::PURPOSE_RMC,
                                                  policy::v1::PURPOSE_COMPULSORY_EDUCATION,
                                                  policy::v1::PURPOSE_OUTCOME_MONITORING,
                                                  policy::v1::PURPOSE_PROGRAMME_MANAGEMENT,
                                                  policy::v1::PURPOSE_AUDIT};
  for (const auto& [who, oin] :
       {std::pair(kSchool, "0000000700099AA00000"), std::pair(kInstitution, "0000000700099RM00000"),
        std::pair(kMunicipality, "00000099000000307000"),
        std::pair("gemeente-utrecht", "00000099000000344000")}) {
    certificates_[who] = pki_.IssueOrganisation(oin);
    Register(who, certificates_[who], every);
    AwaitKnown(certificates_[who]);
  }
  Load("programs.json", "programme_management");
  Load("outcomes.json", "programme_management");
}

Suite::~Suite() {
  channels_.clear();
  for (auto& [area, process] : processes_) {
    if (process->pid <= 0) continue;
    kill(process->pid, SIGKILL);
    waitpid(process->pid, nullptr, 0);
  }
  processes_.clear();
  std::filesystem::remove_all(directory_);
}

std::string Suite::Write(const std::string& name, const std::string& content) {
  std::string path = absl::StrCat(directory_, "/", name);
  std::ofstream(path, std::ios::binary) << content;
  chmod(path.c_str(), 0600);  // keys among them
  return path;
}

void Suite::Start(const std::string& area) {
  const char* build = std::getenv("VSV_BUILD_DIR");
  if (build == nullptr) Abort("VSV_BUILD_DIR is not set: the tests run built servers");
  Process& process = *processes_.at(area);
  const testing::KeyPair own = pki_.IssueService(area);
  const auto address = [this](const char* of) {
    return absl::StrCat("127.0.0.1:", processes_.at(of)->port);
  };
  std::vector<std::string> command = {
      absl::StrCat(build, "/bin/vsv-", area),
      absl::StrCat("--listen_address=127.0.0.1:", process.port),
      absl::StrCat("--metrics_address=127.0.0.1:", process.metrics_port),
      absl::StrCat("--database_url=", process.database->app_url()),
      absl::StrCat("--worker_database_url=", process.database->worker_url()), "--worker_threads=4",
      // A busy machine is no stale register.
      "--projection_max_age=60s",
      absl::StrCat("--tls_certificate=", Write(area + ".crt", own.certificate)),
      absl::StrCat("--tls_key=", Write(area + ".key", own.key)),
      absl::StrCat("--tls_ca=", directory_, "/ca.crt"),
      absl::StrCat("--cursor_key_file=", Write(area + ".cursor", CursorKey(area))),
      absl::StrCat("--register_keeper_oin=", kKeeperOin)};
  if (area != "partners") command.push_back("--partners_address=" + address("partners"));
  if (area != "partners") {
    command.push_back("--audit_key_file=" + Write(area + ".audit_key", kAuditKey));
    command.push_back("--audit_checkpoints=" + directory_);
  }
  if (area == "programs") {
    command.push_back("--dossiers_address=" + address("dossiers"));
    command.push_back("--outcomes_address=" + address("outcomes"));
  } else if (area != "partners") {
    command.push_back("--pupil_key_file=" + Write(area + ".pupil", std::string(64, 'a')));
    if (area == "dossiers") command.push_back("--erasure_register=" + directory_);
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, process.log.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  std::vector<char*> argv;
  for (std::string& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int error = posix_spawn(&process.pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) Abort(absl::StrCat("cannot start ", command[0], ": is it built?"));
}

void Suite::Load(const std::string& file, const std::string& purpose) {
  google::protobuf::ListValue list;
  if (!rpc::ParseJson(ReadAll("data/sample/" + file), list).ok()) Abort("cannot read " + file);
  for (const google::protobuf::Value& value : list.values()) {
    const google::protobuf::Struct& entry = value.struct_value();
    const std::string as(absl::StripPrefix(TextOf(entry, "as"), "organisations/"));
    MustJson(as.empty() ? kKeeper : as, TextOf(entry, "method"),
             rpc::ToJson(entry.fields().at("request").struct_value(), false), purpose);
  }
}

std::shared_ptr<grpc::Channel> Suite::Connect(const std::string& area,
                                              const testing::KeyPair& pair) {
  grpc::SslCredentialsOptions options{.pem_root_certs = pki_.root(),
                                      .pem_private_key = pair.key,
                                      .pem_cert_chain = pair.certificate};
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", processes_.at(area)->port),
                                   grpc::SslCredentials(options), arguments);
}

std::shared_ptr<grpc::Channel> Suite::ChannelOf(const std::string& who, const std::string& area) {
  std::shared_ptr<grpc::Channel>& channel = channels_[absl::StrCat(who, "@", area)];
  if (channel == nullptr) channel = Connect(area, certificates_.at(who));
  return channel;
}

Reply Suite::Call(const std::string& who, const std::string& method,
                  const google::protobuf::Message& request, const std::string& purpose) {
  const auto found = rpc::FindMethod(method);
  if (!found.ok()) Abort(std::string(found.status().message()));
  rpc::CallMetadata metadata;
  if (!purpose.empty()) metadata["vsv-purpose"] = purpose;
  return rpc::CallUnary(ChannelOf(who, AreaOf(**found)), **found, request, metadata,
                        absl::Seconds(30));
}

absl::Status Suite::CallBytes(const std::string& who, const std::string& method,
                              const std::string& bytes, const std::string& purpose) {
  const google::protobuf::MethodDescriptor& called = **rpc::FindMethod(method);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
  if (!purpose.empty()) context.AddMetadata("vsv-purpose", purpose);
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer answer;
  grpc::Status status;
  absl::Notification done;
  grpc::GenericStub stub(ChannelOf(who, AreaOf(called)));
  stub.UnaryCall(&context, absl::StrCat("/", called.service()->full_name(), "/", called.name()),
                 grpc::StubOptions(), &request, &answer, [&](grpc::Status result) {
                   status = std::move(result);
                   done.Notify();
                 });
  done.WaitForNotification();
  return rpc::FromGrpc(status);
}

Reply Suite::CallJson(const std::string& who, const std::string& method, const std::string& json,
                      const std::string& purpose) {
  const auto found = rpc::FindMethod(method);
  if (!found.ok()) Abort(std::string(found.status().message()));
  const auto request = rpc::NewMessage(*(*found)->input_type());
  if (const absl::Status parsed = rpc::ParseJson(json, *request); !parsed.ok()) {
    Abort(absl::StrCat(method, ": ", std::string(parsed.message())));
  }
  rpc::FillRequestId(*request);
  return Call(who, (*found)->full_name(), *request, purpose);
}

std::unique_ptr<google::protobuf::Message> Suite::MustJson(const std::string& who,
                                                           const std::string& method,
                                                           const std::string& json,
                                                           const std::string& purpose) {
  Reply reply = CallJson(who, method, json, purpose);
  if (reply.ok()) return *std::move(reply);
  std::string violations;
  if (const auto detail = errors::DetailOf(reply.status()); detail.has_value()) {
    for (const errors::Violation& violation : detail->violations) {
      absl::StrAppend(&violations, "; ", violation.field, ": ", violation.description);
    }
  }
  Abort(absl::StrCat(method, " of ", json, " was refused: ", std::string(reply.status().message()),
                     violations));
}

std::string Suite::Register(const std::string& organisation, const testing::KeyPair& pair,
                            const std::vector<policy::v1::Purpose>& purposes) {
  const std::string thumbprint = rpc::ReadCertificate(pair.certificate)->thumbprint;
  const std::string names =
      absl::StrJoin(purposes, "\",\"", [](std::string* out, policy::v1::Purpose purpose) {
        *out += policy::v1::Purpose_Name(purpose);
      });
  const auto made = MustJson(
      kKeeper, "CreateCredential",
      absl::StrCat(R"({"parent": "organisations/)", organisation,
                   R"(", "credential": {"thumbprint": ")", thumbprint, R"(", "purposes": [")",
                   names,
                   R"("], "validity": {"startDate": {"year": 2021, "month": 1, "day": 1}}}})"),
      "registry");
  const auto* name = made->GetDescriptor()->FindFieldByName("name");
  return made->GetReflection()->GetString(*made, name);
}

void Suite::AwaitKnown(const testing::KeyPair& pair) {
  // By an empty call: whoever is known is refused for something else, or not at all.
  static const std::map<std::string, std::string> asked = {{"partners", "ListRegions"},
                                                           {"dossiers", "ListDossiers"},
                                                           {"outcomes", "ListIndicators"},
                                                           {"programs", "ListPrograms"}};
  const absl::Time give_up = absl::Now() + absl::Seconds(30);
  for (const auto& [area, name] : asked) {
    const auto channel = Connect(area, pair);
    const auto& method = **rpc::FindMethod(name);
    const auto request = rpc::NewMessage(*method.input_type());
    while (true) {
      const std::string reason = errors::ReasonOf(
          rpc::CallUnary(channel, method, *request, {}, absl::Seconds(10)).status());
      if (reason != "CREDENTIAL_INVALID" && reason != "PROJECTION_STALE") break;
      if (absl::Now() > give_up) Abort(absl::StrCat(area, " does not learn of a certificate"));
      absl::SleepFor(absl::Milliseconds(20));
    }
  }
}

int Suite::PortOf(const std::string& area) const {
  return processes_.at(area)->port;
}

bool Suite::Serves(const std::string& area) {
  const Process& process = *processes_.at(area);
  if (waitpid(process.pid, nullptr, WNOHANG) == process.pid) return false;
  const std::string log = Log(area);
  return log.find("\"serving\"") != std::string::npos &&
         ChannelOf(kKeeper, area)
             ->WaitForConnected(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
}

std::string Suite::Log(const std::string& area) const {
  return ReadAll(processes_.at(area)->log);
}

std::string Suite::Metrics(const std::string& area) const {
  const int fd = Connected(processes_.at(area)->metrics_port);
  if (fd < 0) return "";
  constexpr absl::string_view kRequest =
      "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  std::string answer;
  if (write(fd, kRequest.data(), kRequest.size()) == static_cast<ssize_t>(kRequest.size())) {
    char buffer[4096];
    for (ssize_t got = 0; (got = read(fd, buffer, sizeof(buffer))) > 0;) {
      answer.append(buffer, static_cast<size_t>(got));
    }
  }
  close(fd);
  return answer;
}

std::string Suite::Stored(const std::string& area) {
  testing::PgDatabase& database = *processes_.at(area)->database;
  const std::vector<std::string> tables = database.Superuser(
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
      "AND relname !~ '^(audit|directory|projection|subject|feed)' ORDER BY relname");
  // Of the feed, how much was ever told: numbering moves what waits, in one transaction.
  std::vector<std::string> parts = {
      "SELECT 'told', (SELECT count(*) FROM feed_outbox) + "
      "(SELECT coalesce(sum(position), 0) FROM feed_heads), 0"};
  for (const std::string& table : tables) {
    parts.push_back(absl::StrCat("SELECT '", table,
                                 "', count(*), sum(hashtext(t::text)::bigint) FROM ", table, " t"));
  }
  return absl::StrJoin(database.Superuser(absl::StrJoin(parts, " UNION ALL ")), "\n");
}

}  // namespace vsv::bad_input
