#include "vm/verify/work.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <vector>

#include "vm/program/constant.h"
#include "vm/program/settings.h"
#include "vm/value/kind.h"
#include "vm/value/text_match.h"
#include "vm/value/transform.h"

namespace verdict {
namespace {

// A member of an object by its key: a binary search, or at most 32 looked at.
constexpr Steps kLookUp = 16;
// A text that is hashed, to be looked up among those of the program.
constexpr Steps kBindText = kLookUp + limits::kMaxClaimTextBytes / kBytesPerStep;
// Walking over all values of one JSON text, to an element by its index.
constexpr Steps kAllNodes = limits::kMaxClaimsBytes / 2;
constexpr Steps kNodesPerStep = 2;
// All texts in it, hashed.
constexpr Steps kAllTexts = limits::kMaxClaimsBytes / kBytesPerStep;
// The spelling of a number that is no integer is looked for from the start of the text.
constexpr Steps kSpelling = limits::kMaxClaimsBytes / 4;
// An element of a list when it is bound: memory for it, and the beginning of a look-up.
constexpr Steps kBindElement = 8;
constexpr Steps kCompareList = limits::kMaxListElements / kElementsPerStep;
// A condition when it is walked rather than run.
constexpr Steps kCondition = 8;
// The attributes of requests are found by name: five of them, and all values are copied.
constexpr Steps kRequestAttributes = 6;
// Sets of more members than this lie outside of the caches.
constexpr std::uint32_t kLargeSet = 1U << 16U;
constexpr Steps kCacheMiss = 8;
// What an engine makes of a provider, of a setting, of the bytes of a key, of the JSON of claims.
constexpr Steps kProvider = 256;
constexpr Steps kSetting = 8;
constexpr Steps kListElement = 16;
constexpr Steps kKeySetByte = 32;
constexpr Steps kRequiredByte = 8;

Kind kind_of(const ProgramView& view, std::uint32_t attribute) {
  return static_cast<Kind>(view.Attributes[attribute].kind);
}

// Whether two texts that the program does not know may be compared. The values of an enum are
// known.
bool may_compare_bytes(Kind a, Kind b) {
  const auto is_text = [](Kind kind) { return kind == Kind::String || kind == Kind::StringList; };
  return is_text(a) && is_text(b);
}

// ---- tests

// Sorting the places of the longest list, and looking for as many values in it: comparisons, and
// the texts that they may go through, each time anew.
constexpr Steps kDepth = 16;  // of a binary search
constexpr Steps kSortList = 2 * limits::kMaxListElements * kDepth;
constexpr Steps kSortTexts = kDepth * limits::kMaxClaimsBytes / kBytesPerStep;
// Bytes that are not compared in one go: folded, counted, looked at for a part.
constexpr Steps kFoldedPerStep = 4;
constexpr Steps kCountedPerStep = 8;
constexpr Steps kSearchedPerStep = 2;
constexpr Steps kText = limits::kMaxClaimTextBytes;  // of one value, in bytes
constexpr Steps kTexts = limits::kMaxClaimsBytes;    // of a whole list
constexpr Steps kElements = limits::kMaxListElements;
// The dates of a closing rule's switches in the years around, and of the local day.
constexpr Steps kLocalTime = 32;

// The texts that comparing two attributes may go through.
Steps steps_of_texts(Kind a, Kind b) {
  if (!may_compare_bytes(a, b)) return 0;
  return (is_list(a) || is_list(b) ? kTexts : kText) / kBytesPerStep;
}

Steps steps_of_search(std::uint32_t members) {
  return static_cast<Steps>(std::bit_width(members)) * (members > kLargeSet ? kCacheMiss : 1);
}

// A test as its cost is measured.
struct MeasuredTest {
  Cost cost;
  Kind attribute;
  std::optional<Kind> variable;  // of a `value_attribute`
  std::uint32_t members;         // of a constant operand, values of the enum, words of the zone
  Steps bytes;                   // of an operand that is one text
  Steps tries = 1;               // of each byte of a text, at worst, by a pattern

  [[nodiscard]] bool has_list() const { return variable && is_list(*variable); }
};

// What one value costs.
Steps steps_of_value(const MeasuredTest& test) {
  const Steps texts = test.variable ? steps_of_texts(test.attribute, *test.variable) : 0;
  switch (test.cost) {
    case Cost::Constant:
      return texts;
    case Cost::Search:
      return test.has_list() ? kCompareList + texts : steps_of_search(test.members);
    case Cost::List:
      return kCompareList + texts;
    case Cost::Values:
      return 2 * static_cast<Steps>(test.members) / kElementsPerStep;
    case Cost::Start:
      return std::min(test.bytes, kText) / kFoldedPerStep;
    case Cost::Both:
    case Cost::Form:
      return (kText + test.bytes) / kSearchedPerStep;
    case Cost::Text:
      return kText / kCountedPerStep;
    case Cost::Part:
      return kText / kSearchedPerStep;
    case Cost::Glob:
    case Cost::Regex:
      return (kText * test.tries + test.bytes) / kSearchedPerStep;
    case Cost::Local:
      return kLocalTime + steps_of_search(test.members);
    case Cost::Texts:
      return test.has_list() ? kCompareList + kTexts / kFoldedPerStep
                             : add_steps(1, test.members) * kText / kFoldedPerStep;
    case Cost::Product:
      return test.has_list() ? kSortList + kSortTexts : kElements * steps_of_search(test.members);
    case Cost::Members:
      return test.has_list()
                 ? kSortList + kSortTexts
                 : std::min(test.members * kCompareList, kSortList + kDepth * test.members);
  }
  return 0;
}

// What all elements of a list cost: each a step, their texts together at most those of the claims.
Steps steps_of_elements(const MeasuredTest& test) {
  switch (test.cost) {
    case Cost::Constant:
      return kElements + kTexts / kBytesPerStep;
    case Cost::Search:
      return kElements +
             (test.has_list() ? kSortList + kSortTexts : kElements * steps_of_search(test.members));
    case Cost::Start:
      return kElements + std::min(kElements * test.bytes, kTexts) / kFoldedPerStep;
    case Cost::Both:
      return kElements + (kTexts + test.bytes) / kSearchedPerStep;
    case Cost::Form:
      return kElements + kTexts / kSearchedPerStep + kElements * test.bytes / kBytesPerStep;
    case Cost::Text:
      return kElements + kTexts / kCountedPerStep;
    case Cost::Part:
      return kElements + kTexts / kSearchedPerStep;
    case Cost::Glob:
    case Cost::Regex:
      return kElements + (kTexts * test.tries + kElements * test.bytes) / kSearchedPerStep;
    case Cost::Texts:
      return kElements + (test.has_list() ? kSortList + kDepth * kTexts / kFoldedPerStep
                                          : add_steps(1, test.members) * kTexts / kFoldedPerStep);
    case Cost::List:
    case Cost::Values:
    case Cost::Product:
    case Cost::Members:
    case Cost::Local:
      break;
  }
  return ~Steps{0};  // no function that reads only lists, enums or times is quantified
}

// ---- bind

// What one look-up in the string index may go through: the longest run of entries side by side, and
// the bytes of their strings, as far as a claim's text can be compared with them.
Steps steps_of_string_look_up(const ProgramView& view) {
  constexpr Steps kEntriesPerStep = 4;
  Steps dearest = 0;
  Steps entries = 0;
  Steps bytes = 0;
  const std::size_t size = view.StringIndex.size();
  for (std::size_t i = 0; i < 2 * size; ++i) {
    const std::uint32_t id = view.StringIndex[i % size];
    entries = id == kNone ? 0 : entries + 1;
    bytes = id == kNone
                ? 0
                : bytes + std::min<Steps>(view.string(id).size(), limits::kMaxClaimTextBytes);
    dearest = std::max(dearest, entries / kEntriesPerStep + bytes / kBytesPerStep);
  }
  return dearest;
}

// A member by that key: what is compared has its length.
Steps steps_of_key(const ProgramView& view, std::uint32_t key) {
  return kLookUp + kLookUp * view.string(key).size() / kBytesPerStep;
}

Steps steps_of_path(const ProgramView& view, const MappingRecord& mapping) {
  constexpr std::size_t kDeepest = limits::kMaxClaimDepth + 1;  // no JSON goes on behind it
  Steps steps = 0;
  Steps times = 1;  // for each element behind `[*]`
  const std::size_t length = std::min<std::size_t>(mapping.num_steps, kDeepest);
  for (const PathStepRecord& step : view.PathSteps.subspan(mapping.first_step, length)) {
    switch (static_cast<PathStepKind>(step.kind)) {
      case PathStepKind::Key:
        steps = add_steps(steps, times * steps_of_key(view, step.value));
        break;
      case PathStepKind::Index:
        steps = add_steps(steps, times + std::min<Steps>(step.value, kAllNodes) / kNodesPerStep);
        break;
      case PathStepKind::Each:
        times = limits::kMaxListElements;
        break;
    }
  }
  return steps;
}

// `look_up` is that of a string.
Steps steps_of_value(const ProgramView& view, const AttributeRecord& attribute, Steps look_up) {
  const auto kind = static_cast<Kind>(attribute.kind);
  switch (held_as(kind)) {
    case Held::Nothing:
    case Held::Boolean:
    case Held::Number:
      return 1;
    case Held::Text:
      return kBindText + look_up +
             (kind == Kind::Enum ? view.Constants[attribute.values].count / kElementsPerStep : 0);
    case Held::Address:
    case Held::Network:
      return kBindText;
    case Held::Time:
      return kBindText + kSpelling;
    case Held::List:
      return limits::kMaxListElements * kBindElement +
             (element_of(kind) == Kind::String ? limits::kMaxListElements * look_up + kAllTexts
                                               : 0);
    case Held::Zone:
      break;  // no attribute is one
  }
  return 0;
}

// A value between two transforms, as large as it can be.
struct MeasuredValue {
  Form form;
  Steps elements;
  Steps bytes;  // of all texts
};

MeasuredValue largest_json(Form form) {
  const bool is_whole = form == Form::List || form == Form::Object;
  return {form, is_whole ? kElements : 1, is_whole ? kTexts : kText};
}

Steps steps_of_transform(const ProgramView& view, const TransformRecord& record,
                         const MeasuredValue& value) {
  constexpr Steps kPermission = 8;  // one that is unpacked
  switch (static_cast<Transform>(record.transform)) {
    case Transform::StripPrefix:
      return value.elements +
             std::min(value.elements * view.string(record.argument).size(), value.bytes) /
                 kBytesPerStep;
    case Transform::SplitSpace:
    case Transform::SplitComma:
      return value.form == Form::Text ? value.bytes : 0;  // two bytes a part
    case Transform::ClerkPermissions:
      return kPermission * value.elements + value.bytes / kBytesPerStep;
    case Transform::Lower:
    case Transform::Trim:
    case Transform::Keys:
    case Transform::ToNumber:
    case Transform::ToTimestamp:
    case Transform::EmailDomain:
      break;
  }
  return value.elements + value.bytes / kFoldedPerStep;
}

void follow(const TransformRow& row, MeasuredValue& value) {
  if (row.gives.contains(Form::List) && value.form == Form::Text) value.elements = value.bytes / 2;
  for (const Form form : {Form::Text, Form::List, Form::Number, Form::Time}) {
    if (row.gives.contains(form)) value.form = form;
  }
}

// A value of that form is read, transformed, and what comes out is copied. Nothing of that is done
// where it could not become the attribute in the end.
Steps steps_of_transforms_from(const ProgramView& view, const MappingRecord& mapping, Form form) {
  MeasuredValue value = largest_json(form);
  Steps steps = value.elements + value.bytes / kBytesPerStep;
  if (form == Form::Number) steps += kSpelling;
  for (const TransformRecord& record :
       view.Transforms.subspan(mapping.first_transform, mapping.num_transforms)) {
    const TransformRow& row = kTransforms[record.transform];
    if (!row.takes.contains(value.form)) return 0;
    steps = add_steps(steps, steps_of_transform(view, record, value));
    follow(row, value);
  }
  if (!can_become(value.form, kind_of(view, mapping.attribute))) return 0;
  return steps + value.elements + value.bytes / kBytesPerStep;
}

// The dearest form, and each transform looked at to see whether it takes that. The object around a
// claim is found by its path once more.
Steps steps_of_transforms(const ProgramView& view, const MappingRecord& mapping) {
  if (mapping.num_transforms == 0) return 0;
  Steps steps = 0;
  for (const Form form : {Form::Text, Form::List, Form::Number, Form::Object})
    steps = std::max(steps, steps_of_transforms_from(view, mapping, form));
  return add_steps(steps + mapping.num_transforms, steps_of_path(view, mapping));
}

Steps steps_of_mapping(const ProgramView& view, const MappingRecord& mapping, Steps look_up) {
  const Steps literal = mapping.literal == kNone ? 0 : steps_of_key(view, mapping.literal);
  const Steps value = steps_of_value(view, view.Attributes[mapping.attribute], look_up);
  const Steps steps = add_steps(steps_of_path(view, mapping), 1 + literal + value);
  return add_steps(steps, steps_of_transforms(view, mapping));
}

// ---- settings

// A text is copied, which takes memory; some are read as well.
Steps steps_per_byte(std::uint32_t setting) {
  if (setting == static_cast<std::uint32_t>(Setting::Jwks)) return kKeySetByte;
  return setting == static_cast<std::uint32_t>(Setting::RequiredClaims) ? kRequiredByte : 1;
}

// By constant, each looked at once, however many settings share it.
class SettingSteps {
 public:
  explicit SettingSteps(const ProgramView& view) : view_(view), lists_(view.Constants.size(), 0) {}

  Steps of(const SettingRecord& setting) {
    const ConstantRecord& constant = view_.Constants[setting.constant];
    if (type_of(constant).shape == Shape::List) return kSetting + of_list(setting.constant);
    if (!is_text(type_of(constant).kind)) return kSetting;
    const Steps bytes = view_.string(static_cast<std::uint32_t>(constant.payload)).size();
    return kSetting + bytes * steps_per_byte(setting.number);
  }

 private:
  Steps of_list(std::uint32_t id) {
    if (lists_[id] != 0) return lists_[id];
    for (const U32& word : view_.words_of(view_.Constants[id]))
      lists_[id] += kListElement + view_.string(word).size();
    return lists_[id];
  }

  const ProgramView& view_;
  std::vector<Steps> lists_;
};

// The names of claims that no error may show are copied.
Steps steps_of_sensitive(const ProgramView& view, const ProviderRecord& provider) {
  Steps steps = 0;
  for (const MappingRecord& mapping :
       view.Mappings.subspan(provider.first_mapping, provider.num_mappings)) {
    if ((view.Attributes[mapping.attribute].flags & AttributeRecord::kSensitive) == 0) continue;
    if (mapping.literal != kNone)
      steps = add_steps(steps, kListElement + view.string(mapping.literal).size());
    if (mapping.num_steps == 0) continue;
    const PathStepRecord& step = view.PathSteps[mapping.first_step];
    if (step.kind == static_cast<U8>(PathStepKind::Key))
      steps = add_steps(steps, kListElement + view.string(step.value).size());
  }
  return steps;
}

Steps steps_of_settings(const ProgramView& view) {
  SettingSteps steps_of(view);
  Steps steps = 0;
  for (const ProviderRecord& provider : view.Providers) {
    steps = add_steps(steps, kProvider + steps_of_sensitive(view, provider));
    for (const SettingRecord& setting :
         view.Settings.subspan(provider.first_setting, provider.num_settings))
      steps = add_steps(steps, steps_of.of(setting));
  }
  return steps;
}

// ---- rules

// A walk looks at a condition once for each group around it, itself included.
Steps steps_of_rule(const ProgramView& view, const RuleRecord& rule) {
  Steps steps = 0;
  std::vector<std::uint32_t> open;  // where the groups around end
  for (std::uint32_t i = rule.first_condition; i < rule.first_condition + rule.num_conditions;
       ++i) {
    while (!open.empty() && open.back() == i) open.pop_back();
    const ConditionRecord& node = view.Conditions[i];
    Steps cost = kCondition;
    if (node.kind == static_cast<U8>(ConditionKind::Test)) {
      cost += steps_of_test(view, *find_function(node.function), node.attribute,
                            static_cast<OperandForm>(node.form), node.operand, node.quantifier());
    }
    steps = add_steps(steps, cost * (open.size() + 1));
    if (node.end > i + 1) open.push_back(node.end);
  }
  return steps;
}

struct PolicySteps {
  Steps all = 0;      // of every rule
  Steps dearest = 0;  // of one
};

std::vector<PolicySteps> measure_policies(const ProgramView& view) {
  std::vector<PolicySteps> policies(view.Policies.size());
  for (const RuleRecord& rule : view.Rules) {
    const Steps steps = steps_of_rule(view, rule);
    PolicySteps& policy = policies[rule.policy];
    policy.all = add_steps(policy.all, steps);
    policy.dearest = std::max(policy.dearest, steps);
  }
  return policies;
}

// ---- calls

// Keeps the dearest of some calls, and its name.
template <class MakeName>
void keep_dearest(Steps& most, std::string& name, Steps steps, MakeName make_name) {
  if (steps <= most) return;
  most = steps;
  name = make_name();
}

class WorkMeter {
 public:
  WorkMeter(const ProgramView& view, std::span<const Steps> function_steps)
      : view_(view),
        function_steps_(function_steps),
        policies_(measure_policies(view)),
        look_up_(steps_of_string_look_up(view)) {}

  WorkReport measure() {
    report_.work.start = steps_of_settings(view_);
    for (const ProviderRecord& provider : view_.Providers) measure_provider(provider);
    for (std::uint32_t i = 0; i < view_.Policies.size(); ++i) measure_policy(i);
    for (const ResourceRecord& resource : view_.Resources) measure_resource(resource);
    return std::move(report_);
  }

 private:
  [[nodiscard]] Steps steps_of_mappings(std::uint32_t first, std::uint32_t count) const {
    Steps steps = 0;
    for (const MappingRecord& mapping : view_.Mappings.subspan(first, count))
      steps = add_steps(steps, steps_of_mapping(view_, mapping, look_up_));
    return steps;
  }

  // A principal has a slot for every attribute; its provider is looked for among all.
  void measure_provider(const ProviderRecord& provider) {
    const Steps steps = add_steps(view_.Attributes.size() + view_.Providers.size(),
                                  steps_of_mappings(provider.first_mapping, provider.num_mappings));
    keep_dearest(report_.work.bind, report_.bind, steps,
                 [&] { return "provider " + quoted(provider.name); });
  }

  void measure_policy(std::uint32_t index) {
    const PolicyRecord& policy = view_.Policies[index];
    measure_call(policy.function, 0, policies_[index],
                 [&] { return "policy " + quoted(policy.name); });
  }

  void measure_resource(const ResourceRecord& resource) {
    const Steps context = steps_of_mappings(resource.first_mapping, resource.num_mappings);
    for (const RouteRecord& route :
         view_.Routes.subspan(resource.first_route, resource.num_routes)) {
      if (route.function == kNone) continue;
      measure_call(route.function, context, rules_of(route), [&] {
        return "action " + quoted(route.action) + " of resource " + quoted(resource.name);
      });
    }
  }

  [[nodiscard]] PolicySteps rules_of(const RouteRecord& route) const {
    PolicySteps rules;
    for (const PermissionRecord& permission :
         view_.Permissions.subspan(route.first_permission, route.num_permissions)) {
      const PolicySteps& policy = policies_[permission.policy];
      rules.all = add_steps(rules.all, policy.all);
      rules.dearest = std::max(rules.dearest, policy.dearest);
    }
    return rules;
  }

  // A Deny that fired is walked once more, to see whether it was decided.
  template <class MakeName>
  void measure_call(std::uint32_t function, Steps context, const PolicySteps& rules,
                    MakeName make_name) {
    const Steps request = add_steps(kRequestAttributes * view_.Attributes.size(), context);
    const Steps decision = add_steps(add_steps(function_steps_[function], request), rules.dearest);
    keep_dearest(report_.work.decision, report_.decision, decision, make_name);
    keep_dearest(report_.work.details, report_.details, add_steps(decision, rules.all), make_name);
  }

  [[nodiscard]] std::string quoted(std::uint32_t string) const {
    constexpr std::size_t kShown = 64;  // bytes
    return "`" + std::string(view_.string(string).substr(0, kShown)) + "`";
  }

  const ProgramView& view_;
  std::span<const Steps> function_steps_;
  std::vector<PolicySteps> policies_;
  Steps look_up_;  // of a string
  WorkReport report_;
};

// All states of a small automaton fit its memory; of a larger one all instructions are tried.
Steps tries_of_pattern(const ProgramView& view, const ConstantRecord& constant) {
  constexpr Steps kSmall = 8;
  const Steps size = view.patterns->get(static_cast<std::uint32_t>(constant.payload)).size();
  return size <= kSmall ? 0 : size;
}

}  // namespace

Steps steps_of_test(const ProgramView& view, const FunctionRow& row, std::uint32_t attribute,
                    OperandForm form, std::uint32_t operand, Quantifier quantifier) {
  MeasuredTest test{row.cost, kind_of(view, attribute), {}, 0, kText};
  if (form == OperandForm::Attribute) test.variable = kind_of(view, operand);
  if (form == OperandForm::Constant) {
    const ConstantRecord& constant = view.Constants[operand];
    test.members = constant.count;
    if (is_text(type_of(constant).kind) && type_of(constant).shape == Shape::One) {
      const std::string_view text = view.string(static_cast<std::uint32_t>(constant.payload));
      test.bytes = text.size();
      if (row.cost == Cost::Glob) test.tries += longest_special_piece(text);
      if (row.cost == Cost::Regex) test.tries += tries_of_pattern(view, constant);
    }
  }
  if (row.cost == Cost::Values)
    test.members = view.Constants[view.Attributes[attribute].values].count;
  if (row.cost == Cost::Local)
    test.members = view.Constants[view.words_of(view.Constants[operand])[0]].count;
  return quantifier == Quantifier::Absent ? steps_of_value(test) : steps_of_elements(test);
}

WorkReport measure_work(const ProgramView& view, std::span<const Steps> function_steps) {
  return WorkMeter(view, function_steps).measure();
}

std::string describe(const Work& work) {
  return std::to_string(work.bind) + " steps to bind claims, " + std::to_string(work.decision) +
         " to decide, " + std::to_string(work.details) + " with details, " +
         std::to_string(work.start) + " to start";
}

}  // namespace verdict
