#include "libs/audit/trail_export.h"

#include "libs/audit/leaf.h"
#include "libs/audit/testing_audit.h"
#include "libs/audit/verify.h"
#include "libs/testing/status_matchers.h"

#include "absl/strings/str_join.h"
#include "gtest/gtest.h"

namespace vsv::audit {
namespace {

using vsv::testing::StatusIs;

constexpr char kHead[] =
    "format=1\nservice=dossiers\nexported_at=1780000000123456\nsealed=10:20:10,14\n";

std::vector<std::string> Fields() {
  std::vector<std::string> fields = {"7", std::string(128, 'a'), "018f"};
  for (size_t i = 0; i < kEntryColumns.size(); ++i) fields.push_back(absl::StrCat("column", i));
  fields.push_back("0a0b,0c");
  return fields;
}

std::string Line(const std::vector<std::string>& fields) {
  return absl::StrJoin(fields, "\t");
}

TEST(TrailExport, ReadsWhatCopyWrites) {
  std::vector<std::string> fields = Fields();
  fields[6] = "tab\\t line\\n back\\\\slash";
  fields[10] = "\\N";
  VSV_ASSERT_OK_AND_ASSIGN(const ExportedRow row, ParseExportedRow(Line(fields)));
  EXPECT_EQ(row.leaf->index, 7);
  EXPECT_EQ(row.leaf->entry_digest, std::string(32, '\xaa'));
  EXPECT_EQ(row.entry->Column("method"), "tab\t line\n back\\slash");
  EXPECT_EQ(row.entry->columns[7], std::nullopt);
  EXPECT_EQ(row.entry->subjects, (std::vector<std::string>{"\x0a\x0b", "\x0c"}));
}

TEST(TrailExport, ReadsALeafWithoutItsEntryAndAnEntryWithoutALeaf) {
  std::vector<std::string> leaf = Fields();
  std::fill(leaf.begin() + 3, leaf.end() - 1, "\\N");
  leaf.back() = "";
  EXPECT_FALSE(ParseExportedRow(Line(leaf))->entry.has_value());
  std::vector<std::string> entry = Fields();
  std::fill(entry.begin(), entry.begin() + 3, "\\N");
  EXPECT_FALSE(ParseExportedRow(Line(entry))->leaf.has_value());
}

TEST(TrailExport, RefusesEverythingElse) {
  for (const auto& [place, value] : std::vector<std::pair<size_t, std::string>>{{0, "-1"},
                                                                                {0, "x"},
                                                                                {1, "aa"},
                                                                                {1, "\\N"},
                                                                                {2, "\\N"},
                                                                                {5, "\\x"},
                                                                                {5, "\\"},
                                                                                {17, "0g"},
                                                                                {17, "0a,,0b"}}) {
    std::vector<std::string> fields = Fields();
    fields[place] = value;
    EXPECT_THAT(ParseExportedRow(Line(fields)), StatusIs(absl::StatusCode::kInvalidArgument))
        << place << value;
  }
  EXPECT_FALSE(ParseExportedRow("").ok());
  EXPECT_FALSE(ParseExportedRow(Line(std::vector<std::string>(18, "\\N"))).ok());
}

TEST(TrailExport, SaysWhatItIs) {
  VSV_ASSERT_OK_AND_ASSIGN(const ExportHead head, ParseExportHead(kHead));
  EXPECT_EQ(head.service, "dossiers");
  EXPECT_EQ(head.exported_at, absl::FromUnixMicros(1'780'000'000'123'456));
  EXPECT_TRUE(head.sealed.HadEnded(11));
  for (const std::string text :
       {"", "format=2\nservice=a\nexported_at=1\nsealed=1:1:\n", "format=1\nservice=a\n",
        "format=1\nservice=a\nexported_at=x\nsealed=1:1:\n",
        "format=1\nservice=a\nexported_at=1\nsealed=1\n"}) {
    EXPECT_FALSE(ParseExportHead(text).ok()) << text;
  }
}

TEST(TrailExport, NamesTheFileAndLineThatItCannotRead) {
  const Directory directory;
  const VerifyOptions options{.directory = directory.path(),
                              .public_keys = {TestKey().public_key()}};
  const auto why = [&] { return std::string(VerifyTrail(options).status().message()); };
  EXPECT_THAT(why(), ::testing::HasSubstr("/trail: No such file"));
  directory.Write("trail", kHead);
  EXPECT_THAT(why(), ::testing::HasSubstr("/checkpoints: No such file"));
  directory.Write("checkpoints", "");
  EXPECT_THAT(why(), ::testing::HasSubstr("/leaves: No such file"));
  directory.Write("leaves", "");
  EXPECT_EQ(why(), "");
  directory.Write("leaves", Line(Fields()) + "\nx\n");
  EXPECT_THAT(why(), ::testing::HasSubstr("/leaves:2: not 18 columns"));
}

}  // namespace
}  // namespace vsv::audit
