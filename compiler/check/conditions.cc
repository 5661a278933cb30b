#include "compiler/check/conditions.h"

#include <algorithm>

#include "compiler/ast/object_reader.h"
#include "compiler/check/literals.h"
#include "compiler/check/time_zones.h"
#include "compiler/diag/suggest.h"

namespace verdict::compiler {
namespace {

using ast::quoted;

bool has_prefix(std::string_view name) {
  return name.starts_with("ext_") || name.starts_with("ctx_") || name.starts_with("req_");
}

struct FoundFunction {
  const FunctionRow* row = nullptr;
  bool is_negated = false;
};

FoundFunction find_by_spelling(std::string_view spelling) {
  for (const FunctionAlias& alias : kFunctionAliases) {
    if (alias.alias == spelling) spelling = alias.spelling;
  }
  for (const FunctionRow& row : kFunctions) {
    if (row.spelling == spelling) return {&row, false};
    if (row.twin == spelling) return {&row, true};
  }
  return {};
}

// A suggestion never turns what is asked into its opposite.
std::vector<std::string_view> spellings_for(std::string_view misspelt) {
  const bool is_negated = misspelt.find("not") != std::string_view::npos;
  std::vector<std::string_view> spellings;
  for (const FunctionRow& row : kFunctions)
    spellings.push_back(is_negated ? row.twin : row.spelling);
  return spellings;
}

// The rows of a function's spelling.
template <class Visit>
void for_each_overload(const FunctionRow& row, const Visit& visit) {
  for (const FunctionRow& overload : kFunctions) {
    if (overload.spelling == row.spelling) visit(overload);
  }
}

// The attributes that a row takes: with a quantifier, lists of what it reads.
KindSet reads_of(const FunctionRow& row, Quantifier quantifier) {
  KindSet kinds;
  for (const KindRow& kind : kKinds) {
    if (kind.is_of_attributes && takes(row, kind.kind, quantifier)) kinds = kinds | kind.kind;
  }
  return kinds;
}

KindSet reads_of_all(const Test& test) {
  KindSet reads;
  for_each_overload(*test.row, [&](const FunctionRow& row) {
    reads = reads | reads_of(row, test.condition->quantifier);
  });
  return reads;
}

std::string_view name_of(OperandShape shape) {
  switch (shape) {
    case OperandShape::None:
      return "no operand";
    case OperandShape::One:
      return "`value`";
    case OperandShape::Many:
      return "`values`";
    case OperandShape::Range:
      return "`values: [low, high]`";
    case OperandShape::Window:
      return "`values: [from, to]`";
  }
  return {};
}

std::string expected_operand(const FunctionRow& row) {
  const std::string constant(name_of(row.operand));
  return variable_operand(row).empty() ? constant : constant + " or `value_attribute`";
}

// Whether JSON of that sort can be one constant of the row.
bool can_be_constant(const FunctionRow& row, const JsonNode& node) {
  const Kind kind = get_kind_row(row.operand_kind).variable;
  return kind == Kind::Presence || kinds_of_json(node).contains(kind);
}

bool can_be_operand(const FunctionRow& row, const ast::Condition& condition) {
  if (condition.value != nullptr) return can_be_constant(row, *condition.value->value);
  if (condition.values == nullptr) return true;
  const auto elements = condition.values->value->elements();
  return std::all_of(elements.begin(), elements.end(),
                     [&row](const JsonNode& node) { return can_be_constant(row, node); });
}

// What a constant says about the attribute: of a list, whether it has strings or numbers.
KindSet reads_with_constant(const Test& test) {
  KindSet reads;
  for_each_overload(*test.row, [&](const FunctionRow& row) {
    if (can_be_operand(row, *test.condition))
      reads = reads | reads_of(row, test.condition->quantifier);
  });
  return reads.empty() ? reads_of_all(test) : reads;
}

}  // namespace

TestTable::TestTable(const ast::Workspace& workspace, AttributeTable& attributes, Emitter& emitter)
    : workspace_(workspace), attributes_(attributes), emitter_(emitter) {
  for (const ast::Policy& policy : workspace.policies) {
    for (const ast::Rule& rule : policy.rules) {
      for (const ast::Condition& condition : rule.conditions) add(condition);
    }
  }
}

void TestTable::add(const ast::Condition& condition) {
  for (const ast::Condition& child : condition.children) add(child);
  if (condition.kind != ast::ConditionKind::Test) return;
  Test test;
  test.condition = &condition;
  resolve_function(test);
  resolve_attribute(test.attribute, condition.attribute, test);
  if (condition.value_attribute) resolve_attribute(test.variable, *condition.value_attribute, test);
  if (test.row != nullptr) {
    check_operand_form(test);
    check_quantifier(test);
    check_on_null(test);
    check_time_zone(test);
  }
  index_.emplace(&condition, tests_.size());
  tests_.push_back(test);
}

Test& TestTable::get(const ast::Condition& condition) { return tests_[index_.at(&condition)]; }

void TestTable::resolve_function(Test& test) {
  const ast::Text& name = test.condition->function;
  const FoundFunction found = find_by_spelling(name.value);
  test.row = found.row;
  test.is_negated = found.is_negated;
  if (found.row != nullptr) return;
  test.is_good = false;
  auto diagnostic = emitter_.emit(Code::UnknownFunction, name.span, {name.value});
  if (!suggest(diagnostic, ast::inside_quotes(name.span), name.value, spellings_for(name.value))) {
    diagnostic.help(
        "functions are named <type>_<predicate>, such as `string_equal`; docs/functions.md lists "
        "them");
  }
}

// Whether a mapping wrote out the prefix that is added by itself.
bool TestTable::label_double_prefix(const ast::Text& name, DiagnosticBuilder& diagnostic) const {
  const std::size_t end = name.value.find('_') + 1;
  const AttributeId doubled = attributes_.find(name.value.substr(0, end) + name.value);
  if (!has_prefix(name.value) || !doubled.has_value()) return false;
  const ir::Attribute& attribute = attributes_.get(doubled);
  diagnostic.label(attribute.span, "declares `" + attribute.name + "`: leave the prefix out");
  return true;
}

void TestTable::resolve_attribute(AttributeId& id, const ast::Text& name, Test& test) {
  id = attributes_.find(name.value);
  if (id.has_value()) return;
  test.is_good = false;
  if (!workspace_.has_all_attributes) return;  // it may stand in what could not be read
  auto diagnostic = emitter_.emit(Code::UnknownAttribute, name.span, {name.value});
  diagnostic.here("not declared by any mapping");
  if (label_double_prefix(name, diagnostic)) return;
  const bool is_near =
      suggest(diagnostic, ast::inside_quotes(name.span), name.value, attributes_.spellings());
  if (!is_near && !has_prefix(name.value)) {
    diagnostic.help(
        "attributes of claims begin with `ext_`, those of the request's context with `ctx_`");
  }
}

void TestTable::check_operand_form(Test& test) {
  const ast::Condition& condition = *test.condition;
  const FunctionRow& row = *test.row;
  struct Given {
    std::string_view key;
    Span span;
    bool is_taken;
  };
  std::vector<Given> given;
  const bool takes_many = row.operand != OperandShape::None && row.operand != OperandShape::One;
  if (condition.value != nullptr)
    given.push_back({"value", condition.value->key_span, row.operand == OperandShape::One});
  if (condition.values != nullptr)
    given.push_back({"values", condition.values->key_span, takes_many});
  if (condition.value_attribute) {
    given.push_back(
        {"value_attribute", condition.value_attribute_key, !variable_operand(row).empty()});
  }
  if (condition.values != nullptr && takes_many && condition.values->value->elements().empty()) {
    test.is_good = false;
    emitter_.emit(Code::EmptyGroup, condition.values->value->span(), {"values"});
  }
  if (given.empty() && row.operand != OperandShape::None) {
    test.is_good = false;
    emitter_.emit(Code::MissingOperand, condition.function.span,
                  {condition.function.value, expected_operand(row)});
  }
  for (const Given& operand : given) {
    if (operand.is_taken) continue;
    test.is_good = false;
    emitter_.emit(Code::WrongOperand, operand.span,
                  {condition.function.value, quoted(operand.key), expected_operand(row)});
    return;
  }
  if (given.size() < 2) return;
  test.is_good = false;
  emitter_
      .emit(Code::WrongOperand, given[1].span,
            {condition.function.value,
             quoted(given[0].key) + " and " + quoted(given[1].key) + " together", "one of them"})
      .label(given[0].span, "the other operand");
}

// A quantifier asks a function of single values of each element of a list.
void TestTable::check_quantifier(Test& test) {
  const ast::Condition& condition = *test.condition;
  if (condition.quantifier == Quantifier::Absent || !reads_of_all(test).empty()) return;
  test.is_good = false;
  KindSet reads;
  for_each_overload(*test.row, [&](const FunctionRow& row) { reads = reads | row.reads; });
  const std::string what = reads == KindSet::all() ? "the attribute itself" : articles_of(reads);
  emitter_.emit(Code::WrongQuantifier, condition.quantifier_key, {condition.function.value, what})
      .help("leave `quantifier` out");
}

// `on_null` answers for one attribute, where nothing else does.
void TestTable::check_on_null(Test& test) {
  const ast::Condition& condition = *test.condition;
  const bool is_null_test = test.row->function == Function::IsNull;
  const bool is_chosen = condition.on_null != OnNull::Unknown || is_null_test;
  if (!condition.on_null_key.file.has_value() || !is_chosen) return;
  if (!is_null_test && !condition.value_attribute) return;
  test.is_good = false;
  emitter_
      .emit(Code::WrongOnNull, condition.on_null_key,
            {quoted(is_null_test ? condition.function.value : "value_attribute")})
      .help(is_null_test ? "leave `on_null` out"
                         : "write `is_null` out, in an `any` or `all` with this condition");
}

void TestTable::check_time_zone(Test& test) {
  if (!test.condition->time_zone || is_local(test.row->operand_kind)) return;
  test.is_good = false;
  emitter_.emit(Code::WrongTimeZone, test.condition->time_zone_key,
                {test.condition->function.value});
}

void TestTable::infer() {
  for (Test& test : tests_) add_use(test);
  begin_comparing();
  do {
    propagate_all();
  } while (touch(attributes_.apply_preference()));
  std::set<AttributeId> asked;
  for (const Test& test : tests_) excuse(test, asked);
}

void TestTable::begin_comparing() {
  comparisons_.resize(attributes_.size());
  for (std::size_t i = 0; i < tests_.size(); ++i) {
    const Test& test = tests_[i];
    if (!test.is_good || !test.variable.has_value()) continue;
    comparisons_[test.attribute.index()].push_back(i);
    comparisons_[test.variable.index()].push_back(i);
    waiting_.insert(i);
  }
}

// Whether there is such an attribute: its comparisons wait.
bool TestTable::touch(AttributeId id) {
  if (!id.has_value()) return false;
  const std::vector<std::size_t>& touched = comparisons_[id.index()];
  waiting_.insert(touched.begin(), touched.end());
  return true;
}

// In source order, again and again, those that may learn something: as if all were asked in rounds
// until one changes nothing.
void TestTable::propagate_all() {
  std::size_t next = 0;
  while (!waiting_.empty()) {
    auto test = waiting_.lower_bound(next);
    if (test == waiting_.end()) test = waiting_.begin();
    next = *test + 1;
    waiting_.erase(test);
    propagate(tests_[next - 1]);
  }
}

// One cause, one diagnostic: a test that is wrong says nothing of its attributes' types, and of
// attributes that are compared with each other, one is enough to ask about.
void TestTable::excuse(const Test& test, std::set<AttributeId>& asked) {
  if (!test.is_good) {
    if (test.attribute.has_value()) attributes_.excuse(test.attribute);
    if (test.variable.has_value()) attributes_.excuse(test.variable);
    return;
  }
  if (!test.variable.has_value() || test.variable == test.attribute) return;
  const bool both_are_open =
      attributes_.kinds(test.attribute).size() > 1 && attributes_.kinds(test.variable).size() > 1;
  if (!both_are_open) return;
  if (!attributes_.entry(test.attribute).is_excused) asked.insert(test.attribute);
  if (!asked.contains(test.variable)) attributes_.excuse(test.variable);
}

void TestTable::add_use(Test& test) {
  if (test.row == nullptr || !test.attribute.has_value()) return;
  if (attributes_.get(test.attribute).source == AttributeSource::Request)
    attributes_.mark_read(test.attribute);
  if (test.row->function == Function::IsNull) return;
  attributes_.mark_read(test.attribute);
  if (test.variable.has_value()) attributes_.mark_read(test.variable);
  KindSet reads = reads_with_constant(test);
  if (reads.empty()) return;  // its quantifier is wrong
  if (!check_constant(test)) return;
  const KindSet kinds = attributes_.kinds(test.attribute);
  // Where the function fits and only its constant does not, the constant is what is wrong.
  if ((reads & kinds).empty() && !(reads_of_all(test) & kinds).empty()) reads = reads_of_all(test);
  const ast::Text& function = test.condition->function;
  const Evidence evidence{reads, EvidenceSource::Use, function.span,
                          "it is read as " + articles_of(reads)};
  if (const Evidence* other = attributes_.add_evidence(test.attribute, evidence))
    report_use(test, reads, *other);
}

// Where several rows share a spelling and none of them takes the constant, nothing can be said of
// the attribute's type either.
bool TestTable::check_constant(Test& test) {
  const ast::Condition& condition = *test.condition;
  std::vector<std::string> articles;
  bool is_taken = false;
  for_each_overload(*test.row, [&](const FunctionRow& row) {
    articles.emplace_back(get_kind_row(row.operand_kind).article);
    is_taken = is_taken || can_be_operand(row, condition);
  });
  const bool is_open = (attributes_.kinds(test.attribute) & reads_of_all(test)).size() > 1;
  if (is_taken || articles.size() < 2 || !is_open || !test.is_good) return true;
  test.is_good = false;
  const JsonNode& node =
      condition.value != nullptr ? *condition.value->value : *condition.values->value;
  const std::string expected = condition.value != nullptr ? articles[0] + " or " + articles[1]
                                                          : "values that are each " + articles[0] +
                                                                ", or each " + articles[1];
  emitter_.emit(Code::OperandType, node.span(),
                {condition.function.value, expected, std::string(describe(node.kind()))});
  return false;
}

void TestTable::report_use(Test& test, KindSet reads, const Evidence& other) {
  test.is_good = false;
  const std::string& function = test.condition->function.value;
  const std::string& name = attributes_.get(test.attribute).name;
  const KindSet lists = Kind::StringList | Kind::NumberList;
  const KindSet kinds = attributes_.kinds(test.attribute);
  KindSet quantified;
  for_each_overload(*test.row, [&](const FunctionRow& row) {
    quantified = quantified | reads_of(row, Quantifier::Any);
  });
  const bool is_scalar_on_list =
      (reads & lists).empty() && (kinds & ~lists).empty() && !(quantified & kinds).empty();
  const bool is_list_on_scalar =
      test.condition->quantifier != Quantifier::Absent && (kinds & lists).empty();
  if (is_list_on_scalar) {
    auto diagnostic = emitter_.emit(Code::WrongQuantifier, test.condition->quantifier_key,
                                    {function, quoted(name) + ", which is " + articles_of(kinds)});
    if (other.span.file.has_value()) diagnostic.label(other.span, other.what);
    diagnostic.help("leave `quantifier` out, or make the mapping a list with `type`");
    return;
  }
  auto diagnostic = emitter_.emit(is_scalar_on_list ? Code::NeedsQuantifier : Code::TypeMismatch,
                                  test.condition->function.span,
                                  {function, articles_of(reads), name, articles_of(kinds)});
  if (other.span.file.has_value()) diagnostic.label(other.span, other.what);
  if (is_scalar_on_list) diagnostic.help("add `\"quantifier\": \"any\"`, `\"all\"` or `\"none\"`");
}

void TestTable::propagate(Test& test) {
  if (!test.is_good) return;
  KindSet left;
  KindSet right;
  for_each_overload(*test.row, [&](const FunctionRow& row) {
    const KindSet mine =
        reads_of(row, test.condition->quantifier) & attributes_.kinds(test.attribute);
    const KindSet others = variable_operand(row) & attributes_.kinds(test.variable);
    if (mine.empty() || others.empty()) return;
    left = left | mine;
    right = right | others;
  });
  if (left.empty()) return report_variable(test);
  learn_from(test, test.attribute, left, test.variable);
  learn_from(test, test.variable, right, test.attribute);
}

// The kinds that are left for one of two attributes which are compared with each other.
void TestTable::learn_from(const Test& test, AttributeId learner, KindSet kinds,
                           AttributeId teacher) {
  if ((attributes_.kinds(learner) & kinds) == attributes_.kinds(learner)) return;
  attributes_.add_evidence(learner,
                           {kinds, EvidenceSource::Use, test.condition->value_attribute->span,
                            "it is compared with " + quoted(attributes_.get(teacher).name)});
  touch(learner);
}

void TestTable::report_variable(Test& test) {
  test.is_good = false;
  KindSet expected;
  for_each_overload(*test.row, [&](const FunctionRow& row) {
    const KindSet reads = reads_of(row, test.condition->quantifier);
    if (!(reads & attributes_.kinds(test.attribute)).empty())
      expected = expected | variable_operand(row);
  });
  const ir::Attribute& variable = attributes_.get(test.variable);
  auto diagnostic = emitter_.emit(
      Code::OperandType, test.condition->value_attribute->span,
      {test.condition->function.value, articles_of(expected),
       quoted(variable.name) + ", which is " + articles_of(attributes_.kinds(test.variable))});
  const auto& evidence = attributes_.entry(test.variable).evidence;
  if (!evidence.empty() && evidence.front().span.file.has_value()) {
    diagnostic.label(evidence.front().span, evidence.front().what);
  }
}

ir::ConditionId ConditionBuilder::build_rule(const ast::Rule& rule) {
  ir::Condition root;
  root.kind = ir::ConditionKind::All;
  root.span = rule.conditions_span;
  for (const ast::Condition& condition : rule.conditions) {
    if (const auto child = build(condition)) root.children.push_back(*child);
  }
  return module_.conditions.push_back(std::move(root));
}

std::optional<ir::ConditionId> ConditionBuilder::build(const ast::Condition& condition) {
  if (condition.kind == ast::ConditionKind::Test) return build_test(condition);
  ir::Condition group;
  group.kind = condition.kind == ast::ConditionKind::All   ? ir::ConditionKind::All
               : condition.kind == ast::ConditionKind::Any ? ir::ConditionKind::Any
                                                           : ir::ConditionKind::Not;
  group.span = condition.span;
  for (const ast::Condition& child : condition.children) {
    const std::optional<ir::ConditionId> id = build(child);
    if (id) group.children.push_back(*id);
  }
  return module_.conditions.push_back(std::move(group));
}

std::optional<ir::ConditionId> ConditionBuilder::build_test(const ast::Condition& condition) {
  const Test& test = tests_.get(condition);
  if (!test.is_good) return std::nullopt;
  read_.push_back(test.attribute);
  if (test.variable.has_value()) read_.push_back(test.variable);
  ir::Condition built;
  built.kind = ir::ConditionKind::Test;
  const bool is_open = attributes_.entry(test.attribute).kinds.size() > 1;
  const FunctionRow* row =
      is_open && test.row->function != Function::IsNull ? nullptr : overload_of(test);
  if (row == nullptr) return std::nullopt;  // another diagnostic says why
  built.function = row->function;
  built.is_negated = test.is_negated;
  built.attribute = new_ids_[test.attribute.index()];
  built.quantifier = condition.quantifier;
  built.on_null = condition.on_null;
  built.span = condition.span;
  if (!check_order(test, *row) || !read_operand(test, *row, built)) return std::nullopt;
  return module_.conditions.push_back(std::move(built));
}

// The row that takes the attribute's kind.
const FunctionRow* ConditionBuilder::overload_of(const Test& test) const {
  const Kind kind = attributes_.get(test.attribute).kind;
  return find_overload(test.row->spelling, asked_kind(kind, test.condition->quantifier));
}

// Ranks are compared where both enums have the same ordered values.
bool ConditionBuilder::check_order(const Test& test, const FunctionRow& row) {
  if (row.operand_kind != Kind::Rank) return true;
  const ir::Attribute& attribute = attributes_.get(test.attribute);
  if (!attribute.is_ordered) {
    auto diagnostic = emitter_.emit(Code::NotOrdered, test.condition->function.span,
                                    {test.condition->function.value, attribute.name});
    if (attribute.span.file.has_value())
      diagnostic.label(attribute.span, "add `\"ordered\": true` if its `values` rise");
    return false;
  }
  if (!test.variable.has_value()) return true;
  const ir::Attribute& variable = attributes_.get(test.variable);
  if (variable.is_ordered && attributes_.have_same_values(test.attribute, test.variable))
    return true;
  emitter_
      .emit(Code::OperandType, test.condition->value_attribute->span,
            {test.condition->function.value, "an enum with the same ordered values",
             quoted(variable.name) + ", which has others"})
      .label(variable.span, "declared here");
  return false;
}

bool ConditionBuilder::read_operand(const Test& test, const FunctionRow& row,
                                    ir::Condition& condition) {
  if (test.variable.has_value()) {
    condition.operand = new_ids_[test.variable.index()];
    return true;
  }
  if (row.operand == OperandShape::None) return true;
  std::optional<ir::Literal> literal = read_constant(test, row);
  if (is_local(row.operand_kind)) {
    const std::shared_ptr<const TimeZone> zone =
        find_time_zone(test.condition->time_zone, zones_, emitter_);
    if (!zone) return false;
    if (literal) literal->zone = zone;
  }
  if (literal) condition.operand = std::move(*literal);
  return literal.has_value();
}

std::optional<ir::Literal> ConditionBuilder::read_constant(const Test& test,
                                                           const FunctionRow& row) {
  LiteralReader reader(emitter_, attributes_.get(test.attribute),
                       attributes_.values_of(test.attribute), test.condition->function.value);
  switch (row.operand) {
    case OperandShape::None:
      break;
    case OperandShape::One:
      return reader.read(*test.condition->value->value, row.operand_kind);
    case OperandShape::Many:
      return reader.read_set(*test.condition->values->value, row.operand_kind);
    case OperandShape::Range:
      return reader.read_range(*test.condition->values->value, row.operand_kind);
    case OperandShape::Window:
      return reader.read_window(*test.condition->values->value, row.operand_kind);
  }
  return std::nullopt;
}

}  // namespace verdict::compiler
