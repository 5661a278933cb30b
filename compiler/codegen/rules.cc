#include "compiler/codegen/rules.h"

namespace verdict::compiler {
ConstantId add_constant(ProgramBuilder& builder, const ir::Literal& literal) {
  if (literal.zone) {
    const TimeZone& zone = *literal.zone;
    return builder.add_local({literal.kind, literal.shape}, literal.scalars,
                             builder.add_zone(zone.name, zone.release, zone.words));
  }
  return literal.shape == Shape::One ? builder.add(literal.kind, literal.scalars.front())
                                     : builder.add(literal.kind, literal.shape, literal.scalars);
}

void RulesWriter::write() {
  for (std::uint32_t i = 0; i < module_.policies.size(); ++i) {
    for (const ir::Rule& rule : module_.policies[PolicyId(i)].rules) write_rule(rule, PolicyId(i));
  }
  auto& locations = builder_.tables.Locations;
  locations = std::move(rule_locations_);
  locations.insert(locations.end(), condition_locations_.begin(), condition_locations_.end());
}

void RulesWriter::write_rule(const ir::Rule& rule, PolicyId policy) {
  RuleRecord record{};
  record.id = builder_.intern(rule.id).value();
  record.policy = policy.value();
  record.message = rule.message ? builder_.intern(*rule.message).value() : kNone;
  record.effect = static_cast<U8>(rule.effect);
  const auto first = static_cast<std::uint32_t>(builder_.tables.Conditions.size());
  record.first_condition = first;
  write_condition(rule.root);
  record.num_conditions = static_cast<std::uint32_t>(builder_.tables.Conditions.size()) - first;
  builder_.tables.Rules.push_back(record);
  rule_locations_.push_back(location_of(rule.span));
}

void RulesWriter::write_condition(ir::ConditionId id) {
  const ir::Condition& condition = module_.conditions[id];
  auto& records = builder_.tables.Conditions;
  const std::size_t index = records.size();
  records_[id.index()] = static_cast<std::uint32_t>(index);
  records.push_back(record_for(condition));
  condition_locations_.push_back(location_of(condition.span));
  for (const ir::ConditionId child : condition.children) write_condition(child);
  records[index].end = static_cast<std::uint32_t>(records.size());
}

ConditionRecord RulesWriter::record_for(const ir::Condition& condition) {
  ConditionRecord record{};
  record.kind = static_cast<U8>(condition.kind);
  if (condition.kind != ir::ConditionKind::Test) return record;
  record.function = static_cast<U8>(condition.function);
  record.flags =
      ConditionRecord::make_flags(condition.is_negated, condition.on_null, condition.quantifier);
  record.attribute = condition.attribute.value();
  if (const auto* literal = std::get_if<ir::Literal>(&condition.operand)) {
    record.form = static_cast<U8>(OperandForm::Constant);
    record.operand = add_constant(builder_, *literal).value();
  } else if (const auto* attribute = std::get_if<AttributeId>(&condition.operand)) {
    record.form = static_cast<U8>(OperandForm::Attribute);
    record.operand = attribute->value();
  }
  return record;
}

LocationRecord RulesWriter::location_of(Span span) {
  const LineColumn place = sources_.locate(span.file, span.begin);
  return {builder_.intern(sources_.portable_name(span.file)).value(), place.line, place.column};
}

static_assert(static_cast<int>(ir::ConditionKind::Test) == static_cast<int>(ConditionKind::Test));
static_assert(static_cast<int>(ir::ConditionKind::All) == static_cast<int>(ConditionKind::All));
static_assert(static_cast<int>(ir::ConditionKind::Any) == static_cast<int>(ConditionKind::Any));
static_assert(static_cast<int>(ir::ConditionKind::Not) == static_cast<int>(ConditionKind::Not));

}  // namespace verdict::compiler
