// The rows of opcodes.def.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "vm/program/test_mode.h"
#include "vm/value/function.h"
#include "vm/value/kind.h"

namespace verdict {

inline constexpr std::array<std::string_view, kNumJumpModes> kJumpSuffixes = {".t", ".tu", ".f",
                                                                              ".fu"};

enum class Op : std::uint8_t {
#define VERDICT_OPCODE(name, mnemonic, r, a, b, t, flow, access, effect) name,
#define VERDICT_TEST(name, mnemonic, a, b, function, opposite, effect) \
  name##T, name##TU, name##F, name##FU,
#include "vm/program/opcodes.def"
};

// What one field of an instruction holds.
enum class OperandKind : std::uint8_t {
  None,
  Register,
  Attribute,
  String,
  Constant,
  Boolean,
  Effect,
  AllowRule,
  DenyRule,
  Policy,
  Function,
  Target
};

struct Operand {
  OperandKind kind = OperandKind::None;
  KindSet attribute_kinds;  // of an Attribute
  ConstantType constant;    // of a Constant
};

enum class Flow : std::uint8_t { Next, Jump, Either, End };
enum class RegisterAccess : std::uint8_t { Unused, Reads, Writes, Updates };

struct OpcodeRow {
  Op op;  // the first of the four, for a test
  bool is_test;
  std::string_view mnemonic;  // without the suffix of a test's jump mode
  Operand r, a, b, t;
  Flow flow;
  RegisterAccess access;  // to r; a register in a is read
  std::string_view effect;
  Function function;  // of a test: what it speeds up
  std::optional<Function> opposite;
};

namespace operands {
constexpr Operand of(OperandKind kind) { return {kind, {}, {}}; }
constexpr Operand none() { return of(OperandKind::None); }
constexpr Operand reg() { return of(OperandKind::Register); }
constexpr Operand string() { return of(OperandKind::String); }
constexpr Operand boolean() { return of(OperandKind::Boolean); }
constexpr Operand effect() { return of(OperandKind::Effect); }
constexpr Operand allow_rule() { return of(OperandKind::AllowRule); }
constexpr Operand deny_rule() { return of(OperandKind::DenyRule); }
constexpr Operand policy() { return of(OperandKind::Policy); }
constexpr Operand function() { return of(OperandKind::Function); }
constexpr Operand target() { return of(OperandKind::Target); }
constexpr Operand attribute(KindSet kinds) { return {OperandKind::Attribute, kinds, {}}; }
constexpr Operand constant(Kind kind, Shape shape) {
  return {OperandKind::Constant, {}, {kind, shape}};
}

inline constexpr auto kRows = std::to_array<OpcodeRow>({
#define VERDICT_OPCODE(name, mnemonic, r, a, b, t, flow, access, effect) \
  {Op::name, false, mnemonic, r, a, b, t, Flow::flow, RegisterAccess::access, effect, {}, {}},
#define VERDICT_TEST(name, mnemonic, a, b, function, opposite, effect) \
  {Op::name##T,                                                        \
   true,                                                               \
   mnemonic,                                                           \
   none(),                                                             \
   a,                                                                  \
   b,                                                                  \
   target(),                                                           \
   Flow::Either,                                                       \
   RegisterAccess::Unused,                                             \
   effect,                                                             \
   Function::function,                                                 \
   opposite},
#include "vm/program/opcodes.def"
});
}  // namespace operands

inline constexpr const auto& kOpcodeRows = operands::kRows;

constexpr std::size_t count_opcodes() {
  std::size_t count = 0;
  for (const OpcodeRow& row : kOpcodeRows) count += row.is_test ? kNumJumpModes : 1U;
  return count;
}
inline constexpr std::size_t kNumOpcodes = count_opcodes();

// Behind the rows of opcodes.def, each function has two opcodes that ask it in every mode
// (test_mode.h): one with a constant or without an operand, one with an attribute.
inline constexpr std::uint8_t kFirstGeneralOp = 128;
static_assert(kNumOpcodes <= kFirstGeneralOp);
constexpr bool is_general(std::uint8_t op) { return op >= kFirstGeneralOp; }
constexpr std::uint8_t general_op(Function function, OperandForm form) {
  return static_cast<std::uint8_t>(kFirstGeneralOp + 2 * (static_cast<unsigned>(function) - 1) +
                                   (form == OperandForm::Attribute ? 1U : 0U));
}
// The row of the function that a general opcode asks; nullptr where there is none.
constexpr const FunctionRow* find_asked(std::uint8_t op) {
  return find_function(static_cast<std::uint8_t>((op - kFirstGeneralOp) / 2 + 1));
}
constexpr OperandForm form_of_general(std::uint8_t op) {
  const FunctionRow* row = find_asked(op);
  if ((op & 1U) != 0) return OperandForm::Attribute;
  return row != nullptr && row->operand == OperandShape::None ? OperandForm::None
                                                              : OperandForm::Constant;
}
static_assert([] {
  for (const FunctionRow& row : kFunctions) {
    if (static_cast<unsigned>(row.function) > (256U - kFirstGeneralOp) / 2) return false;
  }
  return true;
}());

// Row of each opcode by its number.
inline constexpr auto kRowOfOpcode = [] {
  std::array<std::uint8_t, kNumOpcodes> table{};
  std::size_t op = 0;
  for (std::size_t row = 0; row < kOpcodeRows.size(); ++row) {
    const std::size_t width = kOpcodeRows[row].is_test ? kNumJumpModes : 1U;
    for (std::size_t i = 0; i < width; ++i) table[op++] = static_cast<std::uint8_t>(row);
  }
  return table;
}();

// The row of a known opcode (`op` < kNumOpcodes).
constexpr const OpcodeRow& get_opcode_row(Op op) {
  return kOpcodeRows[kRowOfOpcode[static_cast<std::size_t>(op)]];
}

constexpr JumpMode jump_mode_of(Op op) {
  return static_cast<JumpMode>(static_cast<unsigned>(op) -
                               static_cast<unsigned>(get_opcode_row(op).op));
}
// The opcode of a test row (named by its first opcode) that jumps in that mode.
constexpr Op with_mode(Op test, JumpMode mode) {
  return static_cast<Op>(static_cast<unsigned>(test) + static_cast<unsigned>(mode));
}

constexpr OperandForm form_of(const OpcodeRow& test) {
  if (test.b.kind == OperandKind::None) return OperandForm::None;
  return test.b.kind == OperandKind::Attribute ? OperandForm::Attribute : OperandForm::Constant;
}

// The row that asks a function, or its negation, in one of its four plain modes; nullptr where only
// the general opcode does.
constexpr const OpcodeRow* find_fast_test(Function function, OperandForm form) {
  for (const OpcodeRow& row : kOpcodeRows) {
    if (row.is_test && (row.function == function || row.opposite == function) &&
        form_of(row) == form)
      return &row;
  }
  return nullptr;
}

namespace opcode_checks {
constexpr bool numbers_match_rows() {
  for (std::size_t op = 0; op < kNumOpcodes; ++op) {
    const OpcodeRow& row = kOpcodeRows[kRowOfOpcode[op]];
    const std::size_t width = row.is_test ? kNumJumpModes : 1U;
    const auto first = static_cast<std::size_t>(row.op);
    if (op < first || op >= first + width) return false;
  }
  return true;
}
constexpr bool mnemonics_are_unique() {
  for (std::size_t i = 0; i < kOpcodeRows.size(); ++i) {
    for (std::size_t j = i + 1; j < kOpcodeRows.size(); ++j) {
      if (kOpcodeRows[i].mnemonic == kOpcodeRows[j].mnemonic) return false;
    }
  }
  return true;
}
constexpr bool jumps_have_targets() {
  for (const OpcodeRow& row : kOpcodeRows) {
    const bool has_target = row.t.kind == OperandKind::Target;
    if ((row.flow == Flow::Jump || row.is_test) != has_target) return false;
  }
  return true;
}
static_assert(numbers_match_rows());
static_assert(mnemonics_are_unique());
static_assert(jumps_have_targets());
}  // namespace opcode_checks

}  // namespace verdict
