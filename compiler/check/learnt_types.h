// What the check has learnt of the attributes' types, for people (`policyc check --types`).
#pragma once

#include <string>
#include <vector>

#include "compiler/source/source.h"
#include "vm/value/kind.h"

namespace verdict::compiler {

// A place that left fewer types than there were, or that says one.
struct TypeEvidence {
  Span span;
  std::string what;  // "it is read as a string"
};

// A rule that reads the attribute.
struct TypeReader {
  std::string policy;
  std::string rule;
  friend bool operator==(const TypeReader&, const TypeReader&) = default;
};

struct LearntType {
  std::string name;
  KindSet kinds;                    // one where it is decided; Presence where nothing needs a type
  std::vector<std::string> values;  // of an enum
  bool is_ordered = false;
  bool is_nullable = true;
  bool has_conflict = false;  // an error says so
  std::vector<TypeEvidence> evidence;
  std::vector<TypeReader> readers;  // in source order
};

}  // namespace verdict::compiler
