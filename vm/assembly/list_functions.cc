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
    if (!view_.CodeMap.empty() && view_.CodeMap[pc] != kNone)
      line += " @" + std::to_string(view_.CodeMap[pc]);
    listing_.writer.line(line, comment_of(pc, row, instruction));
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

  // The place in the sources, and the constant where the line only has its number.
  std::string comment_of(std::uint32_t pc, const OpcodeRow& row,
                         const Instruction& instruction) const {
    std::string text;
    if (const LocationRecord* location = find_location(pc, row, instruction)) {
      text = listing_.names.describe_location(*location);
    }
    if (row.b.kind != OperandKind::Constant) return text;
    const std::string constant = listing_.names.describe_constant(instruction.b);
    return text + (text.empty() || constant.empty() ? "" : "  ") + constant;
  }

  const LocationRecord* find_location(std::uint32_t pc, const OpcodeRow& row,
                                      const Instruction& instruction) const {
    if (view_.Locations.empty()) return nullptr;
    if (!view_.CodeMap.empty() && view_.CodeMap[pc] != kNone) {
      return &view_.Locations[view_.Rules.size() + view_.CodeMap[pc]];
    }
    const bool names_rule =
        row.b.kind == OperandKind::AllowRule || row.b.kind == OperandKind::DenyRule;
    return names_rule ? &view_.Locations[instruction.b] : nullptr;
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
