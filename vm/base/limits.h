// Every limit of the compiler, the program format and the runtime, once. docs/limits.md is printed
// from comments here by hand; a test stands one below, at and one above each.
#pragma once

#include <cstddef>
#include <cstdint>

namespace verdict::limits {

// Sources.
inline constexpr std::size_t kMaxSourceBytes = std::size_t{64}
                                               << 20;  // one JSON file that an author writes
inline constexpr std::size_t kMaxJsonDepth = 64;       // nesting of arrays and objects in it
inline constexpr std::size_t kMaxJsonErrors = 100;     // errors reported for one file's text
inline constexpr std::size_t kMaxZoneFileBytes = std::size_t{1} << 18;  // one time zone file

// What one run says. Beyond, errors and warnings are counted; names get no suggestion.
inline constexpr std::size_t kMaxDiagnostics = 1000;  // of errors, and as many of warnings
inline constexpr std::size_t kMaxSuggestionSteps = std::size_t{1} << 27;  // in one list of names
inline constexpr std::size_t kMaxNamesInMessage = 64;  // of what else could have stood there

// The program format.
inline constexpr std::size_t kMaxRegisters = 256;  // of one function: an 8-bit operand
inline constexpr std::size_t kMaxAttributes = std::size_t{1} << 16;  // a 16-bit operand
inline constexpr std::size_t kMaxTableRecords =
    std::size_t{1} << 28;  // of one section: instructions, constants, ...
inline constexpr std::size_t kMaxConditionDepth = 64;  // nesting of `all`, `any`, `not` in a rule
inline constexpr std::size_t kMaxStringProbes = 256;   // of one look-up in the string index
inline constexpr std::size_t kMaxPatterns = 1024;      // regular expressions of one program
inline constexpr std::size_t kMaxPatternBytes = 4096;  // of the text of one
inline constexpr std::size_t kMaxPatternMemory = std::size_t{256}
                                                 << 10;  // bytes of its automaton and its states
inline constexpr std::size_t kMaxGlobBytes = 1024;       // of one pattern of `string_like`

// What a provider may set. Integers of seconds.
inline constexpr std::size_t kMaxSettingElements = 4096;   // of one list, such as audiences
inline constexpr std::size_t kMaxSettingTextBytes = 4096;  // of one text
inline constexpr std::size_t kMaxClockSkewSeconds = 300;
inline constexpr std::size_t kMaxTokenAgeSeconds = std::size_t{10} * 366 * 86400;

// Requests: a claim beyond these is invalid.
inline constexpr std::size_t kMaxListElements = 16384;                    // of one list
inline constexpr std::size_t kMaxClaimTextBytes = std::size_t{16} << 10;  // of one text

// What `transform` may make of a claim. Their texts together are at most kMaxClaimsBytes.
inline constexpr std::size_t kMaxTransforms = 16;          // of one mapping
inline constexpr std::size_t kMaxPackedPermissions = 256;  // names in `per` of a Clerk token

inline constexpr std::size_t kMaxNumericDateBytes = 1024;  // of seconds; no clock has more digits

// Texts that reach the runtime from outside: claims, a context, a key set. Beyond: refused.
inline constexpr std::size_t kMaxClaimsBytes = std::size_t{256} << 10;  // one text
inline constexpr std::size_t kMaxClaimDepth = 32;  // nesting of arrays and objects in it

// Tokens. Room for 100 KB of custom claims, the most that a provider is known to allow.
inline constexpr std::size_t kMaxTokenBytes = std::size_t{256} << 10;  // one token
inline constexpr std::size_t kMaxSignatureBytes = 1024;                // RSA of 8192 bits

// Key sets and keys.
inline constexpr std::size_t kMaxKeySetBytes = std::size_t{256} << 10;  // one key set
inline constexpr std::size_t kMaxKeys = 64;                             // elements of its `keys`
inline constexpr std::size_t kMinRsaBits = 2048;                        // of a modulus
inline constexpr std::size_t kMaxRsaBits = 8192;

}  // namespace verdict::limits
