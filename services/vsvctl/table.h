// Text tables: columns as wide as their widest cell.
#pragma once

#include "google/protobuf/message.h"

#include <string>
#include <vector>

namespace vsv::vsvctl {

class Table {
 public:
  explicit Table(std::vector<std::string> headers) : headers_(std::move(headers)) {}

  // As many cells as there are headers; missing ones are empty.
  void Add(std::vector<std::string> cells);

  bool empty() const { return rows_.empty(); }

  // Header line and rows, each ended by a line feed, without trailing space.
  std::string Render() const;

 private:
  std::vector<std::string> headers_;
  std::vector<std::vector<std::string>> rows_;
};

// A column of a table of messages: its header, and the path of a field, e.g. "validity.start_date".
struct Column {
  std::string header;
  std::string path;
};

// One row per message.
Table TableOf(const std::vector<const google::protobuf::Message*>& messages,
              const std::vector<Column>& columns);

// The field at `path` in words: enum values without the prefix of their type, dates as 2024-04-01,
// lists joined by commas; "" for what is not set or not there.
std::string Cell(const google::protobuf::Message& message, const std::string& path);

}  // namespace vsv::vsvctl
