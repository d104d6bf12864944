// The register of erasures: a file outside the database, which no restore takes back. Whoever
// restores a backup by whatever means brings nobody back whom it names.
#pragma once

#include "services/dossiers/domain/erasure.h"
#include "services/dossiers/storage/pupil_keys.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace vsv::dossiers {

// Append-only. The first line says what it is and of which version; each other line is one erasure:
// region, keyed hash of the dossier, moment, ground, and a code that only the holder of the key can
// make. Thread-safe; several processes may keep one register.
class ErasureRegister {
 public:
  // Opens or begins the register in `directory`, which must exist. What a crash left of a line that
  // was being written is taken away: nobody was told of it. Errors: FAILED_PRECONDITION when the
  // directory or file cannot be used, DATA_LOSS when a line is damaged or was written under another
  // key, with its number.
  static absl::StatusOr<std::unique_ptr<ErasureRegister>> Open(const std::string& directory,
                                                               const PupilKeys& keys);
  ~ErasureRegister();
  ErasureRegister(const ErasureRegister&) = delete;
  ErasureRegister& operator=(const ErasureRegister&) = delete;

  // Durable on return. Those that stand there already are not written twice. After an error nothing
  // counts as written. A file that was taken away meanwhile is written anew with all that is known.
  absl::Status Keep(const std::vector<Erasure>& erasures);

  // All of them, in the order in which they were written; with those of other processes up to the
  // latest Keep or Open.
  std::vector<Erasure> All() const;

 private:
  ErasureRegister(std::string directory, std::string path, std::string line_key)
      : directory_(std::move(directory)), path_(std::move(path)), line_key_(std::move(line_key)) {}

  absl::Status Begin();
  bool IsStillThere() const;
  absl::Status ReadOn();
  absl::Status ReadLine(absl::string_view line);
  absl::Status Append(const std::string& lines);
  // What another process has written may not be on the disk yet, nor what one wrote that was
  // killed.
  absl::Status Sync();
  absl::Status Failed(absl::string_view what) const;
  std::string LineOf(const Erasure& erasure) const;

  const std::string directory_;
  const std::string path_;
  const std::string line_key_;
  mutable std::mutex mutex_;
  int file_ = -1;
  int64_t read_ = 0;    // bytes that were read, or written by us; always whole lines
  int64_t synced_ = 0;  // of these, known to be on the disk
  int64_t lines_ = 0;
  std::vector<Erasure> erasures_;
  std::vector<Erasure> missing_;  // known, and not in the file that stands there now
  std::set<std::pair<RegionId, std::string>> known_;
};

}  // namespace vsv::dossiers
