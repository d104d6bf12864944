#include "services/dossiers/storage/pupil_keys.h"

#include "libs/base/aead.h"
#include "libs/base/hash.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

namespace vsv::dossiers {
namespace {

constexpr absl::string_view kHashUse = "pgn-hash";
constexpr absl::string_view kSealUse = "pgn-seal";
constexpr absl::string_view kErasureUse = "erased-dossier";
constexpr absl::string_view kRegisterUse = "erasure-register";

std::string BoundTo(const RegionId& region, absl::string_view hash) {
  return absl::StrCat("pupils/", region.value(), "/", hash);
}

}  // namespace

absl::StatusOr<PupilKeys> PupilKeys::FromMaster(absl::string_view master) {
  if (master.size() != base::kAeadKeyBytes) {
    return absl::InvalidArgumentError("the pupil key has 32 bytes");
  }
  return PupilKeys(std::string(master));
}

absl::StatusOr<PupilKeys> PupilKeys::FromFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::FailedPreconditionError(absl::StrCat("no key file at ", path));
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::optional<std::string> master = base::HexDecode(absl::StripAsciiWhitespace(text));
  if (!master.has_value() || master->size() != base::kAeadKeyBytes) {
    return absl::FailedPreconditionError(
        absl::StrCat("a pupil key is 64 hex digits; not so in ", path));
  }
  return PupilKeys(*master);
}

std::string PupilKeys::Derive(absl::string_view use, const RegionId& region) const {
  return base::HmacSha256(master_, absl::StrCat(use, "/", region.value()));
}

std::string PupilKeys::Hash(const RegionId& region, absl::string_view pgn) const {
  return base::HmacSha256(Derive(kHashUse, region), pgn);
}

absl::StatusOr<std::string> PupilKeys::Seal(const RegionId& region, absl::string_view pgn) const {
  return base::Seal(Derive(kSealUse, region), BoundTo(region, Hash(region, pgn)), pgn);
}

absl::StatusOr<std::string> PupilKeys::Open(const RegionId& region, absl::string_view hash,
                                            absl::string_view sealed) const {
  return base::Open(Derive(kSealUse, region), BoundTo(region, hash), sealed);
}

std::string PupilKeys::ErasureKey(const RegionId& region) const {
  return Derive(kErasureUse, region);
}

std::string PupilKeys::RegisterKey() const {
  return base::HmacSha256(master_, kRegisterUse);
}

std::string PupilKeys::HashErased(const RegionId& region, const DossierId& dossier) const {
  return base::HmacSha256(ErasureKey(region), dossier.value());
}

}  // namespace vsv::dossiers
