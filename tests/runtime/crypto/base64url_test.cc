#include "runtime/crypto/base64url.h"

#include <array>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace verdict::testing {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool is_character(int byte) {
  return byte != 0 && kAlphabet.find(static_cast<char>(byte)) != std::string_view::npos;
}

std::string random_bytes(std::size_t size, std::mt19937& random) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

struct Pair {
  std::string_view bytes;
  std::string_view text;
};

TEST(Base64url, VectorsOfRfc4648WithoutPadding) {
  for (const Pair& pair : std::to_array<Pair>({{"", ""},
                                               {"f", "Zg"},
                                               {"fo", "Zm8"},
                                               {"foo", "Zm9v"},
                                               {"foob", "Zm9vYg"},
                                               {"fooba", "Zm9vYmE"},
                                               {"foobar", "Zm9vYmFy"},
                                               {"\x03\xec\xff\xe0\xc1", "A-z_4ME"}})) {
    EXPECT_EQ(encode_base64url(pair.bytes), pair.text);
    EXPECT_EQ(decode_base64url(pair.text), pair.bytes) << pair.text;
  }
}

TEST(Base64url, RoundTripOfEveryLengthAndOfEveryPairOfBytes) {
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 400; ++size) {
    const std::string bytes = random_bytes(size, random);
    const std::string text = encode_base64url(bytes);
    EXPECT_EQ(decoded_length(text.size()), size);
    EXPECT_EQ(decode_base64url(text), bytes) << size;
  }
  for (int value = 0; value < 1 << 16; ++value) {
    const std::string bytes = {static_cast<char>(value >> 8), static_cast<char>(value)};
    ASSERT_EQ(decode_base64url(encode_base64url(bytes)), bytes);
  }
}

// Every byte that is no character, at every place of a group that is not the last and of the last.
TEST(Base64url, A03_OtherAlphabetsPaddingAndWhiteSpaceAreRefused) {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t place = 0; place < 8; ++place) {
      std::string text = "AAAAAAAA";
      text[place] = static_cast<char>(byte);
      EXPECT_EQ(decode_base64url(text).has_value(), is_character(byte)) << byte << " at " << place;
    }
  }
  for (const std::string_view text :
       {"Zg==", "Zm8=", "Zg=", "=", " Zm9v", "Zm9v ", "Zm 9v", "Zm9v\n", "\tZm9v", "Zm9v\r\n",
        "+/+/", "Zm9vY", "\xc3\xa4\xc3\xa4"}) {
    EXPECT_EQ(decode_base64url(text), std::nullopt) << text;
  }
  EXPECT_EQ(decode_base64url(std::string_view("Zm9v\0", 5)), std::nullopt);
  EXPECT_EQ(decode_base64url(std::string_view("Zm\0v", 4)), std::nullopt);
}

// Of all texts of two and three characters only those with zero in the unused bits: 256 and 65,536.
TEST(Base64url, A04_UnusedBitsMustBeZero) {
  int num_of_two = 0;
  int num_of_three = 0;
  for (const char first : kAlphabet) {
    for (const char second : kAlphabet) {
      num_of_two += decode_base64url(std::string{first, second}).has_value();
      for (const char third : kAlphabet) {
        num_of_three += decode_base64url(std::string{first, second, third}).has_value();
      }
    }
  }
  EXPECT_EQ(num_of_two, 256);
  EXPECT_EQ(num_of_three, 65536);
  EXPECT_EQ(decode_base64url("Zh"), std::nullopt);
  EXPECT_EQ(decode_base64url("AAAAZm9"), std::nullopt);
}

TEST(Base64url, A05_OneCharacterTooManyIsRefused) {
  for (std::size_t length = 1; length < 100; length += 4) {
    EXPECT_EQ(decode_base64url(std::string(length, 'A')), std::nullopt) << length;
  }
}

// The caller's buffer is exactly as long as what is decoded; the address sanitizer watches too.
TEST(Base64url, WritesNothingBehindTheLastByte) {
  for (std::size_t size = 0; size < 64; ++size) {
    std::string buffer(size + 8, '#');
    ASSERT_TRUE(decode_base64url(encode_base64url(std::string(size, 'x')), buffer.data()));
    EXPECT_EQ(buffer, std::string(size, 'x') + "########");
  }
}

}  // namespace
}  // namespace verdict::testing
