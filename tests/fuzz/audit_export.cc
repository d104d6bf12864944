// An exported audit trail, whose maker is not trusted: lists of checkpoints, its head, its rows.
#include "libs/audit/checkpoint.h"
#include "libs/audit/checkpoint_chain.h"
#include "libs/audit/leaf.h"
#include "libs/audit/trail_export.h"
#include "tests/fuzz/property.h"

#include <cstdint>

using vsv::fuzz::Demand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text = vsv::fuzz::Text(data, size);
  for (const absl::string_view note : vsv::audit::SplitNotes(text)) {
    if (!vsv::audit::ParseCheckpoint(note).ok()) {
      Demand(!vsv::audit::IsSignedBy(note, {std::string(32, 'k')}), "no form, no signature");
    }
  }
  const std::string nobody(32, '\0');
  vsv::audit::Report report;
  Demand(vsv::audit::CheckDatabaseChain(text, "dossiers", {nobody}, report).standing.empty(),
         "nothing stands that nobody signed");
  Demand(vsv::audit::CheckKeptChain(text, "dossiers", {nobody}, report).standing.empty(),
         "nothing stands outside that nobody signed");
  if (const auto head = vsv::audit::ParseExportHead(text); head.ok()) {
    Demand(vsv::audit::ParseSnapshot(head->sealed.Text()).ok(), "a snapshot reads back");
  }
  if (const auto row = vsv::audit::ParseExportedRow(text); row.ok()) {
    Demand(row->leaf.has_value() || row->entry.has_value(), "a leaf or an entry");
    if (row->entry.has_value()) {
      Demand(row->entry->columns.size() == vsv::audit::kEntryColumns.size(), "every column");
      Demand(vsv::audit::EntryDigest(row->entry->columns).size() == 32, "a digest");
    }
  }
  return 0;
}
