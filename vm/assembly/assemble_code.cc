// Functions: instructions by mnemonic, operands as the rows of opcodes.def have them, labels.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <system_error>

#include "vm/assembly/assembler.h"

namespace verdict {
namespace {

constexpr std::uint64_t kMax8 = 0xFF;
constexpr std::uint64_t kMax16 = 0xFFFF;
constexpr std::uint64_t kMax32 = 0xFFFFFFFF;

// The spelling of every opcode, by its number.
std::vector<std::string> make_mnemonics() {
  std::vector<std::string> mnemonics;
  for (std::size_t op = 0; op < kNumOpcodes; ++op) {
    const OpcodeRow& row = get_opcode_row(static_cast<Op>(op));
    const auto mode = static_cast<std::size_t>(jump_mode_of(static_cast<Op>(op)));
    mnemonics.push_back(std::string(row.mnemonic) +
                        std::string(row.is_test ? kJumpSuffixes[mode] : ""));
  }
  return mnemonics;
}

// What a mode byte cannot say.
bool is_unaskable(const ConditionRecord& test) {
  return test.quantifier() == Quantifier::None ||
         (test.is_negated() && test.quantifier() == Quantifier::Absent);
}

}  // namespace

void Assembler::begin_function() {
  FunctionRecord record{};
  read_record(Section::Functions, reinterpret_cast<U8*>(&record));
  in_function_ = true;
  has_function_range_ = has_range_;
  function_begin_ = static_cast<std::uint32_t>(tables_.Code.size());
  if (!has_function_range_) record.first_pc = function_begin_;
  tables_.Functions.push_back(record);
}

void Assembler::end_function() {
  in_function_ = false;
  for (const LabelUse& use : label_uses_) {
    const auto found = labels_.find(use.label);
    if (found == labels_.end())
      return reader_.fail_at(use.place, "no label `" + use.label + "` in this function");
    tables_.Code[use.pc].t = found->second;
  }
  labels_.clear();
  label_uses_.clear();
  if (has_function_range_) return;
  tables_.Functions.back().num_instructions =
      static_cast<std::uint32_t>(tables_.Code.size()) - function_begin_;
}

void Assembler::read_instruction() {
  if (reader_.peek(1).is_mark(":")) return define_label();
  Instruction instruction{};
  const auto asks = std::find(kAskMnemonics.begin(), kAskMnemonics.end(), reader_.peek().text);
  if (reader_.accept_word("raw")) {
    read_raw(instruction);
  } else if (asks != kAskMnemonics.end()) {
    reader_.take();
    read_general(static_cast<JumpMode>(asks - kAskMnemonics.begin()), instruction);
  } else {
    instruction.op = read_opcode();
    if (!reader_.failed())
      read_operands(get_opcode_row(static_cast<Op>(instruction.op)), instruction);
  }
  tables_.Code.push_back(instruction);
  read_code_map();
}

// `ask` and a test as a rule has it, but that `on_null` says what null is before the jump, and that
// a twin stands only under a quantifier.
void Assembler::read_general(JumpMode jump, Instruction& instruction) {
  const Token place = reader_.peek();
  ConditionRecord test{};
  read_test(test);
  if (test.function == 0 || is_unaskable(test))
    return reader_.fail(place, "`ask` takes a twin with `quantifier any` or `all` only");
  const auto function = static_cast<Function>(test.function);
  TestMode mode = TestMode::make(test.on_null(), test.quantifier(), test.is_negated());
  if (function == Function::IsNull) mode = plain_mode(function);
  instruction.op = general_op(function, static_cast<OperandForm>(test.form));
  instruction.r = mode.with(jump).bits();
  instruction.a = static_cast<std::uint16_t>(test.attribute);
  instruction.b = test.operand;
  reader_.expect("->");
  instruction.t = read_target();
}

// op r a b t, as numbers.
void Assembler::read_raw(Instruction& instruction) {
  instruction.op = static_cast<U8>(reader_.expect_number(kMax8));
  instruction.r = static_cast<U8>(reader_.expect_number(kMax8));
  instruction.a = static_cast<std::uint16_t>(reader_.expect_number(kMax16));
  instruction.b = static_cast<std::uint32_t>(reader_.expect_number(kMax32));
  instruction.t = static_cast<std::uint32_t>(reader_.expect_number(kMax32));
}

void Assembler::define_label() {
  const Token label = reader_.take();
  reader_.expect(":");
  if (!is_identifier(label.text)) return reader_.fail_expected(label, "a label");
  const bool is_new =
      labels_.try_emplace(label.text, static_cast<std::uint32_t>(tables_.Code.size())).second;
  if (!is_new) reader_.fail(label, "a second label `" + label.text + "` in this function");
}

U8 Assembler::read_opcode() {
  const Token& token = reader_.peek();
  const auto found = token.kind == TokenKind::Word ? opcodes_.find(token.text) : opcodes_.end();
  if (found != opcodes_.end()) {
    reader_.take();
    return found->second;
  }
  const std::vector<std::string> mnemonics = make_mnemonics();
  reader_.expect_word(std::vector<std::string_view>(mnemonics.begin(), mnemonics.end()),
                      "an instruction");
  return 0;
}

std::unordered_map<std::string, U8> Assembler::make_opcodes() {
  std::unordered_map<std::string, U8> opcodes;
  for (const std::string& mnemonic : make_mnemonics())
    opcodes.emplace(mnemonic, static_cast<U8>(opcodes.size()));
  return opcodes;
}

void Assembler::read_operands(const OpcodeRow& row, Instruction& instruction) {
  bool is_first = true;
  const auto read = [&](const Operand& operand, std::uint64_t max) {
    if (operand.kind == OperandKind::None) return std::uint32_t{0};
    if (!is_first) reader_.expect(operand.kind == OperandKind::Target ? "->" : ",");
    is_first = false;
    return read_operand(operand, max);
  };
  instruction.r = static_cast<U8>(read(row.r, kMax8));
  instruction.a = static_cast<std::uint16_t>(read(row.a, kMax16));
  instruction.b = read(row.b, kMax32);
  instruction.t = read(row.t, kMax32);
}

std::uint32_t Assembler::read_operand(const Operand& operand, std::uint64_t max) {
  constexpr std::array<std::string_view, 2> kBooleans = {"false", "true"};
  if (reader_.peek().kind == TokenKind::Row)
    return static_cast<std::uint32_t>(reader_.expect_number(max));
  switch (operand.kind) {
    case OperandKind::None:
      return 0;
    case OperandKind::Register:
      return read_register();
    case OperandKind::Attribute:
      return read_named(symbols_.attributes, "the name of an attribute", max);
    case OperandKind::String:
      return read_text("a string", false);
    case OperandKind::Constant:
      return read_constant_reference();
    case OperandKind::Boolean:
      return static_cast<std::uint32_t>(reader_.expect_word(kBooleans, "`true` or `false`"));
    case OperandKind::Effect:
      return static_cast<std::uint32_t>(
          reader_.expect_word(field_names::kEffectNames, "`Allow` or `Deny`"));
    case OperandKind::AllowRule:
    case OperandKind::DenyRule:
      return read_rule_reference();
    case OperandKind::Policy:
      return read_named(symbols_.policies, "the name of a policy");
    case OperandKind::Function:
      return read_function_reference();
    case OperandKind::Target:
      return read_target();
  }
  return 0;
}

// r0 to r255
std::uint32_t Assembler::read_register() {
  const Token token = reader_.take();
  std::uint8_t number = 0;
  const char* end = token.text.data() + token.text.size();
  const bool is_register =
      token.kind == TokenKind::Word && token.text.size() > 1 && token.text.front() == 'r';
  const auto [last, error] =
      std::from_chars(token.text.data() + (is_register ? 1 : 0), end, number);
  if (!is_register || error != std::errc() || last != end) {
    reader_.fail_expected(token, "a register, `r0` to `r255`");
  }
  return number;
}

// The id of a rule of the policy that the function belongs to.
std::uint32_t Assembler::read_rule_reference() {
  const Token token = reader_.take();
  const auto id = string_ids_.find(token.text);
  const std::uint32_t policy = tables_.Functions.back().owner;
  const auto rule =
      id == string_ids_.end() ? std::nullopt : symbols_.rules.find({policy, id->second});
  if (token.kind != TokenKind::String || !rule)
    reader_.fail_expected(token, "the id of a rule of this policy");
  return rule.value_or(0);
}

std::uint32_t Assembler::read_target() {
  const AssembleError place = reader_.place_of(reader_.peek());
  const Token token = reader_.take();
  if (!is_identifier(token.text)) reader_.fail_expected(token, "a label");
  label_uses_.push_back({token.text, place, tables_.Code.size()});
  return 0;
}

// @condition, may be left out.
void Assembler::read_code_map() {
  if (!reader_.accept("@")) return;
  has_code_map_ = true;
  tables_.CodeMap.resize(tables_.Code.size(), U32(kNone));
  tables_.CodeMap.back() = static_cast<std::uint32_t>(reader_.expect_number(kNone));
}

}  // namespace verdict
