// Every row of functions.def, by its columns alone: a new row is picked up without a word here.
#include <algorithm>

#include "compiler/reference/functions.h"
#include "tests/differential/generate.h"

namespace verdict::differential {
namespace {

bool is_less(const Choice& a, const Choice& b) {
  if (a.value.is<Timestamp>())
    return a.value.get<Timestamp>().microseconds < b.value.get<Timestamp>().microseconds;
  return compiler::reference::compare_exactly(a.value.get<Number>(), b.value.get<Number>()) < 0;
}

// [low, high]: the other way round is an error. [from, to] must differ.
void sort_range(Condition& test) {
  std::vector<Choice>& ends = test.constants;
  if (test.row->operand == OperandShape::Window && ends[0].value == ends[1].value) {
    const std::vector<Choice>& times = element_choices(test.row->operand_kind);
    ends[1] = times[ends[0].value == times[0].value ? 1 : 0];
  }
  if (test.row->operand == OperandShape::Range && is_less(ends[1], ends[0]))
    std::swap(ends[0], ends[1]);
}

// Of tests/zones; none is UTC.
const std::vector<std::string> kTimeZones = {
    "", "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Europe/Dublin"};

// The values of the request's own enum have no order.
std::vector<Way> ways_to_ask(const Attribute& attribute) {
  std::vector<Way> ways = differential::ways_to_ask(attribute.kind);
  std::erase_if(ways, [&attribute](const Way& way) {
    return way.row->operand_kind == Kind::Rank && attribute.values.empty();
  });
  return ways;
}

}  // namespace

Rule ConditionGenerator::make_rule(std::string id, Effect effect) {
  Rule rule{std::move(id), effect, {}};
  const std::size_t dice = random_.below(100);
  const std::size_t count = dice < 5 ? 0 : dice < 45 ? 1 : dice < 80 ? 2 : 3;
  while (rule.conditions.size() < count) rule.conditions.push_back(make_condition(4));
  return rule;
}

// Rules that differ in the constant that they compare one attribute with, and share what else they
// ask.
std::vector<Rule> ConditionGenerator::make_family(std::size_t count, Effect effect) {
  std::vector<Rule> rules;
  Condition key = make_test();
  const Condition shared = make_condition(1);
  const Attribute& attribute = attributes_[key.attribute];
  for (std::size_t i = 0; i < count; ++i) {
    for (Choice& constant : key.constants) {
      constant = pick_constant(*key.row, attribute, 100);
    }
    sort_range(key);
    rules.push_back({"family" + std::to_string(i), effect, {key}});
    if (random_.chance(50)) rules.back().conditions.push_back(shared);
  }
  return rules;
}

Condition ConditionGenerator::make_condition(std::size_t depth) {
  return depth > 0 && random_.chance(30) ? make_group(depth) : make_test();
}

Condition ConditionGenerator::make_group(std::size_t depth) {
  Condition group;
  const std::size_t dice = random_.below(3);
  group.kind = dice == 0   ? ir::ConditionKind::All
               : dice == 1 ? ir::ConditionKind::Any
                           : ir::ConditionKind::Not;
  const std::size_t count = group.kind == ir::ConditionKind::Not ? 1 : random_.between(1, 3);
  while (group.children.size() < count) group.children.push_back(make_condition(depth - 1));
  return group;
}

Condition ConditionGenerator::make_test() {
  Condition test;
  test.attribute = random_.below(attributes_.size());
  const std::vector<Way> ways = ways_to_ask(attributes_[test.attribute]);
  Way way = random_.pick(ways);
  if (way.row->function == Function::IsNull) way = random_.pick(ways);  // less often
  test.row = way.row;
  test.quantifier = way.quantifier;
  test.is_negated = random_.chance(50);
  choose_operand(test);
  const bool may_choose_null = test.row->function != Function::IsNull && !test.variable;
  if (may_choose_null && random_.chance(25))
    test.on_null = random_.chance(50) ? OnNull::Match : OnNull::NoMatch;
  return test;
}

void ConditionGenerator::choose_operand(Condition& test) {
  const std::vector<std::size_t> variables = variables_for(test);
  if (!variables.empty() && random_.chance(35)) {
    test.variable = random_.pick(variables);
  } else {
    test.constants = make_constants(*test.row, attributes_[test.attribute]);
    sort_range(test);
    if (is_local(test.row->operand_kind)) test.time_zone = random_.pick(kTimeZones);
  }
}

// Presence attributes have no type, and reading one as an operand would give it one.
std::vector<std::size_t> ConditionGenerator::variables_for(const Condition& test) const {
  std::vector<std::size_t> variables;
  const bool is_ranked = test.row->operand_kind == Kind::Rank;
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    const bool is_comparable =
        !is_ranked || attributes_[i].values == attributes_[test.attribute].values;
    if (is_comparable && variable_operand(*test.row).contains(attributes_[i].kind))
      variables.push_back(i);
  }
  return variables;
}

// One that the attribute can equal, where there is one; `percent` of the time any other.
Choice ConditionGenerator::pick_constant(const FunctionRow& row, const Attribute& attribute,
                                         unsigned percent) {
  const bool is_closed =
      attribute.kind == Kind::Enum || attribute.source == AttributeSource::Request;
  const std::vector<Choice> near = constants_among(row.operand_kind, attribute.domain);
  const bool leaves = near.empty() || (!is_closed && random_.chance(percent));
  return random_.pick(leaves ? element_choices(row.operand_kind) : near);
}

std::vector<Choice> ConditionGenerator::make_constants(const FunctionRow& row,
                                                       const Attribute& attribute) {
  std::vector<Choice> constants;
  const std::size_t count = row.operand == OperandShape::None   ? 0
                            : row.operand == OperandShape::One  ? 1
                            : row.operand == OperandShape::Many ? random_.between(1, 4)
                                                                : 2;
  // Patterns are rarely what an attribute equals.
  const bool is_pattern = get_kind_row(row.operand_kind).variable == Kind::Presence;
  while (constants.size() < count)
    constants.push_back(pick_constant(row, attribute, is_pattern ? 60 : 10));
  return constants;
}

}  // namespace verdict::differential
