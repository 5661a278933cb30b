// The values of one enum, to be asked about often.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/names.h"
#include "vm/value/text_match.h"

namespace verdict::compiler {

// Borrows the texts.
class EnumValues {
 public:
  explicit EnumValues(const std::vector<std::string>& values)
      : list_(std::vector<std::string_view>(values.begin(), values.end())) {}

  [[nodiscard]] NameList& list() { return list_; }
  // Whether one of them is this text.
  [[nodiscard]] bool contains(std::string_view text, Case letters);

 private:
  NameList list_;
  std::set<std::string> folded_;  // filled when it is first asked
};

}  // namespace verdict::compiler
