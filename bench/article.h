// The article's example, compiled in this process, and the slots of its three users: what the
// measurements run on.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/source.h"
#include "runtime/engine/decide.h"
#include "runtime/json/reader.h"
#include "vm/bind/slots.h"
#include "vm/program/program.h"
#include <verdict/decision.h>

namespace verdict::bench {

inline constexpr std::string_view kResource = "orders";
inline constexpr std::string_view kAction = "approve";

// A user of examples/clerk_orders, and the answer that is due.
struct User {
  std::string_view name;  // of the case
  std::string_view claims;
  bool is_allowed;
  Reason reason;
};
inline constexpr auto kUsers = std::to_array<User>({
    {"hit", "admin", true, Reason::Rule},
    {"miss", "member", false, Reason::Default},
    {"null", "no_org", false, Reason::Default},
});

// The same policy by hand: texts interned once, one comparison, no reason given. What it is asked
// with is as ready as bound slots are.
struct HandRequest {
  std::uint32_t org_role;  // id in the program's pool, or kNone
  bool has_org_role;
};
using HandPolicy = bool (*)(const HandRequest&);

// Immutable once made. Ends the process with a message where the example does not compile.
class Article {
 public:
  Article();
  Article(const Article&) = delete;
  Article& operator=(const Article&) = delete;
  Article(Article&&) = delete;
  Article& operator=(Article&&) = delete;
  ~Article() = default;

  [[nodiscard]] const Program& program() const { return *program_; }
  // By index in kUsers.
  [[nodiscard]] SlotView slots(std::size_t user) const { return slots_[user].view(); }
  [[nodiscard]] HandRequest hand_request(std::size_t user) const;
  // A pointer that the optimiser cannot see through.
  [[nodiscard]] HandPolicy hand_policy() const;

 private:
  void bind(const User& user);

  std::shared_ptr<const Program> program_;
  std::deque<JsonReader> readers_;  // the slots point into what they read
  std::vector<Slots> slots_;
};

// The files of the example, read once, and one compilation of them from JSON text to a program's
// bytes.
class ArticleFiles {
 public:
  ArticleFiles();
  // `settings`: members for the provider, each with a comma behind it.
  [[nodiscard]] std::vector<std::byte> compile(std::string_view settings = {}) const;

 private:
  struct File {
    std::string name;
    std::string text;
  };
  static File read(const char* name);

  File provider_, policy_, resources_, permissions_;
};

}  // namespace verdict::bench
