#include "compiler/policyc/workbench/attributes.h"

#include <algorithm>
#include <string_view>

#include "vm/base/text.h"
#include "vm/value/scalar.h"

namespace verdict::policyc {
namespace {

constexpr std::size_t kShownBytes = 64;    // of one text
constexpr std::size_t kShownElements = 8;  // of one list

// Cut between two code points.
std::string shown_text(std::string_view text) {
  std::size_t size = std::min(text.size(), kShownBytes);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80)
    --size;
  return "\"" + escape_for_display(text.substr(0, size)) + (size < text.size() ? "..." : "") + "\"";
}

std::string shown_value(Kind kind, const Slot& value) {
  if (kind == Kind::Presence) return "there";
  if (is_text(kind)) return shown_text(value.string.text());
  if (!is_list(kind)) return format(kind, value);
  std::string text = "[";
  for (std::size_t i = 0; i < std::min<std::size_t>(value.list.count, kShownElements); ++i) {
    text += (i == 0 ? "" : ", ") + shown_value(element_of(kind), value.list.elements[i]);
  }
  if (value.list.count > kShownElements)
    text += ", ... " + std::to_string(value.list.count) + " in all";
  return text + "]";
}

std::string describe_state(const AttributeRecord& attribute, AttributeId id, const Slots& slots) {
  const Origin origin = slots.origin(id);
  if (origin == Origin::Absent) return "absent";
  if (origin == Origin::Null) return "null";
  if (origin == Origin::Invalid) return "invalid: " + slots.describe_invalid(id);
  const bool is_sensitive = (attribute.flags & AttributeRecord::kSensitive) != 0;
  const std::string value =
      is_sensitive ? "there (it is sensitive)"
                   : shown_value(static_cast<Kind>(attribute.kind), slots.view().slots[id.index()]);
  return value + (origin == Origin::Default ? " by default" : "");
}

std::string describe_path(const ProgramView& view, const MappingRecord& mapping) {
  if (mapping.literal != kNone) return std::string(view.string(mapping.literal));
  std::string path;
  for (const PathStepRecord& step : view.PathSteps.subspan(mapping.first_step, mapping.num_steps)) {
    const auto kind = static_cast<PathStepKind>(step.kind);
    if (kind == PathStepKind::Key) {
      path += (path.empty() ? "" : ".") + std::string(view.string(step.value));
    } else {
      path += kind == PathStepKind::Index ? "[" + std::to_string(step.value) + "]" : "[*]";
    }
  }
  return path;
}

std::string describe_transforms(const ProgramView& view, const MappingRecord& mapping) {
  std::string text;
  for (const TransformRecord& record :
       view.Transforms.subspan(mapping.first_transform, mapping.num_transforms)) {
    text += (text.empty() ? " through `" : ", `") +
            std::string(kTransforms[record.transform].spelling) + "`";
    if (record.argument != kNone) text += " " + shown_text(view.string(record.argument));
  }
  return text;
}

}  // namespace

std::string quoted(std::string_view text) { return "`" + escape_for_display(text) + "`"; }

std::string describe_attribute(const ProgramView& view, const MappingRecord& mapping,
                               const Slots& slots) {
  const AttributeRecord& attribute = view.Attributes[mapping.attribute];
  const AttributeId id(mapping.attribute);
  const Origin origin = slots.origin(id);
  const bool has_come_through = origin == Origin::Transformed || origin == Origin::Invalid;
  return quoted(view.string(attribute.name)) + " is " + describe_state(attribute, id, slots) +
         "; from " + quoted(describe_path(view, mapping)) +
         (has_come_through ? describe_transforms(view, mapping) : "");
}

}  // namespace verdict::policyc
