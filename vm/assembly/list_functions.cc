// The code of a listing, function by function. Walks the operands of opcodes.def; no opcode is
// special here.
#include <string>
#include <vector>

#include "vm/assembly/listing.h"
#include "vm/program/opcode.h"

namespace verdict {
namespace {

constexpr std::size_t kOperandColumn = 30;

std::string mnemonic_of(Op op) {
  const OpcodeRow& row = get_opcode_row(op);
  std::string text(row.mnemonic);
  if (row.is_test) text += kJumpSuffixes[static_cast<std::size_t>(jump_mode_of(op))];
  return text;
}

class FunctionLister {
 public:
  FunctionLister(const Listing& listing, std::uint32_t function)
      : listing_(listing),
        view_(listing.view),
        record_(view_.Functions[function]),
        labels_(record_.num_instructions, kNone) {
    for (std::uint32_t i = 0; i < record_.num_instructions; ++i)
      mark_target(view_.Code[record_.first_pc + i]);
    std::uint32_t next = 0;
    for (std::uint32_t& label : labels_) label = label == kNone ? kNone : next++;
  }

  void list(std::uint32_t function) {
    std::string line = ".function ";
    listing_.append_fields(line, Section::Functions, reinterpret_cast<const U8*>(&record_), "code");
    listing_.writer.line("");
    listing_.writer.line(line,
                         "#" + std::to_string(function) + describe_owner() + ", longest path " +
                             std::to_string(listing_.program.longest_path(FunctionId(function))));
    for (std::uint32_t i = 0; i < record_.num_instructions; ++i)
      list_instruction(record_.first_pc + i);
  }

 private:
  void mark_target(const Instruction& instruction) {
    const bool has_target =
        is_general(instruction.op) ||
        get_opcode_row(static_cast<Op>(instruction.op)).t.kind == OperandKind::Target;
    if (has_target) labels_[instruction.t - record_.first_pc] = 0;
  }
  std::string label_of(std::uint32_t pc) const {
    return "L" + std::to_string(labels_[pc - record_.first_pc]);
  }

  // A function of a route has no name: the actions say what it is for.
  std::string describe_owner() const {
    if (record_.kind != static_cast<U8>(FunctionKind::Route)) return {};
    std::string text = ", ";
    listing_.names.append_text(text, view_.Routes[record_.owner].action);
    return text;
  }

  void list_instruction(std::uint32_t pc) {
    if (labels_[pc - record_.first_pc] != kNone) listing_.writer.line(label_of(pc) + ":");
    const Instruction& instruction = view_.Code[pc];
    if (is_general(instruction.op)) return list_general(pc, instruction);
    const OpcodeRow& row = get_opcode_row(static_cast<Op>(instruction.op));
    std::string line = "  " + mnemonic_of(static_cast<Op>(instruction.op));
    line.resize(line.size() < kOperandColumn ? kOperandColumn : line.size() + 1, ' ');
    std::string_view separator;
    const auto append = [&](const Operand& operand, std::uint32_t value) {
      if (operand.kind == OperandKind::None) return;
      if (operand.kind == OperandKind::Target) separator = separator.empty() ? "" : " -> ";
      line += separator;
      separator = ", ";
      append_operand(line, operand, value);
    };
    append(row.r, instruction.r);
    append(row.a, instruction.a);
    append(row.b, instruction.b);
    append(row.t, instruction.t);
    append_condition(line, pc);
    const bool names_rule =
        row.b.kind == OperandKind::AllowRule || row.b.kind == OperandKind::DenyRule;
    list_line(line, find_location(pc, names_rule ? instruction.b.get() : kNone),
              row.b.kind == OperandKind::Constant ? instruction.b.get() : kNone);
  }

  // The test of a rule that an instruction asks, but for the jump.
  static ConditionRecord test_of(const Instruction& instruction) {
    const TestMode mode(instruction.r);
    const FunctionRow& row = *find_asked(instruction.op);
    const OnNull on_null = row.function == Function::IsNull ? OnNull::Unknown : mode.on_null();
    ConditionRecord test{};
    test.function = static_cast<U8>(row.function);
    test.form = static_cast<U8>(form_of_general(instruction.op));
    test.flags = ConditionRecord::make_flags(mode.negates_elements(), on_null, mode.quantifier());
    test.attribute = instruction.a.get();
    test.operand = instruction.b;
    return test;
  }

  void list_general(std::uint32_t pc, const Instruction& instruction) {
    const ConditionRecord test = test_of(instruction);
    const auto jump = static_cast<std::size_t>(TestMode(instruction.r).jump());
    std::string line = "  " + std::string(kAskMnemonics[jump]) + " ";
    listing_.names.append_test(line, test);
    line += " -> " + label_of(instruction.t);
    append_condition(line, pc);
    const bool has_constant = test.form == static_cast<U8>(OperandForm::Constant);
    list_line(line, find_location(pc, kNone), has_constant ? instruction.b.get() : kNone);
  }

  void append_condition(std::string& line, std::uint32_t pc) const {
    if (!view_.CodeMap.empty() && view_.CodeMap[pc] != kNone)
      line += " @" + std::to_string(view_.CodeMap[pc]);
  }

  void append_operand(std::string& line, const Operand& operand, std::uint32_t value) const {
    const ListingNames& names = listing_.names;
    switch (operand.kind) {
      case OperandKind::None:
        return;
      case OperandKind::Register:
        line += "r" + std::to_string(value);
        return;
      case OperandKind::Attribute:
        return names.append_attribute(line, value);
      case OperandKind::String:
        return names.append_text(line, value);
      case OperandKind::Constant:
        return names.append_constant(line, value);
      case OperandKind::Boolean:
        line += value != 0 ? "true" : "false";
        return;
      case OperandKind::Effect:
        line += spelling_of(static_cast<Effect>(value));
        return;
      case OperandKind::AllowRule:
      case OperandKind::DenyRule:
        return names.append_rule(line, record_.owner, value);
      case OperandKind::Policy:
        return names.append_policy(line, value);
      case OperandKind::Function:
        return names.append_function(line, value);
      case OperandKind::Target:
        line += label_of(value);
        return;
    }
  }

  // Comments: the place in the sources, and the constant where the line only has its number.
  void list_line(const std::string& line, const LocationRecord* location,
                 std::uint32_t constant) const {
    const ListingNames& names = listing_.names;
    std::string comment = location == nullptr ? "" : names.describe_location(*location);
    const std::string value = constant == kNone ? "" : names.describe_constant(constant);
    comment += (comment.empty() || value.empty() ? "" : "  ") + value;
    listing_.writer.line(line, comment);
  }

  // Of an instruction's condition, or of the rule that it names.
  const LocationRecord* find_location(std::uint32_t pc, std::uint32_t rule) const {
    if (view_.Locations.empty()) return nullptr;
    if (!view_.CodeMap.empty() && view_.CodeMap[pc] != kNone)
      return &view_.Locations[view_.Rules.size() + view_.CodeMap[pc]];
    return rule == kNone ? nullptr : &view_.Locations[rule];
  }

  const Listing& listing_;
  const ProgramView& view_;
  const FunctionRecord& record_;
  std::vector<std::uint32_t> labels_;  // by instruction; kNone where nothing jumps to
};

}  // namespace

void list_functions(const Listing& listing) {
  for (std::uint32_t i = 0; i < listing.view.Functions.size(); ++i)
    FunctionLister(listing, i).list(i);
}

}  // namespace verdict
