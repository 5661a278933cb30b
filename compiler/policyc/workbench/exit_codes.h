// How policyc ends (design 5).
#pragma once

namespace verdict::policyc {

enum class Exit : int {
  Ok = 0,
  Failure = 1,  // internal, or a file that cannot be read or written
  Usage = 2,
  Diagnostics = 3,  // the author's files have errors
  TestsFailed = 4,
  Denied = 5,        // with -e
  TokenInvalid = 6,  // with -e
  Difference = 7,
  GateNotMet = 8,
  Integrity = 9,  // a program file that is refused
};

}  // namespace verdict::policyc
