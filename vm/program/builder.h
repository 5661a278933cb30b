// Makes the bytes of a program. One writer, not thread-safe; knows the format, not what is a
// sensible policy.
//
// What finish() returns still has to pass Program::load(): the builder proves nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vm/program/layout.h"
#include "vm/program/opcode.h"
#include "vm/program/slot.h"
#include "vm/value/number.h"

namespace verdict {

// The sections as they will be written. Strings and what is derived from them belong to the
// builder.
struct ProgramTables {
  std::uint32_t num_registers = 0;
#define VERDICT_SECTION(number, name, record, spelling) std::vector<record> name;
#include "vm/program/sections.def"
};

// Sections in order, aligned, with header and checksum. Does not look at what the records hold.
std::vector<std::byte> save(const ProgramTables& tables);

// Writes the checksum that belongs to `bytes` into its header. For the assembler's and the tests'
// patched files.
void seal(std::span<std::byte> bytes);

// The table behind ProgramView::find_string: open addressing, at most half full, linear probing
// from the low bits of the text's hash. Sections StringOffsets and StringBytes must be complete.
std::vector<U32> make_string_index(std::span<const U32> offsets, std::span<const U8> bytes);

class ProgramBuilder {
 public:
  ProgramTables tables;

  // Same text, same id; ids count up in the order of first use.
  StringId intern(std::string_view text);

  // Equal constants share one record.
  ConstantId add_boolean(bool value);
  ConstantId add_number(const Number& value);
  ConstantId add_string(std::string_view text);
  ConstantId add_timestamp(std::int64_t microseconds);
  ConstantId add_ip(const IpValue& ip);
  ConstantId add_string_list(std::span<const std::string> texts);
  ConstantId add_string_set(std::span<const std::string> texts);
  ConstantId add_number_list(std::span<const Number> numbers);
  ConstantId add_number_set(std::span<const Number> numbers);
  ConstantId add_number_range(const Number& low, const Number& high);

  std::vector<std::byte> finish() &&;

 private:
  ConstantId add_constant(ConstantKind kind, std::uint32_t count, std::uint64_t payload);
  ConstantId add_words(ConstantKind kind, std::span<const std::uint32_t> words);
  std::vector<std::uint32_t> intern_all(std::span<const std::string> texts);
  std::vector<std::uint32_t> add_all(std::span<const Number> numbers);

  std::vector<std::string> strings_;
  std::unordered_map<std::string, std::uint32_t> string_ids_;
  std::unordered_map<std::string, std::uint32_t>
      constant_ids_;  // by the record's and its words' bytes
};

}  // namespace verdict
