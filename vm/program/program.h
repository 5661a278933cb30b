// A verified program: immutable, owns its bytes, shared by any number of threads.
//
// The only way to one is load(): what it returns has passed every check of verify.h, and the
// evaluator checks nothing again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "vm/program/default_lists.h"
#include "vm/program/layout.h"
#include "vm/program/opcode.h"
#include "vm/program/patterns.h"
#include <verdict/error.h>
#include <verdict/expected.h>
#include <verdict/program.h>

namespace verdict {

// The sections of a file as arrays of records. Views: the bytes belong to somebody else.
struct ProgramView {
  FileHeader header{};
#define VERDICT_SECTION(number, name, record, spelling) std::span<const record> name;
#include "vm/program/sections.def"
  const Patterns* patterns = nullptr;  // made of the constants once they are checked

  [[nodiscard]] std::size_t num_strings() const { return StringOffsets.size() - 1; }
  [[nodiscard]] std::string_view string(StringId id) const {
    const std::uint32_t begin = StringOffsets[id.index()];
    const std::uint32_t end = StringOffsets[id.index() + 1];
    return {reinterpret_cast<const char*>(StringBytes.data()) + begin, end - begin};
  }
  [[nodiscard]] std::string_view string(std::uint32_t id) const { return string(StringId(id)); }
  // The id of that text, or none: one hash, then comparisons of whole texts.
  [[nodiscard]] StringId find_string(std::string_view text) const noexcept;

  // `count` words from `first`: the elements of a list constant.
  [[nodiscard]] std::span<const U32> words_of(const ConstantRecord& constant) const {
    return Words.subspan(static_cast<std::size_t>(constant.payload.get()), constant.count);
  }
};

struct PathCost;

class Program {
 public:
  // Copies `bytes` and checks the copy, so that whoever changes the original later changes nothing
  // here.
  static Expected<std::shared_ptr<const Program>, Error> load(
      std::span<const std::byte> bytes, const LoadLimits& limits = {}) noexcept;

  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  Program(Program&&) = delete;
  Program& operator=(Program&&) = delete;
  ~Program() = default;

  [[nodiscard]] const ProgramView& view() const { return view_; }
  [[nodiscard]] std::span<const std::byte> bytes() const { return {bytes_.get(), num_bytes_}; }

  [[nodiscard]] const DefaultLists& default_lists() const { return default_lists_; }

  // The most instructions that a call of this function can execute: proved when the program was
  // loaded.
  [[nodiscard]] std::uint64_t longest_path(FunctionId function) const {
    return longest_paths_[function.index()];
  }
  [[nodiscard]] std::uint64_t longest_path() const;
  // The most that one call can cost: proved too.
  [[nodiscard]] const Work& work() const { return work_; }

  [[nodiscard]] std::optional<ResourceId> find_resource(std::string_view name) const noexcept;
  [[nodiscard]] std::optional<RouteId> find_route(ResourceId resource,
                                                  std::string_view action) const noexcept;
  [[nodiscard]] std::optional<PolicyId> find_policy(std::string_view name) const noexcept;
  [[nodiscard]] std::optional<AttributeId> find_attribute(std::string_view name) const noexcept;
  [[nodiscard]] std::optional<ProviderId> find_provider(std::string_view name) const noexcept;

 private:
  Program() = default;
  Expected<void, Error> set_work(const std::vector<PathCost>& paths, const LoadLimits& limits);

  std::unique_ptr<std::byte[]> bytes_;
  std::size_t num_bytes_ = 0;
  ProgramView view_;
  Patterns patterns_;
  DefaultLists default_lists_;
  std::vector<std::uint64_t> longest_paths_;  // by function
  Work work_;
};

}  // namespace verdict
