#include "services/dossiers/storage/erasure_register.h"

#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "services/dossiers/domain/names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vsv::dossiers {
namespace {

constexpr char kFileName[] = "erasures";
constexpr absl::string_view kHeader = "vsv-erasures 1";
constexpr size_t kCodeDigits = 32;  // 128 bits

// Held while something is read or written, against other processes.
class FileLock {
 public:
  explicit FileLock(int file) : file_(file) {
    while (flock(file_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }

  ~FileLock() { flock(file_, LOCK_UN); }

  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  const int file_;
};

absl::Status Unusable(absl::string_view path, absl::string_view what) {
  return absl::FailedPreconditionError(
      absl::StrCat("the register of erasures ", path, " ", what, ": ", std::strerror(errno)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ErasureRegister>> ErasureRegister::Open(const std::string& directory,
                                                                       const PupilKeys& keys) {
  std::unique_ptr<ErasureRegister> opened(
      new ErasureRegister(directory, absl::StrCat(directory, "/", kFileName), keys.RegisterKey()));
  VSV_RETURN_IF_ERROR(opened->Begin());
  return opened;
}

ErasureRegister::~ErasureRegister() {
  if (file_ >= 0) close(file_);
}

absl::Status ErasureRegister::Failed(absl::string_view what) const {
  return Unusable(path_, what);
}

// From nothing.
absl::Status ErasureRegister::Begin() {
  if (file_ >= 0) close(file_);
  read_ = 0;
  synced_ = 0;
  lines_ = 0;
  erasures_.clear();
  known_.clear();
  file_ = open(path_.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) return Failed("cannot be opened");
  const FileLock lock(file_);
  struct stat status = {};
  if (fstat(file_, &status) != 0) return Failed("cannot be looked at");
  if (!S_ISREG(status.st_mode)) {
    return absl::FailedPreconditionError(absl::StrCat(path_, " is not a file"));
  }
  // The name is durable as well before anything in it counts.
  const int parent = open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (parent < 0) return Failed("has no directory");
  const bool kept = fsync(parent) == 0;
  close(parent);
  if (!kept) return Failed("cannot be made durable");
  return ReadOn();
}

// Everything from `read_` on; the lock is held. A last line without an end is a write that was cut
// off: nobody else is writing.
absl::Status ErasureRegister::ReadOn() {
  std::string tail;
  std::array<char, 65536> buffer = {};
  int64_t at = read_;
  while (true) {
    const ssize_t got = pread(file_, buffer.data(), buffer.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Failed("cannot be read");
    if (got == 0) break;
    tail.append(buffer.data(), static_cast<size_t>(got));
    at += got;
  }
  const size_t whole = tail.rfind('\n') == std::string::npos ? 0 : tail.rfind('\n') + 1;
  for (const absl::string_view line :
       absl::StrSplit(absl::string_view(tail).substr(0, whole), '\n', absl::SkipEmpty())) {
    VSV_RETURN_IF_ERROR(ReadLine(line));
  }
  read_ += static_cast<int64_t>(whole);
  if (whole < tail.size() && ftruncate(file_, read_) != 0) return Failed("cannot be mended");
  return lines_ == 0 ? Append(absl::StrCat(kHeader, "\n")) : absl::OkStatus();
}

absl::Status ErasureRegister::ReadLine(absl::string_view line) {
  ++lines_;
  if (lines_ == 1) {
    if (line == kHeader) return absl::OkStatus();
    return absl::DataLossError(absl::StrCat(path_, " begins with no line that this server knows (",
                                            kHeader, "): it is of another version or damaged"));
  }
  const std::vector<std::string> parts = absl::StrSplit(line, ' ');
  Erasure erasure;
  bool whole = parts.size() == 5;
  if (whole) {
    const auto hash = base::HexDecode(parts[1]);
    const auto erased_at = ErasedAt(parts[2]);
    const auto ground = FromName<ErasureGround>(parts[3]);
    whole = hash.has_value() && erased_at.has_value() && ground.has_value();
    if (whole) erasure = {RegionId(parts[0]), *hash, *erased_at, *ground};
  }
  if (!whole || !base::ConstantTimeEquals(LineOf(erasure), absl::StrCat(line, "\n"))) {
    return absl::DataLossError(absl::StrCat(
        path_, ", line ", lines_,
        ": damaged, or written under another pupil key; bring back the register or the key"));
  }
  if (known_.emplace(erasure.region, erasure.dossier_hash).second) erasures_.push_back(erasure);
  return absl::OkStatus();
}

std::string ErasureRegister::LineOf(const Erasure& erasure) const {
  const std::string said =
      absl::StrCat(erasure.region.value(), " ", base::HexEncode(erasure.dossier_hash), " ",
                   ErasureReference(erasure.erased_at), " ", Name(erasure.ground));
  const std::string code = base::HexEncode(base::HmacSha256(line_key_, said));
  return absl::StrCat(said, " ", code.substr(0, kCodeDigits), "\n");
}

// Whole or not at all: what was written in part is taken away again.
absl::Status ErasureRegister::Append(const std::string& lines) {
  size_t written = 0;
  while (written < lines.size()) {
    const ssize_t put = write(file_, lines.data() + written, lines.size() - written);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) break;
    written += static_cast<size_t>(put);
  }
  if (written < lines.size() || fsync(file_) != 0) {
    const absl::Status failed = Failed("cannot be written");
    // Should this fail too, the next one finds half a line and takes it away.
    if (ftruncate(file_, read_) == 0) fsync(file_);
    return failed;
  }
  read_ += static_cast<int64_t>(lines.size());
  synced_ = read_;
  if (lines_ == 0) lines_ = 1;
  return absl::OkStatus();
}

absl::Status ErasureRegister::Sync() {
  if (synced_ == read_) return absl::OkStatus();
  if (fsync(file_) != 0) return Failed("cannot be made durable");
  synced_ = read_;
  return absl::OkStatus();
}

// False when somebody removed, replaced or cut the file under us.
bool ErasureRegister::IsStillThere() const {
  struct stat ours = {};
  struct stat named = {};
  return file_ >= 0 && fstat(file_, &ours) == 0 && stat(path_.c_str(), &named) == 0 &&
         ours.st_dev == named.st_dev && ours.st_ino == named.st_ino && ours.st_size >= read_;
}

absl::Status ErasureRegister::Keep(const std::vector<Erasure>& asked) {
  const std::lock_guard<std::mutex> guard(mutex_);
  if (!IsStillThere()) {
    missing_.insert(missing_.end(), erasures_.begin(), erasures_.end());
    VSV_RETURN_IF_ERROR(Begin());
  }
  std::vector<Erasure> erasures = missing_;
  erasures.insert(erasures.end(), asked.begin(), asked.end());
  const FileLock lock(file_);
  VSV_RETURN_IF_ERROR(ReadOn());
  std::string lines;
  std::vector<Erasure> added;
  std::set<std::pair<RegionId, std::string>> seen;
  for (const Erasure& erasure : erasures) {
    const std::pair<RegionId, std::string> key{erasure.region, erasure.dossier_hash};
    if (known_.count(key) > 0 || !seen.insert(key).second) continue;
    lines += LineOf(erasure);
    added.push_back(erasure);
  }
  VSV_RETURN_IF_ERROR(added.empty() ? Sync() : Append(lines));
  missing_.clear();
  lines_ += static_cast<int64_t>(added.size());
  for (const Erasure& erasure : added) {
    known_.emplace(erasure.region, erasure.dossier_hash);
    erasures_.push_back(erasure);
  }
  return absl::OkStatus();
}

std::vector<Erasure> ErasureRegister::All() const {
  const std::lock_guard<std::mutex> guard(mutex_);
  return erasures_;
}

}  // namespace vsv::dossiers
