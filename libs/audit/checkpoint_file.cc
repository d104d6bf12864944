#include "libs/audit/checkpoint_file.h"

#include "libs/base/status_macros.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace vsv::audit {
namespace {

// More than two notes have.
constexpr off_t kTailBytes = 8192;

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}

  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }

  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int get() const { return descriptor_; }

 private:
  const int descriptor_;
};

absl::Status Failed(absl::string_view what, const std::string& path) {
  return absl::FailedPreconditionError(absl::StrCat(what, " ", path, ": ", std::strerror(errno)));
}

struct Tail {
  std::optional<KeptCheckpoint> last;
  off_t end = 0;      // of what is whole
  bool torn = false;  // something follows that was cut off
};

// The last note in the end of a file, which may begin in the middle of one: an even number of
// paragraphs from the end of what is whole.
absl::string_view LastNote(absl::string_view whole) {
  const size_t middle = whole.rfind("\n\n", whole.size() - 3);
  if (middle == absl::string_view::npos) return "";
  const size_t before = middle == 0 ? absl::string_view::npos : whole.rfind("\n\n", middle - 1);
  const size_t begin = before == absl::string_view::npos ? 0 : before + 2;
  return whole.substr(begin, whole.size() - 1 - begin);
}

// Where the last paragraph of signatures ends.
size_t EndOfWhole(absl::string_view text) {
  for (size_t dash = text.rfind("\n\n\u2014 "); dash != absl::string_view::npos;
       dash = dash == 0 ? absl::string_view::npos : text.rfind("\n\n\u2014 ", dash - 1)) {
    const size_t end = text.find("\n\n", dash + 2);
    if (end != absl::string_view::npos) return end + 2;
  }
  return 0;
}

absl::StatusOr<Tail> ReadTail(int file, const std::string& path) {
  struct stat about = {};
  if (fstat(file, &about) != 0) return Failed("cannot read", path);
  const off_t from = std::max<off_t>(0, about.st_size - kTailBytes);
  std::string text(static_cast<size_t>(about.st_size - from), '\0');
  for (size_t got = 0; got < text.size();) {
    const ssize_t more =
        pread(file, text.data() + got, text.size() - got, from + static_cast<off_t>(got));
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) return Failed("cannot read", path);
    got += static_cast<size_t>(more);
  }
  const size_t whole = EndOfWhole(text);
  Tail tail;
  tail.end = from + static_cast<off_t>(whole);
  tail.torn = whole < text.size();
  if (whole == 0 && from == 0) return tail;
  const std::string note(LastNote(absl::string_view(text).substr(0, whole)));
  absl::StatusOr<Checkpoint> checkpoint = ParseCheckpoint(note);
  if (!checkpoint.ok()) {
    return absl::DataLossError(
        absl::StrCat("the end of ", path, " is ", checkpoint.status().message()));
  }
  tail.last = KeptCheckpoint{note, *std::move(checkpoint)};
  return tail;
}

absl::Status WriteAll(int file, absl::string_view text, const std::string& path) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed("cannot write", path);
    text.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

// A new file is there after a power cut only when its directory is on the disk too.
absl::Status SyncDirectoryOf(const std::string& path) {
  const std::string directory = path.substr(0, path.rfind('/'));
  const File file(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.get() < 0 || fsync(file.get()) != 0) return Failed("cannot write", directory);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CheckpointFile> CheckpointFile::In(const std::string& directory,
                                                  const std::string& service) {
  struct stat about = {};
  if (stat(directory.c_str(), &about) != 0) return Failed("no directory", directory);
  if (!S_ISDIR(about.st_mode)) {
    return absl::FailedPreconditionError(absl::StrCat(directory, " is no directory"));
  }
  if (access(directory.c_str(), W_OK | X_OK) != 0) return Failed("cannot write in", directory);
  return CheckpointFile(absl::StrCat(directory, "/", service, ".checkpoints"));
}

absl::StatusOr<std::optional<KeptCheckpoint>> CheckpointFile::Last() const {
  const File file(open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0 && errno == ENOENT) return std::optional<KeptCheckpoint>();
  if (file.get() < 0) return Failed("cannot read", path_);
  // Who writes holds it alone: what is in the middle of being written is not read.
  if (flock(file.get(), LOCK_SH) != 0) return Failed("cannot lock", path_);
  VSV_ASSIGN_OR_RETURN(Tail tail, ReadTail(file.get(), path_));
  return std::move(tail.last);
}

absl::StatusOr<int64_t> CheckpointFile::Add(const After& after) const {
  const File file(open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (file.get() < 0) return Failed("cannot write", path_);
  if (flock(file.get(), LOCK_EX) != 0) return Failed("cannot lock", path_);
  VSV_ASSIGN_OR_RETURN(const Tail tail, ReadTail(file.get(), path_));
  VSV_ASSIGN_OR_RETURN(const std::vector<std::string> notes, after(tail.last));
  if (notes.empty()) return 0;
  // What a power cut left of a note that nobody has been told of.
  if (tail.torn && ftruncate(file.get(), tail.end) != 0) return Failed("cannot write", path_);
  std::string text;
  for (const std::string& note : notes) absl::StrAppend(&text, note, "\n");
  VSV_RETURN_IF_ERROR(WriteAll(file.get(), text, path_));
  if (fdatasync(file.get()) != 0) return Failed("cannot write", path_);
  if (!tail.last.has_value()) VSV_RETURN_IF_ERROR(SyncDirectoryOf(path_));
  return static_cast<int64_t>(notes.size());
}

}  // namespace vsv::audit
