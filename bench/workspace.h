// Workspaces written in a benchmark, compiled in this process, and slots for them. Whatever goes
// wrong ends the process with a message: what is wrong is not measured.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/json/reader.h"
#include "vm/bind/slots.h"
#include "vm/program/program.h"

namespace verdict::bench {

[[noreturn]] void give_up(const std::string& message);

// From the JSON texts of a provider and of policies to a program's bytes.
std::vector<std::byte> compile_workspace(std::string provider, std::string policies);

std::shared_ptr<const Program> load_or_give_up(const std::vector<std::byte>& bytes);

// A policy of one Allow rule, Deny by default. `conditions`: JSON objects with commas between them.
std::string policy_json(std::string_view name, std::string_view conditions);

// Slots of one request, and the claims that they point into. Borrows the program.
class BoundClaims {
 public:
  // `claims`: a JSON object, read by the mappings of the first provider. `now`: microseconds.
  BoundClaims(const Program& program, std::string_view claims, std::int64_t now = 0);

  [[nodiscard]] SlotView view() const { return slots_.view(); }

 private:
  JsonReader reader_;
  Slots slots_;
};

}  // namespace verdict::bench
