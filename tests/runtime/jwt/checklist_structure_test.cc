// What a token must look like: A01 to A11 of the checklist. A12 is the service's (docs/testing.md).
#include <stdexcept>
#include <string>
#include <sys/mman.h>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/jwt/jws.h"
#include "tests/runtime/jwt/token_maker.h"
#include "vm/base/limits.h"

namespace verdict::testing {
namespace {

constexpr std::string_view kMalformed = "malformed";
constexpr std::string_view kAccepted = "accepted";

class TokenStructure : public ::testing::Test {
 protected:
  [[nodiscard]] std::string verdict(std::string_view token) const {
    return verdict_of(token, settings_);
  }
  [[nodiscard]] std::string verdict_of_claims(std::string_view claims) const {
    return verdict(sign(Algorithm::ES256, header_for(Algorithm::ES256), claims));
  }
  [[nodiscard]] std::string verdict_of_header(std::string_view header) const {
    return verdict(sign(Algorithm::ES256, header, claims_with()));
  }

  const TokenSettings settings_ = settings_for({Algorithm::ES256});
  const std::string good_ = good_token(Algorithm::ES256);
};

// The three segments of a token.
std::vector<std::string> segments_of(std::string_view token) {
  const CompactJws jws = split_token(token).value();
  return {std::string(jws.header), std::string(jws.payload), std::string(jws.signature)};
}

std::string join(const std::vector<std::string>& segments) {
  std::string token;
  for (const std::string& segment : segments) token += (token.empty() ? "" : ".") + segment;
  return token;
}

// A token none of whose segments is a multiple of four characters, so each has unused bits.
std::string token_with_unused_bits() {
  const auto pad = [](std::string text) {
    while (text.size() % 3 != 1) text += ' ';
    return text;
  };
  return sign(Algorithm::ES256, pad(header_for(Algorithm::ES256)), pad(claims_with()));
}

TEST_F(TokenStructure, TheGoodTokenIsAccepted) {
  EXPECT_EQ(verdict(good_), kAccepted);
  EXPECT_EQ(verdict(token_with_unused_bits()), kAccepted);
}

TEST_F(TokenStructure, A01_OnlyThreeSegments) {
  const std::vector<std::string> parts = segments_of(good_);
  for (const std::string& token :
       {std::string(), std::string("."), std::string(".."), std::string("..."), std::string("...."),
        parts[0], parts[0] + "." + parts[1], good_ + ".", "." + good_, good_ + "." + parts[2],
        good_ + "." + parts[2] + "." + parts[2], parts[0] + ".." + parts[2],
        "." + parts[1] + "." + parts[2], parts[0] + "." + parts[1] + "."}) {
    EXPECT_EQ(verdict(token), kMalformed) << token;
  }
}

// Bytes that end the process where they are read.
class UnreadableText {
 public:
  explicit UnreadableText(std::size_t size)
      : size_(size), pages_(mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
    if (pages_ == MAP_FAILED) throw std::runtime_error("mmap");
  }
  UnreadableText(const UnreadableText&) = delete;
  UnreadableText& operator=(const UnreadableText&) = delete;
  ~UnreadableText() { munmap(pages_, size_); }

  [[nodiscard]] std::string_view view() const { return {static_cast<const char*>(pages_), size_}; }

 private:
  std::size_t size_;
  void* pages_;
};

TEST_F(TokenStructure, A02_TooLargeIsRefusedBeforeItIsRead) {
  for (const std::size_t size : {limits::kMaxTokenBytes + 1, std::size_t{10'000'000}})
    EXPECT_EQ(verdict(UnreadableText(size).view()), "too_large") << size;
}

TEST_F(TokenStructure, A02_TheLimitIsExact) {
  EXPECT_EQ(verdict(std::string(limits::kMaxTokenBytes, 'A')), kMalformed);
  EXPECT_EQ(verdict(std::string(limits::kMaxTokenBytes + 1, 'A')), "too_large");
}

TEST_F(TokenStructure, A03_OtherCharactersAnywhereInASegment) {
  const std::string_view odd("+/= \t\r\n\0\x80\xff", 10);
  for (std::size_t segment = 0; segment < 3; ++segment) {
    for (const char c : odd) {
      const std::vector<std::string> parts = segments_of(good_);
      for (const std::size_t at : {std::size_t{0}, parts[segment].size() / 2,
                                   parts[segment].size() - 1, parts[segment].size()}) {
        auto inserted = parts;
        inserted[segment].insert(at, 1, c);
        EXPECT_EQ(verdict(join(inserted)), kMalformed) << segment << " " << int{c} << " " << at;
        auto replaced = parts;
        replaced[segment].replace(at == parts[segment].size() ? 0 : at, 1, 1, c);
        EXPECT_EQ(verdict(join(replaced)), kMalformed) << segment << " " << int{c} << " " << at;
      }
    }
  }
}

TEST_F(TokenStructure, A03_PaddingAndWhiteSpaceAroundTheToken) {
  for (const std::string& token :
       {" " + good_, good_ + " ", good_ + "\n", "\t" + good_, good_ + "=",
        good_ + "==", good_ + std::string(1, '\0'), "\xef\xbb\xbf" + good_, "Bearer " + good_}) {
    EXPECT_EQ(verdict(token), kMalformed) << token;
  }
}

TEST_F(TokenStructure, A04_UnusedBitsOfEachSegment) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (std::size_t segment = 0; segment < 3; ++segment) {
    auto parts = segments_of(token_with_unused_bits());
    ASSERT_EQ(parts[segment].size() % 4, 2U);
    char& last = parts[segment].back();
    const std::size_t value = kAlphabet.find(last);
    for (std::size_t bits = 1; bits < 16; ++bits) {
      last = kAlphabet[value | bits];
      EXPECT_EQ(verdict(join(parts)), kMalformed) << segment << " " << bits;
    }
  }
}

TEST_F(TokenStructure, A05_OneCharacterTooMany) {
  for (std::size_t segment = 0; segment < 3; ++segment) {
    auto parts = segments_of(good_);
    while (parts[segment].size() % 4 != 1) parts[segment] += 'A';
    EXPECT_EQ(verdict(join(parts)), kMalformed) << segment;
  }
}

TEST_F(TokenStructure, A06_OtherSerialisations) {
  const auto parts = segments_of(good_);
  const std::string members = R"("protected":")" + parts[0] + R"(","payload":")" + parts[1] +
                              R"(","signature":")" + parts[2] + '"';
  const std::string forged = encode_base64url(claims_with(R"(,"role":"admin")"));
  EXPECT_EQ(verdict("{" + members + "}"), kMalformed);
  EXPECT_EQ(verdict(R"({"payload":")" + parts[1] + R"(","signatures":[{"protected":")" + parts[0] +
                    R"(","signature":")" + parts[2] + R"("}]})"),
            kMalformed);
  // Both at once: what one library verifies, another one reads differently (CVE-2022-39227).
  EXPECT_EQ(verdict(R"({"  )" + parts[0] + "." + forged + R"(.":"",)" + members + "}"), kMalformed);
  EXPECT_EQ(verdict(parts[0] + "." + forged + "." + parts[2] + "{" + members + "}"), kMalformed);
}

TEST_F(TokenStructure, A07_HeaderAndClaimsAreObjects) {
  for (const char* text : {"[]", "[{}]", R"("text")", "1", "null", "true", " ", "\"\""}) {
    EXPECT_EQ(verdict_of_claims(text), kMalformed) << text;
    EXPECT_EQ(verdict_of_header(text), kMalformed) << text;
  }
  EXPECT_EQ(verdict_of_claims("[" + claims_with() + "]"), kMalformed);
  EXPECT_EQ(verdict_of_header("[" + header_for(Algorithm::ES256) + "]"), kMalformed);
  EXPECT_EQ(verdict_of_claims(""), kMalformed);
}

TEST_F(TokenStructure, A08_RepeatedMembers) {
  for (const char* more :
       {R"(,"iss":"https://issuer.example")", R"(,"\u0069ss":"https://issuer.example")",
        R"(,"a":1,"a":1)", R"(,"a":1,"\u0061":2)", R"(,"o":{"a":1,"b":2,"\u0061":3})",
        R"(,"l":[{"a":1,"a":2}])", R"(,"":1,"":2)"}) {
    EXPECT_EQ(verdict_of_claims(claims_with(more)), kMalformed) << more;
  }
  for (const char* more :
       {R"(,"alg":"ES256")", R"(,"\u0061lg":"ES256")", R"(,"kid":"a")", R"(,"x":{"a":1,"a":1})"}) {
    EXPECT_EQ(verdict_of_header(header_for(Algorithm::ES256, more)), kMalformed) << more;
  }
}

// An object's text with each of these in or behind it is no JSON.
std::vector<std::string> broken_texts(const std::string& good) {
  const std::string open = good.substr(0, good.size() - 1);
  std::string wide;
  for (const char c : good) wide += {c, '\0'};
  return {good + std::string(1, '\0'),
          good + "x",
          good + good,
          good + ",",
          good + "}",
          "\xef\xbb\xbf" + good,
          good + "/* */",
          "// \n" + good,
          open + ",}",
          open,
          open + R"(,"a":"\ud800"})",
          open + R"(,"a":"\udc00\ud800"})",
          open + ",\"a\":\"\xc0\xaf\"}",
          open + ",\"a\":\"\xed\xa0\x80\"}",
          open + ",\"a\":\"\xff\"}",
          open + ",\"a\":\"\n\"}",
          open + R"(,"a":NaN})",
          open + R"(,"a":01})",
          open + R"(,'a':1})",
          open + R"(,a:1})",
          wide,
          "\xff\xfe" + wide};
}

TEST_F(TokenStructure, A09_WhatIsNoJson) {
  for (const std::string& text : broken_texts(claims_with()))
    EXPECT_EQ(verdict_of_claims(text), kMalformed) << text;
  for (const std::string& text : broken_texts(header_for(Algorithm::ES256)))
    EXPECT_EQ(verdict_of_header(text), kMalformed) << text;
}

std::string nested(std::size_t levels) {
  return R"(,"x":)" + std::string(levels, '[') + std::string(levels, ']');
}

TEST_F(TokenStructure, A10_Nesting) {
  EXPECT_EQ(verdict_of_claims(claims_with(nested(31))), kAccepted) << "32 with the object";
  EXPECT_EQ(verdict_of_claims(claims_with(nested(32))), kMalformed);
  EXPECT_EQ(verdict_of_claims(claims_with(nested(90'000))), kMalformed);
  EXPECT_EQ(verdict_of_claims(claims_with(nested(1'000'000))), "too_large");
  EXPECT_EQ(verdict_of_claims(std::string(180'000, '[')), kMalformed);
  EXPECT_EQ(verdict_of_header(header_for(Algorithm::ES256, nested(32))), kMalformed);
  EXPECT_EQ(verdict_of_header(header_for(Algorithm::ES256, nested(90'000))), kMalformed);
}

TEST_F(TokenStructure, A11_ManyMembersAndLongTexts) {
  std::string members;
  for (int i = 0; i < 100'000; ++i) members += ",\"m" + std::to_string(i) + "\":1";
  EXPECT_EQ(verdict_of_claims(claims_with(members)), "too_large");
  const auto text = [](std::size_t size) { return ",\"s\":\"" + std::string(size, 'a') + '"'; };
  EXPECT_EQ(verdict_of_claims(claims_with(text(1 << 20))), "too_large");
  EXPECT_EQ(verdict_of_claims(claims_with(text(100'000))), kAccepted);
}

}  // namespace
}  // namespace verdict::testing
