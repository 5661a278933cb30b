// The listing as a whole: its head, the writer, and the order of the parts.
#include "vm/assembly/disassemble.h"

#include <string>

#include "vm/assembly/listing.h"
#include "vm/verify/work.h"

namespace verdict {
namespace {

constexpr std::size_t kCommentColumn = 64;

// What belongs to no section, and the sections that are there for the machine only.
void list_head(const Listing& listing) {
  const FileHeader& header = listing.view.header;
  listing.writer.line("", "Verdict program, format " + std::to_string(header.major) + "." +
                              std::to_string(header.minor) + ", language " +
                              std::to_string(header.language) + ", " +
                              std::to_string(header.total_bytes) + " bytes, longest path " +
                              std::to_string(listing.program.longest_path()) + " instructions");
  listing.writer.line("", "at most " + describe(listing.program.work()));
  std::string line = ".program registers " + std::to_string(header.num_registers);
  if (!listing.view.CodeMap.empty()) line += " code_map";
  listing.writer.line(line);
}

}  // namespace

void ListingWriter::line(std::string_view text, std::string_view comment) {
  text_ += text.substr(0, text.find_last_not_of(' ') + 1);
  if (comments_ && !comment.empty()) {
    if (!text.empty())
      text_.append(text.size() < kCommentColumn ? kCommentColumn - text.size() : 1, ' ');
    text_ += "; ";
    text_ += comment;
  } else if (!comment.empty() && text.empty()) {
    return;
  }
  text_ += '\n';
}

std::string Listing::row_label(std::size_t row) {
  std::string label = "  #" + std::to_string(row);
  label.resize(label.size() < 8 ? 8 : label.size() + 1, ' ');
  return label;
}

std::string disassemble(const Program& program, const DisassembleOptions& options) {
  const ProgramView& view = program.view();
  const ListingNames names(view);
  ListingWriter writer(options.comments);
  const Listing listing{program, view, names, writer};
  list_head(listing);
  list_strings(listing);
  list_constants(listing);
  list_tables(listing);
  list_rules(listing);
  list_functions(listing);
  return std::move(writer).finish();
}

}  // namespace verdict
