// How policyc ends (design 5).
#pragma once

#include <array>
#include <string_view>

namespace verdict::policyc {

enum class Exit : int {
  Ok = 0,
  Failure = 1,
  Usage = 2,
  Diagnostics = 3,
  TestsFailed = 4,
  Denied = 5,
  TokenInvalid = 6,
  Difference = 7,  // no command ends so yet
  GateNotMet = 8,  // no command ends so yet
  Integrity = 9,
};

struct ExitRow {
  Exit exit;
  std::string_view meaning;
};

// What the help and docs/policyc.md say.
inline constexpr auto kExits = std::to_array<ExitRow>({
    {Exit::Ok, "done; without -e also where the answer is Deny"},
    {Exit::Failure, "a file cannot be read or written, or an internal error"},
    {Exit::Usage, "wrong usage: nothing was done"},
    {Exit::Diagnostics,
     "errors in the files given; warnings with --deny-warnings; unreadable lines of a batch"},
    {Exit::TestsFailed, "a line of a batch has another answer than it expects"},
    {Exit::Denied, "with -e: the answer, or one of a batch, is Deny"},
    {Exit::TokenInvalid, "with -e: the token, or one of a batch, was refused"},
    {Exit::Integrity, "a program file is refused: damaged, of another version, or too dear"},
});

}  // namespace verdict::policyc
