// Clients that write about somebody and have it erased, again and again, while others read; and
// readers who tell what they were shown.
#pragma once

#include "tests/faults/calls.h"
#include "tests/faults/history.h"
#include "tests/faults/write_sessions.h"

#include "grpcpp/channel.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace vsv::faults {

// What erasing and reading clients saw, in one order of moments. Thread-safe.
class ErasureLog {
 public:
  // Later than all moments before.
  int64_t Moment() { return ++moment_; }

  void Made(const std::string& resource);
  bool IsTheirs(const std::string& resource) const;
  // `words` stood in what it said.
  void Gone(const Erased& erased, const std::string& words);
  void Add(const Acknowledged& write);
  void Add(const Sighting& sighting);
  void Add(const Told& told);
  void Add(const Stored& read);
  void AddUnanswered(const std::string& what);
  // Into the files of a history.
  void Write(const std::string& directory) const;

 private:
  std::atomic<int64_t> moment_{0};
  mutable std::mutex mutex_;
  std::set<std::string> made_;  // this and what follows: guarded by mutex_
  std::vector<Erased> erased_;
  std::vector<std::string> gone_;  // ids and words
  std::vector<Acknowledged> acknowledged_;
  std::vector<Sighting> sightings_;
  std::vector<Told> told_;
  std::vector<Stored> read_;
  std::vector<std::string> unanswered_;
};

// One thread each: makes a dossier about its pupil, changes it, has it erased while it changes it
// once more, asks for it, repeats all it asked, and begins again. Of every second client the last
// one stays; of the others nothing does, nor the pupil.
class Erasers {
 public:
  // `connect` is called by each client's thread with its number; `log` outlives it.
  Erasers(std::function<std::unique_ptr<ErasingSession>(int client)> connect, int clients,
          std::string name, ErasureLog& log);
  // Ends what was begun.
  ~Erasers();
  Erasers(const Erasers&) = delete;
  Erasers& operator=(const Erasers&) = delete;

  void Finish();

 private:
  void Work(int client);
  // False when an answer never came, or one that may not be given.
  bool OneLife(ErasingSession& session, const std::string& words, bool last_stays);
  bool EraseInARace(ErasingSession& session, const Write& first, const Write& last,
                    const std::string& words);

  const std::function<std::unique_ptr<ErasingSession>(int client)> connect_;
  const std::string name_;
  ErasureLog& log_;
  std::atomic<bool> finishing_{false};
  std::atomic<int64_t> repeats_{0};
  std::vector<std::thread> threads_;
};

// Lists all dossiers and takes the snapshot of the change feed, in turn, until it ends.
class Reader {
 public:
  // As a municipality; the references outlive it.
  Reader(std::shared_ptr<grpc::Channel> dossiers, std::string name, std::string region,
         ErasureLog& log, Acts& acts);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

 private:
  void Work();
  void List();
  void TakeSnapshot();
  void See(const std::string& by, const std::string& name, int64_t moment);

  const std::shared_ptr<grpc::Channel> channel_;
  const std::string name_;
  const std::string region_;  // "regions/16"
  ErasureLog& log_;
  Acts& acts_;
  std::atomic<bool> finishing_{false};
  std::thread thread_;
};

}  // namespace vsv::faults
