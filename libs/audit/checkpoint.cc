#include "libs/audit/checkpoint.h"

#include "libs/audit/merkle.h"
#include "libs/base/hash.h"
#include "libs/base/status_macros.h"
#include "libs/base/uuid.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include <algorithm>

namespace vsv::audit {
namespace {

constexpr absl::string_view kOrigin = "vsv-regie/";
constexpr absl::string_view kDash = "\u2014 ";
constexpr absl::string_view kEd25519("\n\1", 2);  // between name and key in the id of a key
constexpr size_t kKeyIdBytes = 4;

absl::Status Malformed(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("no checkpoint: ", what));
}

std::string KeyName(absl::string_view service) {
  return absl::StrCat(kOrigin, service);
}

std::string KeyId(absl::string_view name, absl::string_view public_key) {
  return base::Sha256(absl::StrCat(name, kEd25519, public_key)).substr(0, kKeyIdBytes);
}

// What is signed; ends with a line end.
std::string TextOf(const Checkpoint& checkpoint) {
  const TreeHead& head = checkpoint.head;
  std::string text = absl::StrCat(
      kOrigin, checkpoint.service, "/", head.trail, "\n", head.size, "\n",
      absl::Base64Escape(head.root), "\nnumber ", checkpoint.number, "\ntime ",
      absl::FormatTime("%E4Y-%m-%dT%H:%M:%E6SZ", checkpoint.time, absl::UTCTimeZone()), "\n");
  if (checkpoint.restored_after.has_value()) {
    const TreeHead& last = *checkpoint.restored_after;
    absl::StrAppend(&text, "restored-after ", last.trail, " ", last.size, " ",
                    absl::Base64Escape(last.root), "\n");
  }
  return text;
}

bool IsService(absl::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](unsigned char c) { return absl::ascii_islower(c); });
}

absl::StatusOr<TreeHead> ParseHead(absl::string_view trail, absl::string_view size,
                                   absl::string_view root) {
  TreeHead head;
  head.trail = std::string(trail);
  if (!base::IsUuid(trail)) return Malformed("a trail is named by a UUID");
  if (!absl::SimpleAtoi(size, &head.size) || head.size < 0) return Malformed("a size is a number");
  if (!absl::Base64Unescape(root, &head.root) || head.root.size() != kHashBytes) {
    return Malformed("a root is 32 bytes in base64");
  }
  return head;
}

absl::Status ParseOrigin(absl::string_view origin, absl::string_view& service,
                         absl::string_view& trail) {
  const std::vector<absl::string_view> parts = absl::ConsumePrefix(&origin, kOrigin)
                                                   ? absl::StrSplit(origin, '/')
                                                   : std::vector<absl::string_view>();
  if (parts.size() != 2 || !IsService(parts[0])) {
    return Malformed("its first line is not vsv-regie/<service>/<trail>");
  }
  service = parts[0];
  trail = parts[1];
  return absl::OkStatus();
}

// The text and the lines of signatures of a note.
struct Note {
  absl::string_view text;
  std::vector<absl::string_view> signatures;
};

absl::StatusOr<Note> ParseNote(absl::string_view note) {
  const size_t end = note.find("\n\n");
  if (end == absl::string_view::npos || !absl::EndsWith(note, "\n")) {
    return Malformed("it is no text and, after an empty line, its signature");
  }
  Note parsed{note.substr(0, end + 1), {}};
  const absl::string_view rest = note.substr(end + 2);
  parsed.signatures = absl::StrSplit(absl::StripSuffix(rest, "\n"), '\n');
  for (const absl::string_view line : parsed.signatures) {
    if (!absl::StartsWith(line, kDash)) return Malformed("a line that is no signature");
  }
  return parsed;
}

}  // namespace

std::string SignCheckpoint(const Checkpoint& checkpoint, const base::Ed25519Key& key) {
  const std::string text = TextOf(checkpoint);
  const std::string name = KeyName(checkpoint.service);
  return absl::StrCat(
      text, "\n", kDash, name, " ",
      absl::Base64Escape(absl::StrCat(KeyId(name, key.public_key()), key.Sign(text))), "\n");
}

absl::StatusOr<Checkpoint> ParseCheckpoint(absl::string_view note) {
  VSV_ASSIGN_OR_RETURN(const Note parsed, ParseNote(note));
  const std::vector<absl::string_view> lines =
      absl::StrSplit(absl::StripSuffix(parsed.text, "\n"), '\n');
  if (lines.size() < 5 || lines.size() > 6) return Malformed("it has not five or six lines");
  absl::string_view service;
  absl::string_view trail;
  VSV_RETURN_IF_ERROR(ParseOrigin(lines[0], service, trail));
  Checkpoint checkpoint;
  checkpoint.service = std::string(service);
  VSV_ASSIGN_OR_RETURN(checkpoint.head, ParseHead(trail, lines[1], lines[2]));
  absl::string_view number = lines[3];
  absl::string_view time = lines[4];
  if (!absl::ConsumePrefix(&number, "number ") || !absl::SimpleAtoi(number, &checkpoint.number) ||
      checkpoint.number < 1) {
    return Malformed("its fourth line is no number");
  }
  std::string why;
  if (!absl::ConsumePrefix(&time, "time ") ||
      !absl::ParseTime(absl::RFC3339_full, time, &checkpoint.time, &why)) {
    return Malformed("its fifth line is no time");
  }
  if (lines.size() == 6) {
    const std::vector<absl::string_view> words = absl::StrSplit(lines[5], ' ');
    if (words.size() != 4 || words[0] != "restored-after") {
      return Malformed("its sixth line does not say after what it was restored");
    }
    VSV_ASSIGN_OR_RETURN(checkpoint.restored_after, ParseHead(words[1], words[2], words[3]));
  }
  // One text for one value.
  if (TextOf(checkpoint) != parsed.text) return Malformed("it is not in the one form");
  return checkpoint;
}

bool IsSignedBy(absl::string_view note, absl::Span<const std::string> public_keys) {
  const absl::StatusOr<Checkpoint> checkpoint = ParseCheckpoint(note);
  const absl::StatusOr<Note> parsed = ParseNote(note);
  if (!checkpoint.ok() || !parsed.ok()) return false;
  const std::string name = KeyName(checkpoint->service);
  for (absl::string_view line : parsed->signatures) {
    std::string signature;
    if (!absl::ConsumePrefix(&line, absl::StrCat(kDash, name, " ")) ||
        !absl::Base64Unescape(line, &signature) || signature.size() < kKeyIdBytes) {
      continue;
    }
    for (const std::string& key : public_keys) {
      if (absl::StartsWith(signature, KeyId(name, key)) &&
          base::Ed25519Verifies(key, parsed->text,
                                absl::string_view(signature).substr(kKeyIdBytes))) {
        return true;
      }
    }
  }
  return false;
}

std::vector<absl::string_view> SplitNotes(absl::string_view text) {
  std::vector<absl::string_view> notes;
  while (true) {
    const size_t middle = text.find("\n\n");
    if (middle == absl::string_view::npos) return notes;
    const size_t end = text.find("\n\n", middle + 2);
    if (end == absl::string_view::npos) return notes;
    notes.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 2);
  }
}

}  // namespace vsv::audit
