// The parts of a listing, in the order in which they stand in it. Each appends lines and knows
// nothing of the others.
#pragma once

#include <string>
#include <string_view>

#include "vm/assembly/disassemble.h"
#include "vm/assembly/listing_names.h"
#include "vm/program/program.h"

namespace verdict {

// Where the lines of a listing go, with comments in a column of their own.
class ListingWriter {
 public:
  explicit ListingWriter(bool comments) : comments_(comments) {}

  void line(std::string_view text, std::string_view comment = {});
  [[nodiscard]] std::string finish() && { return std::move(text_); }

 private:
  std::string text_;
  bool comments_;
};

struct Listing {
  const Program& program;
  const ProgramView& view;
  const ListingNames& names;
  ListingWriter& writer;

  // The fields of one record (fields.def) behind `line`, but for `skip`, the key of one that is
  // computed.
  void append_fields(std::string& line, Section section, const U8* record,
                     std::string_view skip = {}) const;
  // "  #12   ", for the beginning of a row.
  [[nodiscard]] static std::string row_label(std::size_t row);
};

void list_strings(const Listing& listing);
void list_constants(const Listing& listing);
// The sections that fields.def describes row by row.
void list_tables(const Listing& listing);
void list_rules(const Listing& listing);
void list_functions(const Listing& listing);

}  // namespace verdict
