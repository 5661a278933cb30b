// The assembler as a whole: directives and blocks, the pool of strings, and the end.
#include "vm/assembly/assemble.h"

#include <algorithm>
#include <utility>

#include "vm/assembly/assembler.h"

namespace verdict {

std::vector<Assembler::Directive> Assembler::make_directives() {
  const auto head = &Assembler::read_nothing;
  return {
      {".program", &Assembler::read_program, nullptr},
      {".strings", head, &Assembler::read_string},
      {".string_index", head, &Assembler::read_numbers<Section::StringIndex>},
      {".words", head, &Assembler::read_numbers<Section::Words>},
      {".index", head, &Assembler::read_numbers<Section::Index>},
      {".constants", head, &Assembler::read_constant},
      {".attributes", head, &Assembler::read_row<Section::Attributes>},
      {".path_steps", head, &Assembler::read_row<Section::PathSteps>},
      {".transforms", head, &Assembler::read_row<Section::Transforms>},
      {".mappings", head, &Assembler::read_row<Section::Mappings>},
      {".settings", head, &Assembler::read_row<Section::Settings>},
      {".providers", head, &Assembler::read_row<Section::Providers>},
      {".policies", head, &Assembler::read_row<Section::Policies>},
      {".resources", head, &Assembler::read_row<Section::Resources>},
      {".routes", head, &Assembler::read_row<Section::Routes>},
      {".permissions", head, &Assembler::read_row<Section::Permissions>},
      {".rule", &Assembler::begin_rule, &Assembler::read_condition},
      {".function", &Assembler::begin_function, &Assembler::read_instruction},
  };
}

Expected<std::vector<std::byte>, AssembleError> Assembler::run() {
  while (reader_.next_line()) read_line();
  leave_block();
  if (reader_.failed()) return Unexpected(*reader_.error());
  return finish();
}

void Assembler::read_line() {
  const Token& first = reader_.peek();
  if (first.kind == TokenKind::Word && first.text.front() == '.') {
    read_directive();
  } else if (line_reader_ == nullptr) {
    reader_.fail_expected(first, "a directive such as `.program`");
  } else {
    (this->*line_reader_)();
  }
  reader_.expect_line_end();
}

void Assembler::read_directive() {
  leave_block();
  std::vector<std::string_view> names;
  for (const Directive& directive : directives_) names.push_back(directive.name);
  const std::size_t which = reader_.expect_word(names, "a directive");
  if (reader_.failed()) return;
  line_reader_ = directives_[which].line;
  (this->*directives_[which].head)();
}

void Assembler::leave_block() {
  if (in_rule_) end_rule();
  if (in_function_) end_function();
}

void Assembler::read_nothing() {}

void Assembler::read_program() {
  while (reader_.peek().kind != TokenKind::End) {
    if (reader_.accept_word("code_map")) {
      has_code_map_ = true;
    } else if (reader_.accept_word("registers")) {
      tables_.num_registers = static_cast<std::uint32_t>(reader_.expect_number(kNone));
    } else {
      reader_.fail_expected(reader_.peek(), "`registers` or `code_map`");
    }
  }
}

void Assembler::read_label(std::size_t row) {
  if (reader_.peek().kind != TokenKind::Row) return;
  const Token label = reader_.take();
  if (label.row != row) reader_.fail(label, "this is row #" + std::to_string(row));
}

void Assembler::read_string() {
  read_label(tables_.StringOffsets.size());
  const Token text = reader_.take();
  if (text.kind != TokenKind::String) return reader_.fail_expected(text, "a string");
  add_string(text.text);
}

std::uint32_t Assembler::add_string(const std::string& text) {
  const auto id = static_cast<std::uint32_t>(tables_.StringOffsets.size());
  tables_.StringBytes.insert(tables_.StringBytes.end(), text.begin(), text.end());
  tables_.StringOffsets.push_back(static_cast<std::uint32_t>(tables_.StringBytes.size()));
  string_ids_.try_emplace(text, id);
  return id;
}

std::uint32_t Assembler::intern(const std::string& text) {
  const auto found = string_ids_.find(text);
  return found == string_ids_.end() ? add_string(text) : found->second;
}

template <Section kSection>
void Assembler::read_numbers() {
  std::vector<U32>* numbers = &tables_.Words;
  if (kSection == Section::StringIndex) numbers = &tables_.StringIndex;
  if (kSection == Section::Index) numbers = &tables_.Index;
  while (reader_.peek().kind != TokenKind::End) {
    numbers->push_back(static_cast<std::uint32_t>(reader_.expect_number(kNone)));
  }
}

// Until here StringOffsets has held where each string ends.
std::vector<std::byte> Assembler::finish() {
  tables_.StringOffsets.insert(tables_.StringOffsets.begin(), U32(0));
  if (tables_.StringIndex.empty()) {
    tables_.StringIndex = make_string_index(tables_.StringOffsets, tables_.StringBytes);
  }
  tables_.Locations = std::move(rule_locations_);
  tables_.Locations.insert(tables_.Locations.end(), condition_locations_.begin(),
                           condition_locations_.end());
  if (has_code_map_) tables_.CodeMap.resize(tables_.Code.size(), U32(kNone));
  return save(tables_);
}

Expected<std::vector<std::byte>, AssembleError> assemble(std::string_view text) {
  return Assembler(text).run();
}

}  // namespace verdict
