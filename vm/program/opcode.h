// The rows of opcodes.def.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "vm/value/kind.h"

namespace verdict {

// When a test jumps. The order is that of the four opcodes of a test row.
enum class JumpMode : std::uint8_t { True, TrueOrUnknown, False, FalseOrUnknown };
inline constexpr std::uint8_t kNumJumpModes = 4;
inline constexpr std::array<std::string_view, kNumJumpModes> kJumpSuffixes = {".t", ".tu", ".f",
                                                                              ".fu"};

enum class Op : std::uint8_t {
#define VERDICT_OPCODE(name, mnemonic, r, a, b, t, flow, access, effect) name,
#define VERDICT_TEST(name, mnemonic, a, b, effect) name##T, name##TU, name##F, name##FU,
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
  {Op::name, false, mnemonic, r, a, b, t, Flow::flow, RegisterAccess::access, effect},
#define VERDICT_TEST(name, mnemonic, a, b, effect)                                            \
  {Op::name##T, true, mnemonic, none(), a, b, target(), Flow::Either, RegisterAccess::Unused, \
   effect},
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
static_assert(kNumOpcodes <= 256, "an opcode is one byte");

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
