// The attribute table: what the mappings declare, and what type each attribute has (design 2.3).
//
// Each place that says something about an attribute's type is a piece of evidence, a set of kinds.
// The sets are intersected; an empty intersection is an error that shows two of the places.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/check/enum_values.h"
#include "compiler/check/learnt_types.h"
#include "compiler/diag/emitter.h"
#include "compiler/diag/suggest.h"
#include "compiler/ir/ir.h"

namespace verdict::compiler {

// Rising strength of tie-breaking matters only for Default: where a default gave the set, the first
// of the usual kinds is taken.
enum class EvidenceSource : std::uint8_t { Declared, Transform, Default, Standard, Use };

struct Evidence {
  KindSet kinds;
  EvidenceSource source;
  Span span;
  std::string what;           // "declared as a number here"
  bool has_narrowed = false;  // it left fewer kinds than there were
};

// "a string or an enum value".
std::string articles_of(KindSet kinds);

// One attribute while its type is being learnt.
struct AttributeEntry {
  ir::Attribute attribute;
  std::vector<const ast::Mapping*> mappings;  // one a provider, or one a resource
  KindSet kinds = KindSet::typed();
  std::vector<Evidence> evidence;
  std::vector<std::size_t> first_of_kinds;  // the evidence that first said such kinds
  bool is_read = false;                     // by something that needs a type
  bool has_conflict = false;
  std::vector<Evidence> rejected;  // what left no kind at all
  bool is_excused = false;  // from asking for its type: another diagnostic says why it is unknown
  const ast::Mapping* first_with_values = nullptr;
  bool is_string_list = false;  // by the `type` of a mapping
};

class AttributeTable {
 public:
  AttributeTable(const ast::Workspace& workspace, Emitter& emitter);

  [[nodiscard]] AttributeId find(std::string_view name) const;
  // Of all names, for those that are misspelt.
  [[nodiscard]] Spellings& spellings();
  [[nodiscard]] EnumValues& values_of(AttributeId id);
  // Whether two enums have the same values in the same order.
  [[nodiscard]] bool have_same_values(AttributeId a, AttributeId b);
  [[nodiscard]] const ir::Attribute& get(AttributeId id) const { return entries_[id].attribute; }
  [[nodiscard]] const AttributeEntry& entry(AttributeId id) const { return entries_[id]; }
  [[nodiscard]] KindSet kinds(AttributeId id) const { return entries_[id].kinds; }
  void mark_read(AttributeId id) { entries_[id].is_read = true; }

  // Intersects. The evidence that excludes this one, or nullptr: then the kinds are narrowed.
  const Evidence* add_evidence(AttributeId id, Evidence evidence);
  // Narrows without evidence of its own; false if nothing would be left.
  bool narrow(AttributeId id, KindSet kinds);
  // What is known of an attribute, for people. Its readers are the caller's.
  [[nodiscard]] LearntType learnt(AttributeId id) const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  // Takes the usual kind for the next attribute whose default value leaves several; none if there
  // is no other. One that had no need of it has none later: kinds only become fewer.
  AttributeId apply_preference();
  void excuse(AttributeId id) { entries_[id].is_excused = true; }
  // Decides every type; reports those that cannot be.
  void resolve();
  // The table for the IR. The request's own attributes only where something reads them: the ids
  // change, and the map tells how.
  [[nodiscard]] IdVector<AttributeId, ir::Attribute> finish(
      std::vector<AttributeId>& new_ids) const;

 private:
  void declare_mapping(const ast::Mapping& mapping, AttributeSource source);
  void check_values(const AttributeEntry& entry, const ast::Mapping& mapping);
  void declare_request();
  void add_mapping_evidence(AttributeId id, const ast::Mapping& mapping);
  void add_own_evidence(AttributeId id, const Evidence& evidence);
  void add_transform_evidence(AttributeId id, const ast::Mapping& mapping);
  void add_path_evidence(AttributeId id, const ast::Mapping& mapping);
  void report_conflict(AttributeId id, const Evidence& evidence, const Evidence& other);
  void decide_nullability();
  void resolve_entry(AttributeEntry& entry);
  std::size_t list_number(AttributeId id);
  void warn_about_required(const AttributeEntry& entry);

  const ast::Workspace& workspace_;
  Emitter& emitter_;
  IdVector<AttributeId, AttributeEntry> entries_;
  std::map<std::string, AttributeId, std::less<>> ids_;
  // Each of these once somebody has asked.
  std::optional<Spellings> spellings_;
  std::map<AttributeId, EnumValues> values_;
  std::map<AttributeId, std::size_t> list_numbers_;                   // lists of values by number
  std::map<std::vector<std::string_view>, std::size_t> value_lists_;  // equal lists have one number
  std::uint32_t next_preference_ = 0;
};

}  // namespace verdict::compiler
