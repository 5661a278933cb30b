// Check V13: attributes, the paths to them, and the mappings.
#include <algorithm>
#include <utility>
#include <vector>

#include "vm/base/limits.h"
#include "vm/value/transform.h"
#include "vm/verify/verify_records.h"

namespace verdict {
namespace {

using Result = Expected<void, Error>;

struct RequestAttribute {
  std::string_view name;
  Kind kind;
};
constexpr auto kRequestAttributes = std::to_array<RequestAttribute>({
#define VERDICT_REQUEST_ATTRIBUTE(member, name, kind) {name, Kind::kind},
#include "vm/program/request_attributes.def"
});

// The built-in attributes are bound by name: the name, the kind and the source belong together.
bool is_request_attribute_sound(const ProgramView& view, const AttributeRecord& attribute) {
  const bool is_request = attribute.source == static_cast<U8>(AttributeSource::Request);
  const auto row = std::find_if(
      kRequestAttributes.begin(), kRequestAttributes.end(),
      [&](const RequestAttribute& builtin) { return builtin.name == view.string(attribute.name); });
  if (row == kRequestAttributes.end()) return !is_request;
  return is_request && attribute.kind == static_cast<U8>(row->kind);
}

Result verify_attribute(const ProgramView& view, std::size_t index) {
  const AttributeRecord& attribute = view.Attributes[index];
  const auto wrong = [&](std::string_view why) {
    return refuse_at(view, LoadError::Attributes, Section::Attributes, index, why);
  };
  constexpr unsigned kFlags =
      AttributeRecord::kSensitive | AttributeRecord::kOrdered | AttributeRecord::kNullable;
  if (attribute.reserved != 0 || (attribute.flags & ~kFlags) != 0) {
    return refuse_at(view, LoadError::Reserved, Section::Attributes, index, "reserved bits");
  }
  if (!is_string(view, attribute.name)) return wrong("no such name");
  if (attribute.kind >= kNumKinds || !kKinds[attribute.kind].is_of_attributes)
    return wrong("unknown kind");
  if (attribute.source > static_cast<U8>(AttributeSource::Request)) return wrong("unknown source");
  if (!is_request_attribute_sound(view, attribute))
    return wrong("a built-in name with another kind or source");
  const bool is_enum = attribute.kind == static_cast<U8>(Kind::Enum);
  if (is_enum != is_constant(view, attribute.values, {Kind::String, Shape::List}))
    return wrong("wrong list of enum values");
  if (!is_enum && attribute.values != kNone) return wrong("enum values on another kind");
  if (!is_enum && (attribute.flags & AttributeRecord::kOrdered) != 0)
    return wrong("only an enum is ordered");
  return {};
}

// Each list once, however many attributes share it.
Result verify_enum_values(const ProgramView& view) {
  std::vector<bool> is_checked(view.Constants.size());
  SeenBy seen(view.num_strings());
  for (std::size_t i = 0; i < view.Attributes.size(); ++i) {
    const std::uint32_t list = view.Attributes[i].values;
    if (list == kNone || is_checked[list]) continue;
    is_checked[list] = true;
    const std::span<const U32> values = view.words_of(view.Constants[list]);
    const bool repeats = std::any_of(values.begin(), values.end(),
                                     [&](std::uint32_t value) { return seen.see(value, list); });
    if (values.empty() || repeats) {
      return refuse_at(view, LoadError::Attributes, Section::Attributes, i,
                       "its list of enum values is empty or repeats one");
    }
  }
  return {};
}

Result verify_attributes(const ProgramView& view) {
  if (view.Attributes.size() > limits::kMaxAttributes)
    return refuse(LoadError::Limit, "too many attributes");
  std::vector<bool> is_name(view.num_strings());
  for (std::size_t i = 0; i < view.Attributes.size(); ++i) {
    VERDICT_TRY(verify_attribute(view, i));
    if (is_name[view.Attributes[i].name]) {
      return refuse_at(view, LoadError::Attributes, Section::Attributes, i,
                       "a second attribute of that name");
    }
    is_name[view.Attributes[i].name] = true;
  }
  return verify_enum_values(view);
}

Result verify_path_steps(const ProgramView& view) {
  for (std::size_t i = 0; i < view.PathSteps.size(); ++i) {
    const PathStepRecord& step = view.PathSteps[i];
    if (!all_zero(step.reserved))
      return refuse_at(view, LoadError::Reserved, Section::PathSteps, i, "reserved bits");
    const auto kind = static_cast<PathStepKind>(step.kind);
    const bool is_valid = kind == PathStepKind::Key    ? is_string(view, step.value)
                          : kind == PathStepKind::Each ? step.value == 0
                                                       : kind == PathStepKind::Index;
    if (!is_valid) return refuse_at(view, LoadError::Tables, Section::PathSteps, i, "wrong step");
  }
  return {};
}

// Whether a constant can be the default of an attribute. That an enum's is among its values,
// verify_enum_defaults() sees.
bool is_default_of(const ProgramView& view, const AttributeRecord& attribute, std::uint32_t id) {
  if (id < view.Constants.size() && view.Constants[id].count > limits::kMaxListElements)
    return false;
  const auto kind = static_cast<Kind>(attribute.kind);
  if (kind == Kind::Presence) return id < view.Constants.size();
  return is_constant(view, id,
                     {constant_kind(element_of(kind)), is_list(kind) ? Shape::List : Shape::One});
}

// Whether a default is as long as the claims of a request may be: one text, all texts of a list.
// Each constant once, however many mappings share it.
class DefaultTexts {
 public:
  explicit DefaultTexts(const ProgramView& view)
      : view_(view), is_checked_(view.Constants.size()) {}

  bool are_short(std::uint32_t id) {
    const ConstantRecord& constant = view_.Constants[id];
    if (is_checked_[id] || !is_text(type_of(constant).kind)) return true;
    is_checked_[id] = true;
    if (type_of(constant).shape == Shape::One)
      return is_attribute_text(view_, static_cast<std::uint32_t>(constant.payload));
    std::size_t bytes = 0;
    for (const std::uint32_t text : view_.words_of(constant)) bytes += view_.string(text).size();
    return bytes <= limits::kMaxClaimsBytes;
  }

 private:
  const ProgramView& view_;
  std::vector<bool> is_checked_;
};

Result verify_transforms(const ProgramView& view) {
  for (std::size_t i = 0; i < view.Transforms.size(); ++i) {
    const TransformRecord& record = view.Transforms[i];
    if (!all_zero(record.reserved))
      return refuse_at(view, LoadError::Reserved, Section::Transforms, i, "reserved bits");
    if (record.transform >= kNumTransforms)
      return refuse_at(view, LoadError::Feature, Section::Transforms, i, "unknown transform");
    const bool takes_text = kTransforms[record.transform].argument == TransformArgument::Text;
    const bool is_valid = takes_text ? is_attribute_text(view, record.argument) &&
                                           !view.string(record.argument).empty()
                                     : record.argument == kNone;
    if (!is_valid)
      return refuse_at(view, LoadError::Tables, Section::Transforms, i, "wrong argument");
  }
  return {};
}

// Whether only a list can stand at the end of a path. No JSON goes on behind kDeepest steps.
bool goes_through_each(const ProgramView& view, const MappingRecord& mapping) {
  constexpr std::size_t kDeepest = limits::kMaxClaimDepth + 1;
  if (mapping.literal != kNone) return false;
  const auto steps = view.PathSteps.subspan(mapping.first_step,
                                            std::min<std::size_t>(mapping.num_steps, kDeepest));
  return std::any_of(steps.begin(), steps.end(), [](const PathStepRecord& step) {
    return step.kind == static_cast<U8>(PathStepKind::Each);
  });
}

// Each transform takes something that the one before it gives, and the last one something that the
// attribute can be.
std::string_view find_fault_of_transforms(const ProgramView& view, const MappingRecord& mapping) {
  if (mapping.num_transforms == 0) return {};
  if (mapping.num_transforms > limits::kMaxTransforms ||
      !is_range(mapping.first_transform, mapping.num_transforms, view.Transforms.size()))
    return "its transforms lie outside, or are too many";
  FormSet forms = goes_through_each(view, mapping) ? FormSet(Form::List) : kJsonForms;
  for (const TransformRecord& record :
       view.Transforms.subspan(mapping.first_transform, mapping.num_transforms))
    forms = forms_after(kTransforms[record.transform], forms);
  if (forms.empty()) return "a transform does not take what comes";
  const auto kind = static_cast<Kind>(view.Attributes[mapping.attribute].kind);
  return can_become(forms, kind) ? "" : "its transforms do not give the attribute's kind";
}

Result verify_mapping(const ProgramView& view, std::size_t index, DefaultTexts& texts) {
  const MappingRecord& mapping = view.Mappings[index];
  const auto wrong = [&](std::string_view why) {
    return refuse_at(view, LoadError::Tables, Section::Mappings, index, why);
  };
  if (!all_zero(mapping.reserved) || (mapping.flags & ~unsigned{MappingRecord::kRequired}) != 0 ||
      (mapping.num_transforms == 0 && mapping.first_transform != 0)) {
    return refuse_at(view, LoadError::Reserved, Section::Mappings, index, "reserved bits");
  }
  if (mapping.attribute >= view.Attributes.size()) return wrong("no such attribute");
  if (!is_string_or_none(view, mapping.literal)) return wrong("no such key");
  if (!is_range(mapping.first_step, mapping.num_steps, view.PathSteps.size()))
    return wrong("its path lies outside");
  if (mapping.literal == kNone && mapping.num_steps == 0) return wrong("it has no path");
  const AttributeRecord& attribute = view.Attributes[mapping.attribute];
  if (mapping.default_value != kNone && (!is_default_of(view, attribute, mapping.default_value) ||
                                         !texts.are_short(mapping.default_value))) {
    return wrong("its default is not of the attribute's kind, or too long");
  }
  const std::string_view fault = find_fault_of_transforms(view, mapping);
  if (!fault.empty()) return wrong(fault);
  if (mapping.default_value != kNone && (mapping.flags & MappingRecord::kRequired) != 0)
    return wrong("what is required cannot have a default");
  return {};
}

// Mappings of enum attributes with a default, as (list of values, mapping): those of one list stand
// together.
std::vector<std::pair<std::uint32_t, std::uint32_t>> find_enum_defaults(const ProgramView& view) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  for (std::uint32_t i = 0; i < view.Mappings.size(); ++i) {
    const AttributeRecord& attribute = view.Attributes[view.Mappings[i].attribute];
    const bool is_enum = attribute.kind == static_cast<U8>(Kind::Enum);
    if (is_enum && view.Mappings[i].default_value != kNone) found.emplace_back(attribute.values, i);
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The default of an enum is one of its values. Walks each list once, however many attributes share
// it.
Result verify_enum_defaults(const ProgramView& view) {
  std::vector<std::uint32_t> list_of_string(view.num_strings(), kNone);
  std::uint32_t current = kNone;
  for (const auto& [values, mapping] : find_enum_defaults(view)) {
    if (values != std::exchange(current, values)) {
      for (const std::uint32_t value : view.words_of(view.Constants[values]))
        list_of_string[value] = values;
    }
    const ConstantRecord& constant = view.Constants[view.Mappings[mapping].default_value];
    if (list_of_string[static_cast<std::size_t>(constant.payload)] != values) {
      return refuse_at(view, LoadError::Tables, Section::Mappings, mapping,
                       "its default is no value of the enum");
    }
  }
  return {};
}

Result verify_mappings(const ProgramView& view) {
  DefaultTexts texts(view);
  for (std::size_t i = 0; i < view.Mappings.size(); ++i)
    VERDICT_TRY(verify_mapping(view, i, texts));
  return verify_enum_defaults(view);
}

}  // namespace

OwnedMappings::OwnedMappings(const ProgramView& view, AttributeSource source)
    : view_(view), source_(source), seen_(view.Attributes.size()) {}

std::string_view OwnedMappings::find_fault(std::uint32_t first, std::uint32_t count) {
  num_mappings_ += count;
  if (!is_range(first, count, view_.Mappings.size()) || num_mappings_ > view_.Mappings.size())
    return "its mappings lie outside of the table, or are shared";
  for (const MappingRecord& mapping : view_.Mappings.subspan(first, count)) {
    if (view_.Attributes[mapping.attribute].source != static_cast<U8>(source_))
      return "it maps an attribute of another source";
    if (seen_.see(mapping.attribute, owner_)) return "it maps an attribute twice";
  }
  ++owner_;
  return {};
}

Expected<void, Error> verify_attribute_tables(const ProgramView& view) {
  VERDICT_TRY(verify_attributes(view));
  VERDICT_TRY(verify_path_steps(view));
  VERDICT_TRY(verify_transforms(view));
  return verify_mappings(view);
}

}  // namespace verdict
