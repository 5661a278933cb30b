// How a listing spells what one record says about another: names, values and short texts in place
// of numbers.
#pragma once

#include <cstdint>
#include <string>

#include "vm/assembly/assembly_text.h"
#include "vm/program/program.h"
#include "vm/value/slot.h"

namespace verdict {

// Appends to texts. Borrows the view: the program must outlive it.
class ListingNames {
 public:
  explicit ListingNames(const ProgramView& view);

  void append_row(std::string& out, std::uint64_t row) const;
  // A quoted text of the pool; a name goes without quotes where it is an identifier. Long ones as
  // `#n`.
  void append_text(std::string& out, std::uint32_t string) const;
  void append_name(std::string& out, std::uint32_t string) const;
  void append_attribute(std::string& out, std::uint32_t attribute) const;
  void append_policy(std::string& out, std::uint32_t policy) const;
  void append_function(std::string& out, std::uint32_t function) const;
  void append_rule(std::string& out, std::uint32_t policy, std::uint32_t rule) const;
  // By value, if the constant is the first of that value and stands before row `end`.
  void append_constant(std::string& out, std::uint32_t constant, std::uint32_t end = kNone) const;

  // A test as a rule has it.
  void append_test(std::string& out, const ConditionRecord& test) const;

  // For comments: what a constant holds, shortened; nothing where append_constant shows it.
  [[nodiscard]] std::string describe_constant(std::uint32_t constant) const;
  [[nodiscard]] std::string describe_path(const MappingRecord& mapping) const;
  [[nodiscard]] std::string describe_location(const LocationRecord& location) const;

 private:
  [[nodiscard]] bool is_shown_by_value(std::uint32_t constant, std::uint32_t end) const;
  void append_value(std::string& out, const ConstantRecord& constant) const;
  void append_values(std::string& out, const ConstantRecord& constant) const;
  void append_zone(std::string& out, std::span<const U32> words) const;
  static void append_element(std::string& out, Kind kind, const Slot& value);

  const ProgramView& view_;
  AssemblySymbols symbols_;
};

}  // namespace verdict
