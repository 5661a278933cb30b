// JSON values of an author to constants of a kind.
#pragma once

#include <optional>
#include <string>

#include "compiler/check/enum_values.h"
#include "compiler/diag/emitter.h"
#include "compiler/ir/ir.h"
#include "compiler/syntax/json.h"

namespace verdict::compiler {

// The kinds that an attribute may have whose default is this value; empty for what can be no
// default.
KindSet kinds_of_json(const JsonNode& node);

// Reads `node` as a constant of the attribute's kind, one element of it where `kind` is a list's
// element. Reports what does not fit as `where` ("`value`"), and returns nothing then.
class LiteralReader {
 public:
  LiteralReader(Emitter& emitter, const ir::Attribute& attribute, EnumValues& values,
                std::string where)
      : emitter_(emitter), attribute_(attribute), values_(values), where_(std::move(where)) {}

  std::optional<ir::Literal> read(const JsonNode& node, Kind kind);
  // An array of at least one constant of that kind.
  std::optional<ir::Literal> read_set(const JsonNode& array, Kind kind);
  // [low, high] with low <= high.
  std::optional<ir::Literal> read_range(const JsonNode& array, Kind kind);
  // [from, to] that differ.
  std::optional<ir::Literal> read_window(const JsonNode& array, Kind kind);

 private:
  std::optional<ir::Literal> read_text(const JsonNode& node, Kind kind);
  std::optional<ir::Literal> read_part(const JsonNode& node);
  std::optional<ir::Literal> read_path(const JsonNode& node, Kind kind);
  std::optional<ir::Literal> read_glob(const JsonNode& node);
  std::optional<ir::Literal> read_regex(const JsonNode& node);
  bool check_length(const JsonNode& node, std::string_view what, std::size_t limit);
  std::optional<ir::Literal> read_network(const JsonNode& node);
  std::optional<ir::Literal> read_duration(const JsonNode& node);
  std::optional<ir::Literal> read_number(const JsonNode& node, Kind kind);
  std::optional<ir::Literal> read_integer(const JsonNode& node, Kind kind);
  std::optional<ir::Literal> read_timestamp(const JsonNode& node);
  std::optional<ir::Literal> read_ip(const JsonNode& node);
  std::optional<ir::Literal> read_list(const JsonNode& node, Kind element);
  std::optional<ir::Literal> read_time_of_day(const JsonNode& node);
  std::optional<ir::Literal> read_day_of_week(const JsonNode& node);
  std::optional<ir::Literal> read_pair(const JsonNode& array, Kind kind, Shape shape,
                                       std::string_view ends);
  std::optional<ir::Literal> read_elements(const JsonNode& array, Kind kind, Shape shape);
  std::nullopt_t refuse_type(const JsonNode& node, Kind kind);
  void report_unknown_enum_value(const JsonNode& node);

  Emitter& emitter_;
  const ir::Attribute& attribute_;
  EnumValues& values_;  // the attribute's
  std::string where_;
};

}  // namespace verdict::compiler
