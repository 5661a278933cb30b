// Transforms of mappings: what each makes of a claim, and what it refuses.
#include "vm/bind/transform.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/vm/bind/bound.h"

namespace verdict::testing {
namespace {

using Texts = std::vector<std::string>;

// What one attribute of that kind holds after the transforms (rows of `.transforms`), as text.
class Transformed {
 public:
  Transformed(const std::string& kind, const Texts& transforms) {
    std::string rows;
    for (const std::string& transform : transforms) rows += "  " + transform + "\n";
    program_ = must_load(must_assemble(
        ".program registers 0\n\n.attributes\n  x " + kind + " claim nullable\n\n.transforms\n" +
        rows + "\n.mappings\n  x literal \"x\" transforms #0+" + std::to_string(transforms.size()) +
        "\n\n.providers\n  \"P\" \"oidc\" mappings #0+1\n"
        "\n.policies\n  p Deny deny_overrides #0\n"
        "\n.function policy p\n  otherwise Deny, p\n"));
  }

  [[nodiscard]] std::string of(
      const Claim& x, const std::vector<std::pair<std::string, Claim>>& beside = {}) const {
    std::vector<std::pair<std::string, Claim>> members = {{"x", x}};
    members.insert(members.end(), beside.begin(), beside.end());
    const Claim claims = object(members);
    Slots slots(*program_);
    bind_mappings(*program_, 0, 1, ClaimHandle(claims), slots);
    return describe_slot(slots);
  }

 private:
  [[nodiscard]] std::string describe_slot(const Slots& slots) const {
    const AttributeId id(0);
    if (slots.view().is_invalid(0)) return "invalid: " + slots.describe_invalid(id);
    if (slots.view().is_unknown(0)) return "null";
    const Slot& slot = slots.view().slots[0];
    const auto kind = static_cast<Kind>(program_->view().Attributes[0].kind);
    if (kind == Kind::Number) return to_text(slot.number);
    if (kind == Kind::Timestamp) return std::to_string(slot.timestamp);
    if (kind != Kind::StringList) return std::string(slot.string.data, slot.string.length);
    std::string text = "[";
    for (std::uint32_t i = 0; i < slot.list.count; ++i) {
      const StringValue& element = slot.list.elements[i].string;
      text += (i == 0 ? "" : "|") + std::string(element.data, element.length);
    }
    return text + "]";
  }

  std::shared_ptr<const Program> program_;
};

const std::string kWrongType = "invalid: the JSON value is of another type";
const std::string kTooLong = "invalid: the list or text is longer than allowed";
const std::string kNotATime = "invalid: the number is no time of the years 0001 to 9999";

std::string not_taken_by(const std::string& transform) {
  return "invalid: the transform takes another type of value (transform `" + transform + "`)";
}
const std::string kNotPacked =
    "invalid: the permissions are not packed as Clerk packs them (transform `clerk_permissions`)";
const std::string kNoNumber =
    "invalid: the text is no number in JSON's grammar (transform `to_number`)";
const std::string kNoEmail =
    "invalid: the text is no e-mail address with exactly one `@` (transform `email_domain`)";

Claim texts(const Texts& values) {
  std::vector<Claim> elements;
  for (const std::string& value : values) elements.push_back(text(value));
  return array(std::move(elements));
}

TEST(Transform, TextsAndTheElementsOfLists) {
  EXPECT_EQ(Transformed("string", {"lower"}).of(text("ÄBc Z@[")), "Äbc z@[");
  EXPECT_EQ(Transformed("string", {"trim"}).of(text(" \t a b\v\f\r\n")), "a b");
  EXPECT_EQ(Transformed("string", {"trim"}).of(text(" \n ")), "");
  const Transformed stripped("string", {"strip_prefix argument \"org:\""});
  EXPECT_EQ(stripped.of(text("org:org:admin")), "org:admin");
  EXPECT_EQ(stripped.of(text("admin")), "admin");
  EXPECT_EQ(stripped.of(text("my org:admin")), "my org:admin");
  EXPECT_EQ(stripped.of(text("Org:admin")), "Org:admin");
  EXPECT_EQ(Transformed("string_list", {"lower"}).of(texts({"A", "b"})), "[a|b]");
  EXPECT_EQ(
      Transformed("string_list", {"strip_prefix argument \"/\"", "trim"}).of(texts({"/ a", "b"})),
      "[a|b]");
}

TEST(Transform, Splits) {
  const Transformed space("string_list", {"split_space"});
  EXPECT_EQ(space.of(text("read  write ")), "[read|write]");
  EXPECT_EQ(space.of(text("a\tb")), "[a\tb]");
  EXPECT_EQ(space.of(text("")), "[]");
  EXPECT_EQ(space.of(texts({"a b", ""})), "[a b|]");
  const Transformed comma("string_list", {"split_comma"});
  EXPECT_EQ(comma.of(text(" a b , ,c,")), "[a b|c]");
  EXPECT_EQ(Transformed("string_list", {"split_comma", "strip_prefix argument \"o:\""})
                .of(text("o:x,u:y")),
            "[x|u:y]");
}

TEST(Transform, KeysNumbersTimesAndDomains) {
  const Transformed keys("string_list", {"keys"});
  EXPECT_EQ(keys.of(object({{"b", null()}, {"a", text("x")}})), "[b|a]");
  EXPECT_EQ(keys.of(object({})), "[]");
  EXPECT_EQ(keys.of(texts({"a"})), not_taken_by("keys"));
  const Transformed number("number", {"to_number"});
  EXPECT_EQ(number.of(text("-1.5e1")), "-15");
  EXPECT_EQ(number.of(testing::number("7")), "7");
  for (const char* bad : {"", " 1", "1 ", "+1", "01", "0x1", "NaN", "1.", ".5", "1e"})
    EXPECT_EQ(number.of(text(bad)), kNoNumber) << bad;
  for (const char* bad : {"1e400", "9223372036854775808"}) {
    EXPECT_EQ(number.of(text(bad)),
              "invalid: the number is outside of what can be held exactly (transform `to_number`)");
  }
  const Transformed domain("string", {"email_domain"});
  EXPECT_EQ(domain.of(text("Ann@Example.COM")), "example.com");
  for (const char* bad : {"", "ann", "@", "@example.com", "ann@", "a@b@c"})
    EXPECT_EQ(domain.of(text(bad)), kNoEmail) << bad;
}

TEST(Transform, Times) {
  const Transformed time("timestamp", {"to_timestamp"});
  EXPECT_EQ(time.of(text("1970-01-01T00:00:01Z")), "1000000");
  EXPECT_EQ(time.of(testing::number("1")), "1000000");
  EXPECT_EQ(time.of(testing::number("1.5")), "1500000");
  EXPECT_EQ(time.of(testing::number("0.0000019")), "1") << "by its digits, not as a double";
  EXPECT_NE(time.of(text("1")).find("no time of RFC 3339"), std::string::npos);
  EXPECT_EQ(time.of(testing::number("1700000000000000")),
            kNotATime + " (transform `to_timestamp`)");
  EXPECT_NE(time.of(testing::number("1700000000000")).find("milliseconds"), std::string::npos);
  const Transformed seconds("timestamp", {"to_number", "to_timestamp"});
  EXPECT_EQ(seconds.of(text("1")), "1000000");
  EXPECT_EQ(seconds.of(text("1e0")), "1000000");
  EXPECT_EQ(seconds.of(text("0.0000019")), "1");
}

Claim organisation(const std::string& per, const std::string& fpm) {
  return object({{"id", text("org_1")}, {"per", text(per)}, {"fpm", text(fpm)}});
}

// The example of Clerk's session token, version 2.
TEST(Transform, ClerksPackedPermissions) {
  const Transformed permissions("string_list", {"clerk_permissions"});
  const auto of = [&](const std::string& per, const std::string& fpm, const std::string& fea) {
    return permissions.of(organisation(per, fpm), {{"fea", text(fea)}});
  };
  EXPECT_EQ(of("manage,read", "3,2", "o:dashboard,o:teams"),
            "[dashboard:manage|dashboard:read|teams:read]");
  EXPECT_EQ(of("manage,read", "0,1", "o:dashboard,o:teams"), "[teams:manage]");
  EXPECT_EQ(of(" manage , read", " 3 ,2 ", "o:dashboard , o:teams"),
            "[dashboard:manage|dashboard:read|teams:read]");
  EXPECT_EQ(of("read", "1", "u:profile,o:teams"), "[teams:read]") << "the user's has no number";
  EXPECT_EQ(of("read", "1", "uo:profile"), "[profile:read]");
  EXPECT_EQ(of("read", "1", "o:dashboard,o:teams"), "[dashboard:read]") << "teams has no number";
  EXPECT_EQ(of("", "", "o:dashboard"), "[]");
  EXPECT_EQ(of("read", "0", "o:dashboard"), "[]");
  EXPECT_EQ(permissions.of(object({{"id", text("org_1")}})), "[]") << "an organisation without any";
  EXPECT_EQ(permissions.of(object({{"per", null()}})), "[]");
}

// What does not fit is refused, and never another permission.
TEST(Transform, WhatClerkDoesNotPack) {
  const Transformed permissions("string_list", {"clerk_permissions"});
  const auto of = [&](const std::string& per, const std::string& fpm, const std::string& fea) {
    return permissions.of(organisation(per, fpm), {{"fea", text(fea)}});
  };
  EXPECT_EQ(of("manage,read", "4", "o:dashboard"), kNotPacked) << "a bit without a permission";
  EXPECT_EQ(of("manage,read", "3,2", "o:dashboard"), kNotPacked) << "a number without a feature";
  EXPECT_EQ(of("read", "1,1", "u:profile,o:teams"), kNotPacked);
  for (const char* mask : {"-1", "+1", "1.0", "0x1", "1;1", "1,", ",1", "18446744073709551616"})
    EXPECT_EQ(of("read", mask, "o:teams"), kNotPacked) << mask;
  for (const char* feature : {"teams", ":teams", "o:", "o:a:b", "o:teams,", ",o:teams"})
    EXPECT_EQ(of("read", "1", feature), kNotPacked) << feature;
  for (const char* name : {",", "read,", "a:b"})
    EXPECT_EQ(of(name, "1", "o:teams"), kNotPacked) << name;
  EXPECT_EQ(permissions.of(organisation("read", "1")), kNotPacked) << "no features";
  EXPECT_EQ(permissions.of(organisation("read", "1"), {{"fea", texts({"o:teams"})}}), kNotPacked);
  EXPECT_EQ(permissions.of(object({{"per", text("read")}})), kNotPacked);
  EXPECT_EQ(of("read", "", "o:dashboard"), kNotPacked);
  EXPECT_EQ(permissions.of(object({{"fpm", text("0")}})), kNotPacked);
  EXPECT_EQ(permissions.of(text("o")), not_taken_by("clerk_permissions"));
}

// Clerk's numbers have as many bits as there are permissions.
TEST(Transform, ClerksLongNumbers) {
  const Transformed permissions("string_list", {"clerk_permissions"});
  const auto with_names = [&](std::size_t count, const std::string& mask) {
    std::string names = "p0";
    for (std::size_t i = 1; i < count; ++i) names += ",p" + std::to_string(i);
    return permissions.of(organisation(names, mask), {{"fea", text("o:f")}});
  };
  const std::string bit_64 = "18446744073709551616";
  EXPECT_EQ(with_names(65, bit_64), "[f:p64]");
  EXPECT_EQ(with_names(64, bit_64), kNotPacked);
  EXPECT_EQ(with_names(limits::kMaxPackedPermissions - 1, "1"), "[f:p0]");
  EXPECT_EQ(with_names(limits::kMaxPackedPermissions, "1"), "[f:p0]");
  EXPECT_EQ(with_names(limits::kMaxPackedPermissions + 1, "1"),
            kTooLong + " (transform `clerk_permissions`)");
  EXPECT_EQ(with_names(limits::kMaxPackedPermissions, std::string(200, '9')), kNotPacked);
  EXPECT_EQ(with_names(1, std::string(1000, '0') + "1"), "[f:p0]");
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string all = text;
  for (std::size_t i = 1; i < count; ++i) all += "," + text;
  return all;
}

TEST(Transform, UnfoldsNoMoreThanALimit) {
  const Transformed permissions("string_list", {"clerk_permissions"});
  const auto of = [&](const std::string& per, const std::string& mask, std::size_t num_features,
                      const std::string& feature = "o:f") {
    return permissions.of(organisation(per, repeated(mask, num_features)),
                          {{"fea", text(repeated(feature, num_features))}});
  };
  const std::string too_long = kTooLong + " (transform `clerk_permissions`)";
  const std::string eight = "a,b,c,d,e,f,g,h";
  EXPECT_EQ(of(eight, "255", 2048).substr(0, 4), "[f:a") << "16384 texts";
  EXPECT_EQ(of(eight, "255", 2049), too_long);
  const std::string kilobyte(1022, 'p');  // with `f:` 1024 bytes
  EXPECT_EQ(of(kilobyte, "1", 256).substr(0, 4), "[f:p") << "262144 bytes";
  EXPECT_EQ(of(kilobyte, "1", 257), too_long);
  EXPECT_EQ(of("a", "1", 4096, "o:ff"), too_long) << "`fea` is a text like any other";
  const std::string half(limits::kMaxClaimTextBytes / 2, 'p');
  EXPECT_EQ(of(half.substr(1), "1", 1, "o:" + half).size(), limits::kMaxClaimTextBytes + 2);
  EXPECT_EQ(of(half, "1", 1, "o:" + half), too_long);
}

TEST(Transform, SiblingOfANestedClaim) {
  const auto program = with_mapping("string_list claim nullable", "path #0+2 transforms #0+1", {},
                                    "key \"session\"\nkey \"o\"\n\n.transforms\nclerk_permissions");
  const Claim inner = object({{"fea", text("o:inner")}, {"o", organisation("read", "1")}});
  const Bound bound(*program, object({{"fea", text("o:outer")}, {"session", inner}}));
  ASSERT_EQ(bound.origin(), Origin::Transformed);
  ASSERT_EQ(bound.slot().list.count, 1U);
  EXPECT_EQ(bound.slot().list.elements[0].string.text(), "inner:read");
}

TEST(Transform, ElementsByAPath) {
  const auto program = with_mapping(
      "string_list claim nullable", "path #0+3 transforms #0+2", {},
      "key \"amr\"\neach\nkey \"method\"\n\n.transforms\nlower\nstrip_prefix argument \"x\"");
  const auto bind_methods = [&](std::vector<Claim> elements) {
    return std::make_unique<Bound>(*program, object({{"amr", array(std::move(elements))}}));
  };
  const auto method = [](const std::string& name) { return object({{"method", text(name)}}); };
  const auto bound = bind_methods({method("XPWD"), method("OTP")});
  ASSERT_EQ(bound->origin(), Origin::Transformed);
  EXPECT_EQ(bound->slot().list.elements[0].string.text(), "pwd");
  EXPECT_EQ(bound->slot().list.elements[1].string.text(), "otp");
  EXPECT_EQ(bind_methods({method("a"), object({})})->reason(), InvalidReason::MissingMember);
  EXPECT_EQ(bind_methods({object({{"method", null()}})})->reason(), InvalidReason::BadElement);
  EXPECT_EQ(bind_methods({})->slot().list.count, 0U);
  EXPECT_EQ(Bound(*program, object({})).origin(), Origin::Absent);
}

TEST(Transform, WhatItCannotTakeIsInvalidAndNullStaysNull) {
  const Transformed lowered("string", {"lower"});
  EXPECT_EQ(lowered.of(null()), "null");
  EXPECT_EQ(lowered.of(boolean(true)), not_taken_by("lower"));
  EXPECT_EQ(lowered.of(testing::number("5")), not_taken_by("lower"));
  EXPECT_EQ(lowered.of(object({})), not_taken_by("lower"));
  EXPECT_EQ(lowered.of(texts({"A"})), kWrongType) << "a list is no string";
  EXPECT_EQ(Transformed("string_list", {"lower"}).of(text("A")), "[a]") << "a list of one";
  EXPECT_EQ(Transformed("string_list", {"lower"}).of(array({text("A"), null()})),
            "invalid: an element of the list cannot be used (transform `lower`)");
  EXPECT_EQ(Transformed("presence", {"email_domain"}).of(text("ann")), kNoEmail);
}

TEST(Transform, LengthsAreThoseOfClaims) {
  const Transformed trimmed("string", {"trim"});
  EXPECT_EQ(trimmed.of(text(std::string(limits::kMaxClaimTextBytes, 'a'))).size(),
            limits::kMaxClaimTextBytes);
  EXPECT_EQ(trimmed.of(text(std::string(limits::kMaxClaimTextBytes + 1, ' '))),
            kTooLong + " (transform `trim`)");
  const Transformed keys("string_list", {"keys", "trim"});
  EXPECT_EQ(keys.of(object({{std::string(limits::kMaxClaimTextBytes, ' '), null()}})), "[]");
  EXPECT_EQ(keys.of(object({{std::string(limits::kMaxClaimTextBytes + 1, ' '), null()}})),
            "invalid: an element of the list cannot be used (transform `keys`)");
  const Transformed list("string_list", {"lower"});
  EXPECT_EQ(list.of(texts(Texts(limits::kMaxListElements, "A"))).size(),
            2 * limits::kMaxListElements + 1);
  EXPECT_EQ(list.of(texts(Texts(limits::kMaxListElements + 1, "A"))),
            kTooLong + " (transform `lower`)");
}

TEST(Transform, ADefaultComesAfter) {
  const auto program =
      with_mapping("string claim", "literal \"x\" default \"DEFAULT\" transforms #0+1",
                   "  string \"DEFAULT\"", "  each\n\n.transforms\n  lower");
  EXPECT_EQ(Bound(*program, object({})).slot().string.text(), "DEFAULT");
  EXPECT_EQ(Bound(*program, object({{"x", null()}})).origin(), Origin::Default);
  EXPECT_TRUE(Bound(*program, object({{"x", boolean(true)}})).is_invalid());
}

// INVARIANT of StringValue: a text of the pool carries its id, whatever made it.
TEST(Transform, TextsOfThePoolHaveTheirIds) {
  const auto program = with_mapping("string claim", "literal \"x\" transforms #0+1",
                                    "  string \"admin\"", "  each\n\n.transforms\n  lower");
  const StringId admin = program->view().find_string("admin");
  EXPECT_EQ(Bound(*program, object({{"x", text("ADMIN")}})).slot().string.id, admin.value());
  EXPECT_EQ(Bound(*program, object({{"x", text("OTHER")}})).slot().string.id, kNone);
}

// The texts live as long as the slots, not as the claims; own_texts() leaves them where they are.
TEST(Transform, TextsAreTheSlots) {
  for (const char* transform : {"lower", "trim", "strip_prefix argument \"A \""}) {
    const auto program = with_mapping("string claim nullable", "literal \"x\" transforms #0+1", {},
                                      std::string("  each\n\n.transforms\n  ") + transform);
    Slots slots(*program);
    {
      const Claim claims = object({{"x", text("A LONG TEXT THAT IS NOT THE PROGRAM'S")}});
      bind_mappings(*program, 0, 1, ClaimHandle(claims), slots);
    }
    slots.own_texts(*program);
    const std::string value(slots.view().slots[0].string.text());
    EXPECT_EQ(value.back() == 's' ? "S" : value.substr(value.size() - 1), "S") << value;
    EXPECT_GT(value.size(), 30U);
  }
}

}  // namespace
}  // namespace verdict::testing
