#include "compiler/check/attributes.h"

#include <algorithm>
#include <array>

#include "compiler/ast/object_reader.h"
#include "compiler/check/literals.h"
#include "compiler/check/transforms.h"
#include "compiler/providers/providers.h"

namespace verdict::compiler {
namespace {

using ast::quoted;

struct RequestAttribute {
  std::string_view name;
  Kind kind;
};
constexpr auto kRequestAttributes = std::to_array<RequestAttribute>({
#define VERDICT_REQUEST_ATTRIBUTE(member, name, kind) {name, Kind::kind},
#include "vm/program/request_attributes.def"
});

// The order in which a kind is taken where a default value leaves several.
constexpr auto kPreferred =
    std::to_array<Kind>({Kind::String, Kind::Number, Kind::Boolean, Kind::StringList});

std::string text_of(KindSet kinds) {
  std::vector<std::string_view> names;
  for (const KindRow& row : kKinds) {
    if (kinds.contains(row.kind)) names.push_back(row.spelling);
  }
  return ast::enumerate(names);
}

bool has_evidence(const AttributeEntry& entry, EvidenceSource source) {
  return std::any_of(entry.evidence.begin(), entry.evidence.end(),
                     [source](const Evidence& evidence) { return evidence.source == source; });
}

// A bare string is a list of one, where `type` says that the attribute is a list.
KindSet kinds_of_default(const AttributeEntry& entry, const JsonNode& value) {
  if (entry.is_string_list && value.kind() == JsonKind::String) return Kind::StringList;
  return kinds_of_json(value);
}

void keep(AttributeEntry& entry, Evidence evidence) {
  const bool is_new = std::none_of(
      entry.first_of_kinds.begin(), entry.first_of_kinds.end(),
      [&](std::size_t index) { return entry.evidence[index].kinds == evidence.kinds; });
  if (is_new) entry.first_of_kinds.push_back(entry.evidence.size());
  entry.evidence.push_back(std::move(evidence));
}

// Most transforms give one kind. What `lower` gives is as open as what it takes.
bool is_decided_by_transform(const Evidence& evidence) {
  return evidence.source == EvidenceSource::Transform && evidence.kinds.size() == 1;
}

}  // namespace

std::string articles_of(KindSet kinds) {
  std::string text;
  for (const KindRow& row : kKinds) {
    if (kinds.contains(row.kind)) text += (text.empty() ? "" : " or ") + std::string(row.article);
  }
  return text;
}

AttributeTable::AttributeTable(const ast::Workspace& workspace, Emitter& emitter)
    : workspace_(workspace), emitter_(emitter) {
  for (const ast::Provider& provider : workspace.providers) {
    for (const ast::Mapping& mapping : provider.mappings.items)
      declare_mapping(mapping, AttributeSource::Claim);
  }
  for (const ast::Resource& resource : workspace.resources) {
    for (const ast::Mapping& mapping : resource.context.items)
      declare_mapping(mapping, AttributeSource::Context);
  }
  declare_request();
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    for (const ast::Mapping* mapping : entries_[AttributeId(i)].mappings)
      add_mapping_evidence(AttributeId(i), *mapping);
  }
  decide_nullability();
}

void AttributeTable::declare_mapping(const ast::Mapping& mapping, AttributeSource source) {
  const std::string name =
      (source == AttributeSource::Claim ? "ext_" : "ctx_") + mapping.attribute.value;
  const auto [found, is_new] = ids_.try_emplace(name, entries_.next_id());
  if (is_new) {
    AttributeEntry entry;
    entry.attribute.name = name;
    entry.attribute.source = source;
    entry.attribute.span = mapping.attribute.span;
    entries_.push_back(std::move(entry));
  }
  AttributeEntry& entry = entries_[found->second];
  if (mapping.values != nullptr) check_values(entry, mapping);
  if (entry.first_with_values == nullptr && mapping.values != nullptr)
    entry.first_with_values = &mapping;
  entry.mappings.push_back(&mapping);
  entry.is_string_list = entry.is_string_list || mapping.kind == Kind::StringList;
  entry.attribute.is_sensitive = entry.attribute.is_sensitive || mapping.is_sensitive;
  entry.attribute.is_ordered = entry.attribute.is_ordered || mapping.is_ordered;
  if (mapping.values == nullptr || !entry.attribute.values.empty()) return;
  for (const JsonNode& value : mapping.values->elements())
    entry.attribute.values.emplace_back(value.text());
}

// All mappings of an attribute that list values list the same ones, in the same order.
void AttributeTable::check_values(const AttributeEntry& entry, const ast::Mapping& mapping) {
  const ast::Mapping* first = entry.first_with_values;
  if (first == nullptr) return;
  const auto is_same = [](const JsonNode& a, const JsonNode& b) { return a.text() == b.text(); };
  const auto mine = mapping.values->elements();
  const auto others = first->values->elements();
  if (std::equal(mine.begin(), mine.end(), others.begin(), others.end(), is_same)) return;
  emitter_.emit(Code::ValuesDiffer, mapping.values->span(), {entry.attribute.name})
      .label(first->values->span(), "declared with these before");
}

void AttributeTable::declare_request() {
  for (const RequestAttribute& row : kRequestAttributes) {
    AttributeEntry entry;
    entry.attribute.name = std::string(row.name);
    entry.attribute.source = AttributeSource::Request;
    entry.kinds = row.kind;
    if (row.kind == Kind::Enum) {
      for (const ast::Provider& provider : workspace_.providers)
        entry.attribute.values.push_back(provider.name.value);
    }
    ids_.try_emplace(entry.attribute.name, entries_.next_id());
    entries_.push_back(std::move(entry));
  }
}

// Evidence of a mapping itself.
void AttributeTable::add_own_evidence(AttributeId id, const Evidence& evidence) {
  if (const Evidence* other = add_evidence(id, evidence)) report_conflict(id, evidence, *other);
}

void AttributeTable::add_mapping_evidence(AttributeId id, const ast::Mapping& mapping) {
  const auto add = [&](KindSet kinds, EvidenceSource source, Span span, std::string what) {
    add_own_evidence(id, {kinds, source, span, std::move(what)});
  };
  if (mapping.kind) {
    add(*mapping.kind, EvidenceSource::Declared, mapping.type->span,
        "it is declared as " + std::string(get_kind_row(*mapping.kind).article));
  }
  if (mapping.values != nullptr) {
    add(Kind::Enum, EvidenceSource::Declared, mapping.values->span(),
        "its `values` make it an enum");
  } else if (entries_[id].attribute.values.empty()) {
    narrow(id, ~KindSet(Kind::Enum));
  }
  const bool has_transform = !mapping.transforms.empty() || mapping.has_broken_transform;
  if (has_transform) add_transform_evidence(id, mapping);
  if (mapping.default_value != nullptr) {
    add(kinds_of_default(entries_[id], *mapping.default_value), EvidenceSource::Default,
        mapping.default_value->span(),
        "its default is " + std::string(describe(mapping.default_value->kind())));
  }
  if (!has_transform) add_path_evidence(id, mapping);
}

// What the claim itself is says no more where a transform changes it.
void AttributeTable::add_transform_evidence(AttributeId id, const ast::Mapping& mapping) {
  const std::optional<FormSet> forms =
      mapping.has_broken_transform ? std::nullopt : follow_transforms(mapping, emitter_);
  if (!forms) {
    excuse(id);
    return;
  }
  const ast::TransformStep& last = mapping.transforms.back();
  const bool is_list_of_one = mapping.kind == Kind::StringList && forms->contains(Form::Text);
  const KindSet kinds = is_list_of_one ? Kind::StringList : kinds_of(*forms);
  add_own_evidence(id, {kinds, EvidenceSource::Transform, last.span,
                        quoted(spelling_of(last.transform)) + " gives " + articles_of(*forms)});
}

void AttributeTable::add_path_evidence(AttributeId id, const ast::Mapping& mapping) {
  const auto add = [&](KindSet kinds, EvidenceSource source, std::string what) {
    add_own_evidence(id, {kinds, source, mapping.path_text.span, std::move(what)});
  };
  if (goes_through_each(mapping.path)) {
    add(Kind::StringList | Kind::NumberList, EvidenceSource::Declared, "`[*]` makes it a list");
  }
  if (mapping.kind || !mapping.path.literal || !mapping.path.steps.empty())
    return;  // `type` decides
  if (const RegisteredClaim* claim = find_registered_claim(*mapping.path.literal)) {
    add(claim->kinds, EvidenceSource::Standard,
        "it is " + articles_of(claim->kinds) + " by " + std::string(claim->source));
  }
}

AttributeId AttributeTable::find(std::string_view name) const {
  const auto found = ids_.find(name);
  return found == ids_.end() ? AttributeId::none() : found->second;
}

Spellings& AttributeTable::spellings() {
  if (spellings_) return *spellings_;
  std::vector<std::string_view> names;
  for (const AttributeEntry& entry : entries_) names.emplace_back(entry.attribute.name);
  return spellings_.emplace(names);
}

EnumValues& AttributeTable::values_of(AttributeId id) {
  return values_.try_emplace(id, get(id).values).first->second;
}

std::size_t AttributeTable::list_number(AttributeId id) {
  const auto [number, is_new] = list_numbers_.try_emplace(id, value_lists_.size());
  if (is_new) {
    const auto& names = values_of(id).list().names();
    number->second = value_lists_.try_emplace(names, value_lists_.size()).first->second;
  }
  return number->second;
}

bool AttributeTable::have_same_values(AttributeId a, AttributeId b) {
  return list_number(a) == list_number(b);
}

bool AttributeTable::narrow(AttributeId id, KindSet kinds) {
  AttributeEntry& entry = entries_[id];
  if ((entry.kinds & kinds).empty()) return false;
  entry.kinds = entry.kinds & kinds;
  return true;
}

const Evidence* AttributeTable::add_evidence(AttributeId id, Evidence evidence) {
  AttributeEntry& entry = entries_[id];
  const KindSet before = entry.kinds;
  if (narrow(id, evidence.kinds)) {
    evidence.has_narrowed = entry.kinds != before;
    keep(entry, std::move(evidence));
    return nullptr;
  }
  entry.has_conflict = true;
  entry.rejected.push_back(evidence);
  for (const std::size_t index : entry.first_of_kinds) {
    const Evidence& other = entry.evidence[index];
    if ((other.kinds & evidence.kinds).empty()) return &other;
  }
  if (entry.evidence.empty()) {  // narrowed by what the attribute itself is
    keep(entry,
         {entry.kinds, EvidenceSource::Declared, entry.attribute.span, articles_of(entry.kinds)});
  }
  return &entry.evidence.back();
}

void AttributeTable::report_conflict(AttributeId id, const Evidence& evidence,
                                     const Evidence& other) {
  emitter_
      .emit(Code::TypeConflict, evidence.span,
            {entries_[id].attribute.name, evidence.what, other.what})
      .label(other.span, other.what);
}

void AttributeTable::decide_nullability() {
  for (AttributeEntry& entry : entries_) {
    if (entry.attribute.source == AttributeSource::Request) {
      const std::string& name = entry.attribute.name;
      entry.attribute.is_nullable = name != "req_time";
      continue;
    }
    const bool is_claim = entry.attribute.source == AttributeSource::Claim;
    const bool is_everywhere = !is_claim || entry.mappings.size() == workspace_.providers.size();
    const bool is_always_there =
        std::all_of(entry.mappings.begin(), entry.mappings.end(), [](const ast::Mapping* mapping) {
          return mapping->is_required || mapping->default_value != nullptr;
        });
    entry.attribute.is_nullable = !(is_everywhere && is_always_there);
  }
}

void AttributeTable::resolve() {
  for (AttributeEntry& entry : entries_) resolve_entry(entry);
}

AttributeId AttributeTable::apply_preference() {
  while (next_preference_ < entries_.size()) {
    const AttributeId id(next_preference_++);
    AttributeEntry& entry = entries_[id];
    if (entry.kinds.size() < 2 || !has_evidence(entry, EvidenceSource::Default)) continue;
    const auto preferred = std::find_if(kPreferred.begin(), kPreferred.end(),
                                        [&entry](Kind kind) { return entry.kinds.contains(kind); });
    if (preferred == kPreferred.end()) continue;
    entry.kinds = *preferred;
    return id;
  }
  return AttributeId::none();
}

void AttributeTable::resolve_entry(AttributeEntry& entry) {
  const bool is_transformed =
      std::any_of(entry.evidence.begin(), entry.evidence.end(),
                  [](const Evidence& evidence) { return is_decided_by_transform(evidence); });
  const bool is_given = is_transformed || has_evidence(entry, EvidenceSource::Declared) ||
                        has_evidence(entry, EvidenceSource::Default) ||
                        entry.attribute.source == AttributeSource::Request;
  if (!entry.is_read && !is_given) {
    entry.attribute.kind = Kind::Presence;
    return;
  }
  for (const KindRow& row : kKinds) {
    if (entry.kinds.contains(row.kind)) entry.attribute.kind = row.kind;
  }
  const bool is_excused = entry.has_conflict || entry.is_excused || !workspace_.has_all_policies ||
                          !workspace_.has_all_attributes;
  if (entry.kinds.size() > 1 && !is_excused) {
    emitter_
        .emit(Code::AmbiguousType, entry.attribute.span,
              {entry.attribute.name, text_of(entry.kinds)})
        .help("add `\"type\"` to the mapping");
  } else {
    warn_about_required(entry);
  }
}

void AttributeTable::warn_about_required(const AttributeEntry& entry) {
  const bool is_from_use =
      std::all_of(entry.evidence.begin(), entry.evidence.end(), [](const Evidence& evidence) {
        return evidence.source == EvidenceSource::Use ||
               (evidence.source == EvidenceSource::Transform && !is_decided_by_transform(evidence));
      });
  if (!is_from_use || entry.has_conflict) return;
  for (const ast::Mapping* mapping : entry.mappings) {
    if (!mapping->is_required) continue;
    emitter_.emit(Code::RequiredTypeFromUse, mapping->attribute.span, {entry.attribute.name})
        .help("add `\"type\": \"" + std::string(spelling_of(entry.attribute.kind)) + "\"`");
  }
}

// The uses that said nothing new are left out: they stand among the readers.
LearntType AttributeTable::learnt(AttributeId id) const {
  const AttributeEntry& entry = entries_[id];
  const ir::Attribute& attribute = entry.attribute;
  LearntType type{attribute.name,
                  entry.kinds,
                  attribute.values,
                  attribute.is_ordered,
                  attribute.is_nullable,
                  entry.has_conflict,
                  {},
                  {}};
  if (attribute.kind == Kind::Presence) type.kinds = Kind::Presence;
  if (attribute.source == AttributeSource::Request)
    type.evidence.push_back({Span{}, "it is part of every request"});
  for (const Evidence& evidence : entry.evidence) {
    if (evidence.source != EvidenceSource::Use || evidence.has_narrowed)
      type.evidence.push_back({evidence.span, evidence.what});
  }
  for (const Evidence& evidence : entry.rejected)
    type.evidence.push_back({evidence.span, evidence.what + ", which cannot be"});
  if (attribute.kind == Kind::Presence)
    type.evidence.push_back({attribute.span, "nothing asks for its value, which may be any JSON"});
  return type;
}

IdVector<AttributeId, ir::Attribute> AttributeTable::finish(
    std::vector<AttributeId>& new_ids) const {
  IdVector<AttributeId, ir::Attribute> attributes;
  for (const AttributeEntry& entry : entries_) {
    const bool is_kept = entry.is_read || entry.attribute.source != AttributeSource::Request;
    new_ids.push_back(is_kept ? attributes.push_back(entry.attribute) : AttributeId::none());
  }
  return attributes;
}

}  // namespace verdict::compiler
