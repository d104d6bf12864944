// What the tests of the seal share: a key, and checkpoints of it.
#pragma once

#include "libs/audit/checkpoint.h"
#include "libs/base/hash.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>

namespace vsv::audit {

inline constexpr char kPrivateKey[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
    "-----END PRIVATE KEY-----\n";
inline constexpr char kOtherPrivateKey[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";
inline constexpr char kTrailId[] = "018f0000-0000-7000-8000-0000000000aa";
inline constexpr char kOtherTrailId[] = "018f0000-0000-7000-8000-0000000000bb";

inline base::Ed25519Key TestKey(const char* pem = kPrivateKey) {
  return *base::Ed25519Key::FromPem(pem);
}

inline Checkpoint ExampleCheckpoint(int64_t number, int64_t size) {
  return {"dossiers",
          {kTrailId, size, base::Sha256(absl::StrCat(size))},
          number,
          absl::FromUnixMicros(1'780'000'000'123'456),
          std::nullopt};
}

// A directory of its own, gone at the end.
class Directory {
 public:
  Directory() {
    std::string path = "/tmp/vsv-audit-XXXXXX";
    path_ = mkdtemp(path.data());
  }

  ~Directory() { std::filesystem::remove_all(path_); }

  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  const std::string& path() const { return path_; }

  std::string Write(const std::string& name, const std::string& content, mode_t mode = 0600) const {
    std::string path = absl::StrCat(path_, "/", name);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    chmod(path.c_str(), mode);
    return path;
  }

 private:
  std::string path_;
};

}  // namespace vsv::audit
