// The assembler's state: the tables so far, the names in them, and the block that the current line
// belongs to.
//
// Split over assemble.cc (directives, strings, numbers, the end), assemble_tables.cc (constants and
// the rows of fields.def), assemble_rules.cc and assemble_code.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vm/assembly/assemble.h"
#include "vm/assembly/assembly_reader.h"
#include "vm/assembly/assembly_text.h"
#include "vm/assembly/fields.h"
#include "vm/program/builder.h"
#include "vm/program/opcode.h"

namespace verdict {

class Assembler {
 public:
  explicit Assembler(std::string_view text) : reader_(text) {}
  Expected<std::vector<std::byte>, AssembleError> run();

 private:
  using LineReader = void (Assembler::*)();
  struct Directive {
    std::string_view name;
    LineReader head;  // reads what stands behind the directive
    LineReader line;  // reads each further line; nullptr: there are none
  };
  static std::vector<Directive> make_directives();

  // assemble.cc
  void read_line();
  void read_directive();
  void leave_block();
  void read_nothing();
  void read_program();
  void read_string();
  template <Section kSection>
  void read_numbers();
  std::vector<std::byte> finish();
  // `#n` at the beginning of a row says which row it is.
  void read_label(std::size_t row);
  std::uint32_t intern(const std::string& text);
  std::uint32_t add_string(const std::string& text);

  // assemble_tables.cc
  void read_constant();
  void read_raw_constant();
  ConstantType read_constant_type();
  ConstantRecord read_scalar(Kind kind);
  void encode(const Scalar& scalar, ConstantRecord& constant);
  void read_elements(ConstantType type);
  void read_zone();
  void add_words(ConstantType type, std::span<const std::uint32_t> words);
  void add_constant(const ConstantRecord& constant);
  std::uint32_t find_or_add_constant(const ConstantRecord& constant);
  template <Section kSection>
  void read_row();
  void read_record(Section section, U8* record);
  void read_keyed_field(Section section, U8* record);
  bool read_flag(Section section, U8* record);
  void read_value(const FieldRow& field, U8* record);
  void read_range(const FieldRow& field, U8* record);
  std::uint64_t read_reference(const FieldRow& field, const U8* record);
  std::uint64_t read_dependent(const FieldRow& field, const U8* record);
  std::uint32_t read_text(std::string_view what, bool may_be_bare);
  std::uint32_t read_constant_reference();
  std::uint32_t read_named(const FirstRows& rows, std::string_view what, std::uint64_t max = kNone);
  std::uint32_t read_function_reference();
  std::uint32_t read_setting();

  // assemble_rules.cc
  void begin_rule();
  void end_rule();
  void read_condition();
  void read_test(ConditionRecord& node);
  void read_test_operand(ConditionRecord& node);
  [[nodiscard]] Function overload_of(const FunctionRow& row, std::uint32_t attribute) const;
  std::size_t read_choice(std::string_view key, std::span<const std::string_view> names);
  void close_group();
  void read_location(std::vector<LocationRecord>& locations);

  // assemble_code.cc
  void begin_function();
  void end_function();
  void read_instruction();
  void read_raw(Instruction& instruction);
  void define_label();
  static std::unordered_map<std::string, U8> make_opcodes();
  U8 read_opcode();
  void read_operands(const OpcodeRow& row, Instruction& instruction);
  void read_general(JumpMode jump, Instruction& instruction);
  std::uint32_t read_operand(const Operand& operand, std::uint64_t max);
  std::uint32_t read_register();
  std::uint32_t read_rule_reference();
  std::uint32_t read_target();
  void read_code_map();

  struct LabelUse {
    std::string label;
    AssembleError place;
    std::size_t pc;
  };
  struct OpenGroup {
    std::uint32_t node;
    bool has_end;  // it says itself where it ends
  };

  AssemblyReader reader_;
  std::vector<Directive> directives_ = make_directives();
  LineReader line_reader_ = nullptr;  // of the block
  ProgramTables tables_;
  AssemblySymbols symbols_;
  std::unordered_map<std::string, std::uint32_t> string_ids_;

  std::vector<LocationRecord> rule_locations_;
  std::vector<LocationRecord> condition_locations_;
  std::uint32_t location_file_ = kNone;
  bool in_rule_ = false;
  bool has_range_ = false;  // of the last record: it says itself what belongs to it
  bool has_rule_range_ = false;
  std::vector<OpenGroup> open_groups_;

  bool in_function_ = false;
  bool has_function_range_ = false;
  std::uint32_t function_begin_ = 0;
  bool has_code_map_ = false;
  std::unordered_map<std::string, U8> opcodes_ = make_opcodes();
  std::unordered_map<std::string, std::uint32_t> labels_;  // of the function
  std::vector<LabelUse> label_uses_;
};

}  // namespace verdict
