// The rules of a listing: condition trees, indented, with the place of each node in the sources.
#include <string>
#include <vector>

#include "vm/assembly/fields.h"
#include "vm/assembly/listing.h"
#include "vm/value/function.h"

namespace verdict {
namespace {

class RuleLister {
 public:
  explicit RuleLister(const Listing& listing) : listing_(listing), view_(listing.view) {}

  void list(std::uint32_t rule) {
    const RuleRecord& record = view_.Rules[rule];
    std::string line = ".rule ";
    listing_.append_fields(line, Section::Rules, reinterpret_cast<const U8*>(&record),
                           "conditions");
    append_location(line, rule);
    listing_.writer.line("");
    listing_.writer.line(line, "#" + std::to_string(rule));
    const std::uint32_t end = record.first_condition + record.num_conditions;
    for (std::uint32_t i = record.first_condition; i < end; ++i) list_node(i);
    close_groups(end);
  }

 private:
  void list_node(std::uint32_t index) {
    close_groups(index);
    const ConditionRecord& node = view_.Conditions[index];
    std::string line = Listing::row_label(index) + std::string(2 * open_.size(), ' ');
    const bool is_test = node.kind == static_cast<U8>(ConditionKind::Test);
    if (is_test) {
      listing_.names.append_test(line, node);
    } else {
      line += field_names::kConditionNames[node.kind];
    }
    append_location(line, view_.Rules.size() + index);
    if (!is_test) {
      line += " {";
      open_.push_back(node.end);
    }
    listing_.writer.line(line, describe_operand(node));
  }

  // The groups that end before node `index`.
  void close_groups(std::uint32_t index) {
    while (!open_.empty() && open_.back() <= index) {
      open_.pop_back();
      listing_.writer.line("        " + std::string(2 * open_.size(), ' ') + "}");
    }
  }

  std::string describe_operand(const ConditionRecord& node) const {
    if (node.form != static_cast<U8>(OperandForm::Constant)) return {};
    return listing_.names.describe_constant(node.operand);
  }

  // The file is named where it is another one than before.
  void append_location(std::string& line, std::size_t row) {
    if (view_.Locations.empty()) return;
    const LocationRecord& location = view_.Locations[row];
    line += " @";
    if (location.file != file_) {
      file_ = location.file;
      listing_.names.append_text(line, file_);
      line += ':';
    }
    line += std::to_string(location.line) + ":" + std::to_string(location.column);
  }

  const Listing& listing_;
  const ProgramView& view_;
  std::vector<std::uint32_t> open_;  // ends of the groups that are open
  std::uint32_t file_ = kNone;
};

}  // namespace

void list_rules(const Listing& listing) {
  RuleLister lister(listing);
  for (std::size_t i = 0; i < listing.view.Rules.size(); ++i)
    lister.list(static_cast<std::uint32_t>(i));
}

}  // namespace verdict
