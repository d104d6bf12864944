#include "tests/faults/erasers.h"

#include "libs/base/clock.h"
#include "libs/base/uuid.h"
#include "libs/errors/errors.h"
#include "tests/faults/history_files.h"

#include "vsv/dossiers/v1/dossiers_service.grpc.pb.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include <future>
#include <utility>

namespace vsv::faults {
namespace {

namespace dossiers = ::vsv::dossiers::v1;

constexpr int kUpdates = 2;
constexpr absl::Duration kReaderPause = absl::Milliseconds(300);
constexpr absl::Duration kSnapshotTime = absl::Seconds(10);

std::string InWords(const absl::Status& status) {
  return absl::StrCat(status.ToString(absl::StatusToStringMode::kWithNoExtraData), " ",
                      errors::ReasonOf(status));
}

}  // namespace

void ErasureLog::Made(const std::string& resource) {
  const std::lock_guard<std::mutex> lock(mutex_);
  made_.insert(resource);
}

bool ErasureLog::IsTheirs(const std::string& resource) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return made_.contains(resource);
}

void ErasureLog::Gone(const Erased& erased, const std::string& words) {
  const std::lock_guard<std::mutex> lock(mutex_);
  erased_.push_back(erased);
  gone_.push_back(erased.resource);
  gone_.push_back(words);
}

void ErasureLog::Add(const Acknowledged& write) {
  const std::lock_guard<std::mutex> lock(mutex_);
  acknowledged_.push_back(write);
}

void ErasureLog::Add(const Sighting& sighting) {
  const std::lock_guard<std::mutex> lock(mutex_);
  sightings_.push_back(sighting);
}

void ErasureLog::Add(const Told& told) {
  const std::lock_guard<std::mutex> lock(mutex_);
  told_.push_back(told);
}

void ErasureLog::Add(const Stored& read) {
  const std::lock_guard<std::mutex> lock(mutex_);
  read_.push_back(read);
}

void ErasureLog::AddUnanswered(const std::string& what) {
  const std::lock_guard<std::mutex> lock(mutex_);
  unanswered_.push_back(what);
}

void ErasureLog::Write(const std::string& directory) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto append = [&directory](const char* name, const std::vector<std::string>& cells) {
    AppendRow(absl::StrCat(directory, "/", name, ".tsv"), cells);
  };
  for (const Erased& end : erased_)
    append("erased", {end.resource, absl::StrCat(end.moment), end.raced ? "1" : "0"});
  for (const std::string& trace : gone_) append("gone", {trace});
  for (const Acknowledged& write : acknowledged_)
    append("acknowledged", {write.resource, absl::StrCat(write.version), write.value});
  for (const Sighting& sighting : sightings_)
    append("sighted", {sighting.reader, sighting.resource, absl::StrCat(sighting.moment)});
  for (const Told& told : told_) append("told", {told.request, told.answer});
  for (const Stored& row : read_) append("read", {row.resource, row.value});
  for (const std::string& what : unanswered_) append("unanswered", {what});
}

Erasers::Erasers(std::function<std::unique_ptr<ErasingSession>(int client)> connect, int clients,
                 std::string name, ErasureLog& log)
    : connect_(std::move(connect)), name_(std::move(name)), log_(log) {
  for (int client = 0; client < clients; ++client) {
    threads_.emplace_back([this, client] { Work(client); });
  }
}

Erasers::~Erasers() {
  Finish();
}

void Erasers::Finish() {
  finishing_ = true;
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Erasers::Work(int client) {
  const std::unique_ptr<ErasingSession> session = connect_(client);
  const bool last_stays = client % 2 == 1;
  int life = 0;
  while (OneLife(*session, absl::StrCat(name_, "-", client, "-", life), last_stays)) ++life;
}

bool Erasers::OneLife(ErasingSession& session, const std::string& words, bool last_stays) {
  const base::SystemClock clock;
  Write first;
  Write write;
  for (int64_t version = 1; version <= 1 + kUpdates; ++version) {
    write.version = version;
    write.value = absl::StrCat(words, " write ", version);
    write.request_id = base::NewUuidV7(clock);
    if (version == 1) first = write;
    const auto written = Insist([&] { return session.Send(write); }, repeats_);
    if (!written.ok()) {
      log_.AddUnanswered(
          absl::StrCat(write.resource, " ", write.value, ": ", InWords(written.status())));
      return false;
    }
    log_.Made(written->resource);
    log_.Add(Acknowledged{written->resource, version, write.value});
    write.resource = written->resource;
    write.etag = written->etag;
  }
  if (!finishing_ || !last_stays) {
    const bool all_answered = EraseInARace(session, first, write, words);
    return all_answered && (!finishing_ || last_stays);
  }
  const auto value = Insist([&] { return session.Read(write.resource); }, repeats_);
  log_.Add(Stored{write.resource, 0, value.ok() ? *value : InWords(value.status())});
  return false;
}

bool Erasers::EraseInARace(ErasingSession& session, const Write& first, const Write& last,
                           const std::string& words) {
  const base::SystemClock clock;
  Write racing = last;
  ++racing.version;
  racing.value = absl::StrCat(words, " write ", racing.version);
  racing.request_id = base::NewUuidV7(clock);
  auto raced = std::async(std::launch::async,
                          [&] { return Insist([&] { return session.Send(racing); }, repeats_); });
  const std::string request_id = base::NewUuidV7(clock);
  const auto erase = [&] { return session.Erase(last.resource, request_id); };
  const auto erased = Insist(erase, repeats_);
  const int64_t moment = log_.Moment();
  const auto written = raced.get();
  if (!erased.ok()) {
    log_.AddUnanswered(absl::StrCat("erase ", last.resource, ": ", InWords(erased.status())));
    return false;
  }
  if (written.ok()) {
    log_.Add(Acknowledged{last.resource, racing.version, racing.value});
  } else if (errors::ReasonOf(written.status()) != "DOSSIER_NOT_FOUND") {
    log_.AddUnanswered(
        absl::StrCat(last.resource, " ", racing.value, ": ", InWords(written.status())));
    return false;
  }
  log_.Gone({last.resource, moment, !written.ok()}, words);

  const std::string request = absl::StrCat("erase ", last.resource);
  log_.Add(Told{request, *erased});
  const auto again = Insist(erase, repeats_);
  log_.Add(Told{request, again.ok() ? *again : InWords(again.status())});
  const int64_t asked = log_.Moment();
  if (Insist([&] { return session.Read(last.resource); }, repeats_).ok())
    log_.Add(Sighting{"its school", last.resource, asked});
  // What a client sends that never heard of the end: it makes nobody anew.
  for (const Write& write : {first, last, racing}) {
    if (Insist([&] { return session.Send(write); }, repeats_).ok())
      log_.Add(Sighting{absl::StrCat("who repeated '", write.value, "'"), last.resource, asked});
  }
  return true;
}

Reader::Reader(std::shared_ptr<grpc::Channel> dossiers, std::string name, std::string region,
               ErasureLog& log, Acts& acts)
    : channel_(std::move(dossiers)),
      name_(std::move(name)),
      region_(std::move(region)),
      log_(log),
      acts_(acts),
      thread_([this] { Work(); }) {}

Reader::~Reader() {
  finishing_ = true;
  thread_.join();
}

void Reader::Work() {
  while (!finishing_) {
    List();
    absl::SleepFor(kReaderPause);
    TakeSnapshot();
    absl::SleepFor(kReaderPause);
  }
}

void Reader::See(const std::string& by, const std::string& name, int64_t moment) {
  const std::string resource = name.substr(name.rfind('/') + 1);
  if (log_.IsTheirs(resource))
    log_.Add(Sighting{absl::StrCat(name_, " by ", by), resource, moment});
}

void Reader::List() {
  dossiers::ListDossiersRequest request;
  request.set_parent(region_);
  request.set_page_size(200);
  do {
    const int64_t moment = log_.Moment();
    std::string trace;
    const auto page =
        Call<dossiers::ListDossiersResponse>(channel_, "ListDossiers", request, "rmc", trace);
    if (!page.ok()) return;
    for (const dossiers::Dossier& dossier : page->dossiers()) See("list", dossier.name(), moment);
    acts_.Add({trace, "ListDossiers", 0});
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty() && !finishing_);
}

void Reader::TakeSnapshot() {
  const int64_t moment = log_.Moment();
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kSnapshotTime));
  std::string trace;
  for (const auto& [key, value] : MetadataOf("rmc", trace)) context.AddMetadata(key, value);
  dossiers::WatchDossiersRequest request;
  request.add_regions(region_);
  const auto stub = dossiers::DossierService::NewStub(channel_);
  const auto stream = stub->WatchDossiers(&context, request);
  dossiers::WatchDossiersResponse batch;
  bool any = false;
  while (!finishing_ && stream->Read(&batch)) {
    for (const dossiers::DossierChange& change : batch.changes()) {
      if (change.has_upsert()) See("snapshot", change.upsert().name(), moment);
      any = any || change.has_upsert();
    }
    if (batch.snapshot_complete()) break;
  }
  if (any) acts_.Add({trace, "WatchDossiers", 0});
  context.TryCancel();
  stream->Finish();
}

}  // namespace vsv::faults
