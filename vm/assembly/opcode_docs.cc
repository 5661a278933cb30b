#include "vm/assembly/opcode_docs.h"

#include <string_view>

#include "vm/program/load_error.h"
#include "vm/program/opcode.h"

namespace verdict {
namespace {

std::string describe_kinds(KindSet kinds) {
  if (kinds == KindSet::all()) return "attribute";
  std::string text;
  for (const KindRow& row : kKinds) {
    if (kinds.contains(row.kind)) text += (text.empty() ? "" : " or ") + std::string(row.spelling);
  }
  return text + " attribute";
}

std::string describe_constant(ConstantType type) {
  const std::string shape =
      type.shape == Shape::One ? "" : std::string(spelling_of(type.shape)) + " ";
  return std::string(spelling_of(type.kind)) + " " + shape + "constant";
}

std::string describe(const Operand& operand) {
  switch (operand.kind) {
    case OperandKind::None:
      return "0";
    case OperandKind::Register:
      return "register";
    case OperandKind::Attribute:
      return describe_kinds(operand.attribute_kinds);
    case OperandKind::String:
      return "string";
    case OperandKind::Constant:
      return describe_constant(operand.constant);
    case OperandKind::Boolean:
      return "0 or 1";
    case OperandKind::Effect:
      return "0 (Deny) or 1 (Allow)";
    case OperandKind::AllowRule:
      return "Allow rule";
    case OperandKind::DenyRule:
      return "Deny rule";
    case OperandKind::Policy:
      return "policy";
    case OperandKind::Function:
      return "function of a policy";
    case OperandKind::Target:
      return "instruction further on";
  }
  return {};
}

std::string_view describe(Flow flow) {
  switch (flow) {
    case Flow::Next:
      return "goes on";
    case Flow::Jump:
      return "jumps";
    case Flow::Either:
      return "goes on or leaves";
    case Flow::End:
      return "leaves";
  }
  return {};
}

std::string_view describe(RegisterAccess access) {
  switch (access) {
    case RegisterAccess::Unused:
      return "";
    case RegisterAccess::Reads:
      return "reads r";
    case RegisterAccess::Writes:
      return "writes r";
    case RegisterAccess::Updates:
      return "reads and writes r";
  }
  return {};
}

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string cells(std::initializer_list<std::string> texts) {
  std::string line = "|";
  for (const std::string& text : texts) line += " " + text + " |";
  return line + "\n";
}

std::string describe_steering() {
  std::string text =
      cells({"number", "mnemonic", "r", "a", "b", "t", "flow", "register", "effect"}) +
      "|---|---|---|---|---|---|---|---|---|\n";
  for (const OpcodeRow& row : kOpcodeRows) {
    if (row.is_test) continue;
    text +=
        cells({std::to_string(static_cast<unsigned>(row.op)), code(row.mnemonic), describe(row.r),
               describe(row.a), describe(row.b), describe(row.t), std::string(describe(row.flow)),
               std::string(describe(row.access)), std::string(row.effect)});
  }
  return text;
}

std::string describe_tests() {
  std::string text = cells({"numbers", "mnemonic", "a", "b", "f"}) + "|---|---|---|---|---|\n";
  for (const OpcodeRow& row : kOpcodeRows) {
    if (!row.is_test) continue;
    const auto first = static_cast<unsigned>(row.op);
    text += cells({std::to_string(first) + " to " + std::to_string(first + kNumJumpModes - 1U),
                   code(row.mnemonic), describe(row.a), describe(row.b), std::string(row.effect)});
  }
  return text;
}

std::string describe_general() {
  std::string text = cells({"number", "function", "of", "operand"}) + "|---|---|---|---|\n";
  for (const FunctionRow& row : kFunctions) {
    const auto first = static_cast<unsigned>(general_op(row.function, OperandForm::Constant));
    const bool has_constant = row.operand != OperandShape::None;
    text += cells({std::to_string(first), code(row.spelling), describe_kinds(row.reads),
                   has_constant ? describe_constant(constant_operand(row)) : "none"});
    if (variable_operand(row).empty()) continue;
    text += cells({std::to_string(first + 1), code(row.spelling), describe_kinds(row.reads),
                   describe_kinds(variable_operand(row))});
  }
  return text;
}

constexpr std::string_view kModes =
    "| bits of r | what they say |\n|---|---|\n"
    "| 0-1 | the jump: 0 `.t`, 1 `.tu`, 2 `.f`, 3 `.fu` |\n"
    "| 2 | 0 |\n"
    "| 3-4 | f where the attribute is null: 0 unknown, 1 true, 2 false |\n"
    "| 5-6 | the quantifier: 0 none, 1 any, 2 all |\n"
    "| 7 | what is asked of each element is negated |\n";

std::string describe_modes() {
  return cells({"offset", "suffix", "f true", "f false", "f unknown"}) + "|---|---|---|---|---|\n" +
         cells({"0", code(kJumpSuffixes[0]), "jumps", "goes on", "goes on"}) +
         cells({"1", code(kJumpSuffixes[1]), "jumps", "goes on", "jumps"}) +
         cells({"2", code(kJumpSuffixes[2]), "goes on", "jumps", "goes on"}) +
         cells({"3", code(kJumpSuffixes[3]), "goes on", "jumps", "jumps"});
}

constexpr std::string_view kPrinted =
    "Printed from a table; a test compares. `VERDICT_UPDATE_GOLDEN=1 ctest -R coverage` writes it "
    "anew.\n\n";

}  // namespace

std::string describe_opcodes_markdown() {
  return "# Instructions\n\n" + std::string(kPrinted) +
         "The table is `vm/program/opcodes.def`; `docs/bytecode.md` says how an instruction is "
         "laid out and what the\n"
         "loader proves about it.\n\n"
         "## Steering\n\n" +
         describe_steering() +
         "\n## Tests\n\nA test compares and branches. `f` is unknown where an operand is null or "
         "invalid; `is_null` is\n"
         "unknown only where the attribute is invalid. Each test is four opcodes:\n\n" +
         describe_modes() +
         "\nAll of them have 0 in r, and in t the instruction further on that they jump to.\n\n" +
         describe_tests() +
         "\n## General tests\n\nEvery function has opcodes of its own, which ask it in every mode: "
         "with a quantifier, with a chosen truth\nof null. r is the mode:\n\n" +
         std::string(kModes) +
         "\na is the attribute, b the operand, t the instruction further on that it jumps to. With "
         "a "
         "quantifier, a is a list\nof what the function reads, and f is asked of its elements; of "
         "no elements both are false. `is_null` has 1 in bits 3-4.\n`policyc` takes a test from "
         "above "
         "where there is one and the mode is plain.\n\n" +
         describe_general();
}

std::string describe_load_errors_markdown() {
  std::string text = "# Why a program file is refused\n\n" + std::string(kPrinted) +
                     "The table is `vm/program/load_errors.def`; `docs/bytecode.md` says what is "
                     "checked, in order.\n\n" +
                     cells({"code", "meaning"}) + "|---|---|\n";
  for (const LoadErrorRow& row : kLoadErrors)
    text += cells({std::string(row.number), std::string(row.meaning)});
  return text;
}

}  // namespace verdict
