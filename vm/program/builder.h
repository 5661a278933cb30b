// Makes the bytes of a program. One writer, not thread-safe; knows the format, not what is a
// sensible policy.
//
// What finish() returns still has to pass Program::load(): the builder proves nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vm/program/layout.h"
#include "vm/program/opcode.h"
#include "vm/value/scalar.h"

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

// A value that is no text, as a constant's record holds it.
struct EncodedScalar {
  U8 flags = 0;
  std::uint64_t payload = 0;
  std::vector<std::uint32_t> words;  // of an address, in place of the payload
};
EncodedScalar encode_scalar(const Scalar& scalar);

class ProgramBuilder {
 public:
  ProgramTables tables;

  // Same text, same id; ids count up in the order of first use.
  StringId intern(std::string_view text);

  // Equal constants share one record. `value` is held as the kind says.
  ConstantId add(Kind kind, const Scalar& value);
  // A constant of several values. A Set is sorted here, and each value kept once.
  ConstantId add(Kind kind, Shape shape, std::span<const Scalar> values);
  // The same for local values, in that time zone.
  ConstantId add_local(ConstantType type, std::span<const Scalar> values, ConstantId zone);
  // `release` is that of its data, none for what is built in; `rules` what time_zone.h encodes.
  ConstantId add_zone(std::string_view name, const std::optional<std::string>& release,
                      std::span<const std::uint32_t> rules);

  std::vector<std::byte> finish() &&;

 private:
  ConstantId add_record(const ConstantRecord& record);
  ConstantId add_words(ConstantType type, std::span<const std::uint32_t> words);
  std::uint32_t add_element(Kind kind, const Scalar& value);
  std::vector<std::uint32_t> words_of_values(ConstantType type, std::span<const Scalar> values);

  std::vector<std::string> strings_;
  std::unordered_map<std::string, std::uint32_t> string_ids_;
  std::unordered_map<std::string, std::uint32_t>
      constant_ids_;  // by the record's and its words' bytes
};

}  // namespace verdict
