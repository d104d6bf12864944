// Floods over real TLS, frame by frame, while somebody else goes on calling.
#include "libs/rpc/tls_guard.h"

#include "libs/base/clock.h"
#include "libs/rpc/runtime.h"
#include "libs/rpc/server.h"
#include "libs/rpc/test_peer.h"
#include "libs/rpc/tls.h"

#include "vsv/partners/v1/partners_service.grpc.pb.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "gtest/gtest.h"

#include <atomic>
#include <csignal>
#include <fstream>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

namespace vsv::rpc {
namespace {

namespace pb = ::vsv::partners::v1;
using ::testing::HasSubstr;

constexpr char kVictim[] = "127.0.0.1";
constexpr char kFlooder[] = "127.0.0.2";
// Of whom no handshake was wasted.
constexpr char kReader[] = "127.0.0.3";
constexpr int kHandshakes = 30;
constexpr int kMessages = 20'000;

class Nobody : public CallerResolver {
 public:
  absl::StatusOr<Caller> Resolve(const PeerIdentity&, absl::string_view, absl::Time) override {
    return absl::UnavailableError("nobody is known");
  }
};

// Says back what it is told; notes over which connections calls came.
class Echo final : public pb::PartnersService::Service {
 public:
  grpc::Status GetOrganisation(grpc::ServerContext* context,
                               const pb::GetOrganisationRequest* request,
                               pb::Organisation* response) override {
    Note(*context);
    response->set_name(request->name());
    return grpc::Status::OK;
  }

  // Without end for who has a cursor.
  grpc::Status WatchDirectory(grpc::ServerContext* context,
                              const pb::WatchDirectoryRequest* request,
                              grpc::ServerWriter<pb::WatchDirectoryResponse>* writer) override {
    Note(*context);
    pb::WatchDirectoryResponse message;
    for (int i = 0; i < kMessages || !request->cursor().empty(); ++i) {
      message.set_cursor(std::to_string(i));
      if (!writer->Write(message)) return grpc::Status::CANCELLED;
    }
    return grpc::Status::OK;
  }

  std::set<std::string> Connections() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return connections_;
  }

 private:
  void Note(const grpc::ServerContext& context) {
    const std::lock_guard<std::mutex> lock(mutex_);
    connections_.insert(context.peer());
  }

  std::mutex mutex_;
  std::set<std::string> connections_;
};

std::string Frame(char type, char flags, uint32_t stream, const std::string& payload) {
  const auto byte = [](size_t number) { return static_cast<char>(number & 0xff); };
  const size_t size = payload.size();
  return std::string{byte(size >> 16),   byte(size >> 8),    byte(size),        type,        flags,
                     byte(stream >> 24), byte(stream >> 16), byte(stream >> 8), byte(stream)} +
         payload;
}

// HPACK: a literal field without an entry in the table (RFC 7541, 6.2.2).
std::string Field(const std::string& name, const std::string& value) {
  return std::string(1, '\0') + static_cast<char>(name.size()) + name +
         static_cast<char>(value.size()) + value;
}

std::string Request(const std::string& method = "GetOrganisation") {
  return Field(":method", "POST") + Field(":scheme", "https") +
         Field(":path", "/vsv.partners.v1.PartnersService/" + method) +
         Field(":authority", "localhost") + Field("te", "trailers") +
         Field("content-type", "application/grpc");
}

std::string Open(uint32_t stream) {
  return Frame(1, 4, stream, Request()) + Frame(0, 1, stream, std::string(5, '\0'));
}

std::string Reset(uint32_t stream) {
  return Frame(3, 0, stream, std::string("\0\0\0\x08", 4));
}

class Flood : public ::testing::Test {
 protected:
  Flood() : runtime_({.service = "partners"}, nobody_, clock_, metrics_) {
    const vsv::testing::KeyPair own = pki_.IssueService("partners");
    const TlsFiles files = {Write("cert", own.certificate), Write("key", own.key),
                            Write("ca", pki_.root())};
    ServerOptions options;
    options.credentials = *MakeServerCredentials(files);
    options.services = {&service_};
    options.handshakes_per_address = kHandshakes;
    signal(SIGPIPE, SIG_IGN);  // whoever writes to a connection that was ended is to be told so
    server_ = *Server::Start(std::move(options), runtime_);
    victim_ = Connect(pki_.IssueOrganisation("00000099000000001000"));
  }

  ~Flood() override { LimitHandshakes(0); }

  static std::string Write(const std::string& name, const std::string& content) {
    const std::string path =
        absl::StrCat(::testing::TempDir(), "/rpc_flood_test_", getpid(), "_", name);
    std::ofstream(path) << content;
    return path;
  }

  std::shared_ptr<grpc::Channel> Connect(const vsv::testing::KeyPair& pair) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", server_->port()),
                                     grpc::SslCredentials({.pem_root_certs = pki_.root(),
                                                           .pem_private_key = pair.key,
                                                           .pem_cert_chain = pair.certificate}),
                                     arguments);
  }

  static grpc::Status Get(const std::shared_ptr<grpc::Channel>& channel, const std::string& name,
                          absl::Duration deadline = absl::Seconds(20)) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + deadline));
    pb::GetOrganisationRequest request;
    request.set_name(name);
    pb::Organisation reply;
    return pb::PartnersService::NewStub(channel)->GetOrganisation(&context, request, &reply);
  }

  // Sends what `next` gives until the connection is ended, and sees that the others are served on
  // the one connection that they have.
  void IsEnded(const std::function<std::string(uint32_t stream)>& next, const std::string& cause) {
    ASSERT_TRUE(Get(victim_, "organisations/x").ok());
    RawPeer flooder(flooder_, kFlooder, server_->port());
    ASSERT_TRUE(flooder.Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Frame(4, 0, 0, "")));
    uint32_t stream = 1;
    while (stream < 40'000 && flooder.Send(next(stream))) stream += 2;
    EXPECT_TRUE(flooder.IsEndedWithin(absl::Seconds(20))) << "after " << stream / 2;
    // What it begins anew is ended too, and nobody else's connection.
    RawPeer again(flooder_, kFlooder, server_->port());
    again.Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Frame(4, 0, 0, ""));
    EXPECT_TRUE(again.IsEndedWithin(absl::Seconds(4)));
    EXPECT_TRUE(Get(victim_, "organisations/x").ok());
    EXPECT_TRUE(
        Get(Connect(pki_.IssueOrganisation("00000099000000003000")), "organisations/x").ok());
    EXPECT_EQ(Victims().size(), 2);
    const absl::Time latest = absl::Now() + absl::Seconds(20);
    const std::string told = absl::StrCat("cause=\"flood: ", cause, "\"");
    while (metrics_.Text().find(told) == std::string::npos && absl::Now() < latest)
      absl::SleepFor(absl::Milliseconds(10));
    EXPECT_THAT(metrics_.Text(), HasSubstr(told));
  }

  std::set<std::string> Victims() {
    std::set<std::string> victims;
    for (const std::string& peer : service_.Connections()) {
      if (peer.find(kVictim) != std::string::npos) victims.insert(peer);
    }
    return victims;
  }

  vsv::testing::TestPki pki_;
  const vsv::testing::KeyPair flooder_ = pki_.IssueOrganisation("00000099000000002000");
  base::SystemClock clock_;
  obs::Metrics metrics_;
  Nobody nobody_;
  Runtime runtime_;
  Echo service_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> victim_;
};

TEST_F(Flood, OfRapidResetsIsEnded) {
  IsEnded([](uint32_t stream) { return Open(stream) + Reset(stream); }, "resets");
}

// None in the record that opened the stream. Many in one: a machine that is busy otherwise sends
// them too slowly to be a flood.
TEST_F(Flood, OfResetsIsEnded) {
  std::string resets;
  for (int i = 0; i < 1000; ++i) resets += Reset(1);
  IsEnded([&](uint32_t stream) { return stream == 1 ? Open(1) : resets; }, "resets");
}

// With what it sends before gRPC has counted its first few pings.
TEST_F(Flood, OfPingsIsEnded) {
  std::string pings;
  for (int i = 0; i < 400; ++i) pings += Frame(6, 0, 0, std::string(8, '\0'));
  EXPECT_TRUE(Get(victim_, "organisations/x").ok());
  RawPeer flooder(flooder_, kFlooder, server_->port());
  ASSERT_TRUE(flooder.Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Frame(4, 0, 0, "")));
  flooder.Send(pings);
  flooder.Send(pings);
  EXPECT_TRUE(flooder.IsEndedWithin(absl::Seconds(20)));
  EXPECT_TRUE(Get(victim_, "organisations/x").ok());
}

TEST_F(Flood, OfSettingsIsEnded) {
  IsEnded([](uint32_t) { return Frame(4, 0, 0, std::string("\0\4\0\1\0\0", 6)); },
          "frames of control");
}

TEST_F(Flood, OfWindowsIsEnded) {
  IsEnded([](uint32_t) { return Frame(8, 0, 0, std::string("\0\0\0\1", 4)); }, "frames of control");
}

TEST_F(Flood, OfHeadersThatNeverEndIsEnded) {
  IsEnded(
      [](uint32_t stream) {
        const std::string field = Field("x-more", std::string(100, 'a'));
        return stream == 1 ? Frame(1, 0, 1, Request()) : Frame(9, 0, 1, field);
      },
      "frames of control");
}

TEST_F(Flood, OfLongHeadersThatNeverEndIsEnded) {
  std::string fields;
  while (fields.size() < 15'000) fields += Field("x-more", std::string(100, 'a'));
  IsEnded(
      [&](uint32_t stream) {
        return stream == 1 ? Frame(1, 0, 1, Request()) : Frame(9, 0, 1, fields);
      },
      "endless headers");
}

TEST_F(Flood, OfHandshakesIsRefusedToItsAddressAlone) {
  ASSERT_TRUE(Get(victim_, "organisations/x").ok());
  std::vector<int> begun;
  const auto flood = [&] {
    for (int i = 0; i < 3 * kHandshakes; ++i)
      begun.push_back(ConnectFrom(kFlooder, server_->port()));
  };
  flood();
  const absl::Time latest = absl::Now() + absl::Seconds(20);
  int ended = 0;
  while (ended < kHandshakes && absl::Now() < latest) {
    ended = 0;
    for (const int descriptor : begun) {
      char byte = 0;
      ended += descriptor < 0 || recv(descriptor, &byte, 1, MSG_DONTWAIT | MSG_PEEK) == 0 ? 1 : 0;
    }
  }
  EXPECT_GE(ended, kHandshakes);
  // Between two handshakes of the flood its address may have got one back.
  bool is_refused = false;
  for (int attempt = 0; attempt < 10 && !is_refused; ++attempt) {
    flood();
    is_refused = !RawPeer(flooder_, kFlooder, server_->port()).is_open();
  }
  EXPECT_TRUE(is_refused);
  EXPECT_TRUE(Get(victim_, "organisations/x").ok());
  EXPECT_TRUE(Get(Connect(pki_.IssueOrganisation("00000099000000003000")), "organisations/x").ok());
  for (const int descriptor : begun) close(descriptor);
}

// A long stream, and windows without end for what it brings: far more than come back by themselves.
TEST_F(Flood, IsNotWhatAnswersWhatTheServerSends) {
  // Sent in so many milliseconds that the server reads what answers it meanwhile.
  constexpr size_t kPortion = 100'000;
  RawPeer reader(flooder_, kReader, server_->port());
  const std::string much("\x10\0\0\0", 4);
  const std::string endless("\0\0\0\0\3\x0a\1x", 8);  // a message with a cursor
  ASSERT_TRUE(reader.Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Frame(4, 0, 0, "") +
                          Frame(8, 0, 0, much) + Frame(1, 4, 1, Request("WatchDirectory")) +
                          Frame(8, 0, 1, much) + Frame(0, 1, 1, endless)));
  std::string windows;
  for (int i = 0; i < 100; ++i) windows += Frame(8, 0, 1, std::string("\0\0\0\1", 4));
  for (int portion = 0; portion < 8; ++portion) {
    ASSERT_TRUE(reader.Receive(kPortion)) << portion;
    ASSERT_TRUE(reader.Send(windows)) << portion;
  }
  EXPECT_TRUE(reader.Receive(kPortion));
}

// More than a correct client does: calls, deadlines that strike, callers that leave, large messages
// and long streams, all over one connection.
TEST_F(Flood, IsNotWhatACorrectClientSends) {
  ASSERT_TRUE(Get(victim_, "organisations/x").ok());
  std::vector<std::thread> callers;
  std::atomic<int> late = 0;
  for (int caller = 0; caller < 16; ++caller) {
    callers.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        late += Get(victim_, "organisations/x", absl::Microseconds(500)).ok() ? 0 : 1;
        EXPECT_TRUE(Get(victim_, "organisations/x").ok());
      }
      EXPECT_TRUE(Get(victim_, std::string(3 << 20, 'x')).ok());
    });
  }
  for (const bool leaves : {false, true, false, true, true, true}) {
    grpc::ClientContext context;
    const auto stream = pb::PartnersService::NewStub(victim_)->WatchDirectory(
        &context, pb::WatchDirectoryRequest());
    pb::WatchDirectoryResponse message;
    int read = 0;
    while (read < (leaves ? 10 : kMessages) && stream->Read(&message)) ++read;
    if (leaves) context.TryCancel();
    const grpc::Status end = stream->Finish();
    // Of who leaves, everything may have come before it did.
    EXPECT_TRUE(end.ok() || leaves) << end.error_message();
    EXPECT_EQ(read, leaves ? 10 : kMessages);
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_GT(late, 0);
  EXPECT_EQ(Victims().size(), 1);
}

}  // namespace
}  // namespace vsv::rpc
