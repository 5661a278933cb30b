// The records of a program file, exactly as they stand in it. docs/bytecode.md says what each field
// means.
//
// All are made of little-endian byte arrays: no alignment, no padding, used in place. An optional
// reference holds kNone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "vm/base/bytes.h"
#include "vm/base/strong_id.h"
#include "vm/value/function.h"

namespace verdict {

struct StringTag;
struct ConstantTag;
struct AttributeTag;
struct FunctionTag;
struct PolicyTag;
struct RuleTag;
struct RouteTag;
struct ResourceTag;
struct ProviderTag;
using StringId = StrongId<StringTag>;
using ConstantId = StrongId<ConstantTag>;
using AttributeId = StrongId<AttributeTag>;
using FunctionId = StrongId<FunctionTag>;
using PolicyId = StrongId<PolicyTag>;
using RuleId = StrongId<RuleTag>;
using RouteId = StrongId<RouteTag>;
using ResourceId = StrongId<ResourceTag>;
using ProviderId = StrongId<ProviderTag>;

inline constexpr std::array<U8, 8> kMagic = {0x89, 'V', 'B', 'C', '\r', '\n', 0x1A, '\n'};
inline constexpr std::uint32_t kByteOrderMark = 0x01020304U;
inline constexpr std::size_t kSectionAlignment = 8;

struct FileHeader {
  std::array<U8, 8> magic;
  U16 major;
  U16 minor;
  U32 byte_order;
  U64 total_bytes;
  U64 checksum;  // XXH3 of the whole file with these 8 bytes as 0
  U32 num_sections;
  U32 features;  // bits of what a reader must know; none yet
  U32 language;
  U32 num_registers;  // the most that any function uses
  std::array<U8, 16> reserved;
};
static_assert(sizeof(FileHeader) == 64);

struct SectionEntry {
  U32 number;
  U32 reserved;
  U64 offset;
  U64 size;
};
static_assert(sizeof(SectionEntry) == 24);

struct ConstantRecord {
  static constexpr U8 kReal = 1;
  U8 kind;   // Kind
  U8 shape;  // Shape
  U8 flags;
  U8 reserved;
  U32 count;
  U64 payload;
};
static_assert(sizeof(ConstantRecord) == 16);

enum class AttributeSource : std::uint8_t { Claim, Context, Request };

struct AttributeRecord {
  static constexpr U8 kSensitive = 1;
  static constexpr U8 kOrdered = 2;
  static constexpr U8 kNullable = 4;
  U32 name;
  U8 kind;    // Kind
  U8 source;  // AttributeSource
  U8 flags;
  U8 reserved;
  U32 values;  // an enum's StringList, else kNone
};
static_assert(sizeof(AttributeRecord) == 12);

enum class PathStepKind : std::uint8_t { Key, Index, Each };

struct PathStepRecord {
  U8 kind;
  std::array<U8, 3> reserved;
  U32 value;  // Key: a string; Index: the index; Each: 0
};
static_assert(sizeof(PathStepRecord) == 8);

struct MappingRecord {
  static constexpr U8 kRequired = 1;
  U32 attribute;
  U32 literal;  // the top-level key to try, or kNone
  U32 first_step;
  U32 num_steps;
  U32 default_value;    // a constant of the attribute's kind, or kNone
  U32 first_transform;  // 0 where there is none
  U32 num_transforms;   // applied in order
  U8 flags;
  std::array<U8, 3> reserved;
};
static_assert(sizeof(MappingRecord) == 32);

// One step of a mapping's `transform`.
struct TransformRecord {
  U8 transform;  // of transforms.def
  std::array<U8, 3> reserved;
  U32 argument;  // a string, for those that take one, else kNone
};
static_assert(sizeof(TransformRecord) == 8);

struct SettingRecord {
  U32 number;  // of settings.def
  U32 constant;
};
static_assert(sizeof(SettingRecord) == 8);

struct ProviderRecord {
  U32 name;
  U32 type;
  U32 issuer;  // or kNone
  U32 first_mapping;
  U32 num_mappings;
  U32 first_setting;
  U32 num_settings;
};
static_assert(sizeof(ProviderRecord) == 28);

struct ResourceRecord {
  U32 name;  // rising string ids: found by binary search
  U32 first_mapping;
  U32 num_mappings;
  U32 first_route;
  U32 num_routes;
};
static_assert(sizeof(ResourceRecord) == 20);

struct RouteRecord {
  U32 action;    // rising string ids within the resource
  U32 function;  // or kNone: no permission, so Deny
  U32 first_permission;
  U32 num_permissions;
};
static_assert(sizeof(RouteRecord) == 16);

// A policy attached to a route. Equal group numbers are one group; they rise within a route, from
// 0.
struct PermissionRecord {
  U32 policy;
  U32 group;
};
static_assert(sizeof(PermissionRecord) == 8);

enum class Combining : std::uint8_t { DenyOverrides, FirstMatch, AllowOverrides };

struct PolicyRecord {
  U32 name;
  U32 function;
  U32 first_rule;
  U32 num_rules;
  U8 default_effect;
  U8 combining;
  std::array<U8, 2> reserved;
};
static_assert(sizeof(PolicyRecord) == 20);

enum class FunctionKind : std::uint8_t { Policy, Route };

struct FunctionRecord {
  U32 first_pc;
  U32 num_instructions;
  U32 owner;  // the policy, or the first route that it serves
  U8 kind;
  U8 num_registers;
  std::array<U8, 2> reserved;
};
static_assert(sizeof(FunctionRecord) == 16);

struct Instruction {
  U8 op;
  U8 r;
  U16 a;
  U32 b;
  U32 t;
};
static_assert(sizeof(Instruction) == 12);

struct RuleRecord {
  U32 id;
  U32 policy;
  U32 message;  // or kNone
  U32 first_condition;
  U32 num_conditions;
  U8 effect;
  std::array<U8, 3> reserved;
};
static_assert(sizeof(RuleRecord) == 24);

enum class ConditionKind : std::uint8_t { Test, All, Any, Not };

// A node of a rule's unoptimised condition tree, in pre-order; the first of a rule is its root, an
// All.
struct ConditionRecord {
  static constexpr U8 kNegated = 1;
  U8 kind;
  U8 function;    // Test: number of functions.def; else 0
  U8 flags;       // Test: 1 negated, 6 OnNull, 24 Quantifier; else 0
  U8 form;        // Test: OperandForm; else 0
  U32 attribute;  // Test; else 0
  U32 operand;    // a constant or an attribute; else 0
  U32 end;        // the first node behind this subtree, counted from the start of the section

  [[nodiscard]] bool is_negated() const { return (flags & kNegated) != 0; }
  [[nodiscard]] OnNull on_null() const { return static_cast<OnNull>((flags >> 1U) & 3U); }
  [[nodiscard]] Quantifier quantifier() const {
    return static_cast<Quantifier>((flags >> 3U) & 3U);
  }
  static constexpr U8 make_flags(bool is_negated, OnNull on_null, Quantifier quantifier) {
    return static_cast<U8>((is_negated ? kNegated : 0U) | (static_cast<unsigned>(on_null) << 1U) |
                           (static_cast<unsigned>(quantifier) << 3U));
  }
};
static_assert(sizeof(ConditionRecord) == 16);

// Where the author wrote a rule or a condition; line and column count from 1.
struct LocationRecord {
  U32 file;  // a string
  U32 line;
  U32 column;
};
static_assert(sizeof(LocationRecord) == 12);

enum class Section : std::uint8_t {
#define VERDICT_SECTION(number, name, record, spelling) name = (number)-1,
#include "vm/program/sections.def"
};

struct SectionRow {
  std::uint32_t number;
  std::size_t record_bytes;
  std::string_view spelling;
};
inline constexpr auto kSections = std::to_array<SectionRow>({
#define VERDICT_SECTION(number, name, record, spelling) {number, sizeof(record), spelling},
#include "vm/program/sections.def"
});
inline constexpr std::size_t kNumSections = kSections.size();
static_assert([] {
  for (std::size_t i = 0; i < kNumSections; ++i) {
    if (kSections[i].number != i + 1) return false;
  }
  return true;
}());

}  // namespace verdict
