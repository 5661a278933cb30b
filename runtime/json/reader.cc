// The parser refuses what RFC 8259 refuses; what it lets through and we do not (repeated keys,
// depth of empty containers), and what it refuses and we do not (numbers beyond 64 bits and
// doubles), is settled here. The only file that knows simdjson.
#include "runtime/json/reader.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>
#include <simdjson.h>
#include <utility>

#include "runtime/json/numbers.h"
#include "vm/base/limits.h"

namespace verdict {
namespace {

namespace dom = simdjson::dom;

// simdjson chooses an implementation on first use, and allocates for it inside of functions that
// must not throw: before main() that cannot meet a request for which memory runs out.
[[maybe_unused]] const bool kHasChosen = !simdjson::get_active_implementation()->name().empty();

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

JsonError error_of(simdjson::error_code code) {
  switch (static_cast<int>(code)) {
    case simdjson::UTF8_ERROR:
      return {"is no UTF-8"};
    case simdjson::EMPTY:
      return {"is empty"};
    case simdjson::DEPTH_ERROR:
      return {"is nested too deep"};
    case simdjson::STRING_ERROR:
    case simdjson::UNESCAPED_CHARS:
    case simdjson::UNCLOSED_STRING:
      return {"has a broken string"};
    case simdjson::NUMBER_ERROR:
      return {"has a broken number"};
    default:
      return {"is no JSON"};
  }
}

// simdjson says it as an error; here, as everywhere in this library, the public functions say it.
void throw_if_out_of_memory(simdjson::error_code code) {
  if (code == simdjson::MEMALLOC) throw std::bad_alloc();
}

// A number of the text that simdjson cannot read: the how-manieth it is.
struct HiddenNumber {
  std::uint32_t ordinal;
  bool is_integer;
};

// One pass over what simdjson has read, into the nodes. Recursion is bounded: simdjson has refused
// what is nested deeper than kMaxClaimDepth, but for an empty array or object one level deeper.
class TreeBuilder {
 public:
  TreeBuilder(JsonTree& tree, const std::vector<HiddenNumber>& hidden)
      : nodes_(tree.nodes), by_key_(tree.by_key), hidden_(hidden) {
    nodes_.clear();
    by_key_.clear();
  }

  // What is wrong, or nothing in it.
  [[nodiscard]] std::string_view build(const dom::element& root, std::string_view source) {
    add(root, {}, 0, 0);
    if (!rounded_.empty()) read_rounded(source);
    return problem_;
  }

 private:
  // In line, since most values are scalars; what is not is a function of its own.
  [[gnu::always_inline]] void add(const dom::element& value, std::string_view key,
                                  std::uint8_t bucket, std::size_t depth) {
    JsonTreeNode& node = nodes_.emplace_back();
    node.key = key;
    node.bucket = bucket;
    node.end = static_cast<std::uint32_t>(nodes_.size());
    switch (value.type()) {
      case dom::element_type::STRING:
        node.kind = ClaimKind::String;
        node.text = value.get_string().value_unsafe();
        return;
      case dom::element_type::INT64:
        return set(node, true, Number::from_integer(value.get_int64().value_unsafe()));
      case dom::element_type::UINT64:
        return set(node, true, std::nullopt);
      case dom::element_type::DOUBLE:
        return set_double(node, value.get_double().value_unsafe());
      case dom::element_type::BOOL:
        node.kind = ClaimKind::Boolean;
        node.boolean = value.get_bool().value_unsafe();
        return;
      case dom::element_type::NULL_VALUE:
        return;
      case dom::element_type::ARRAY:
        return add_array(value.get_array().value_unsafe(), depth + 1);
      case dom::element_type::OBJECT:
        return add_object(value.get_object().value_unsafe(), depth + 1);
    }
  }

  void set(JsonTreeNode& node, bool is_integer, std::optional<Number> number) {
    node.kind = ClaimKind::Number;
    node.is_integer = is_integer;
    node.has_number = number.has_value();
    if (number) node.number = *number;
    node.count = num_numbers_++;
    if (num_found_ == hidden_.size() || hidden_[num_found_].ordinal != node.count) return;
    node.has_number = false;
    node.is_integer = hidden_[num_found_++].is_integer;
  }

  // From 2^53 on a double may be another number than the text says.
  void set_double(JsonTreeNode& node, double value) {
    constexpr double kTwoTo53 = 9007199254740992.0;
    const bool is_exact = std::abs(value) < kTwoTo53;
    if (!is_exact) rounded_.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
    set(node, false, is_exact ? Number::from_double(value) : std::nullopt);
  }

  // Reads what simdjson has rounded from the text itself: one pass over it, however many there are.
  void read_rounded(std::string_view source) {
    NumberScanner numbers(source);
    std::uint32_t ordinal = 0;
    for (const std::uint32_t index : rounded_) {
      JsonTreeNode& node = nodes_[index];
      for (; ordinal < node.count; ++ordinal) (void)numbers.next();
      ++ordinal;
      const std::optional<Number> value = parse_number(numbers.next()).value;
      node.has_number = value.has_value();
      if (value) node.number = *value;
    }
  }

  [[gnu::noinline]] void add_array(const dom::array& array, std::size_t depth) {
    const std::size_t index = begin(ClaimKind::Array, array.size(), depth);
    for (const dom::element element : array) add(element, {}, 0, depth);
    end(index);
  }

  [[gnu::noinline]] void add_object(const dom::object& object, std::size_t depth) {
    const std::size_t index = begin(ClaimKind::Object, object.size(), depth);
    const bool is_small = object.size() <= kWideObject;
    std::uint64_t seen = 0;
    for (const dom::key_value_pair member : object) {
      const std::uint8_t bucket = bucket_of(member.key);
      const std::uint64_t bit = std::uint64_t{1} << bucket;
      if (is_small && (seen & bit) != 0 && has_member(index, member.key)) refuse_key();
      seen |= bit;
      add(member.value, member.key, bucket, depth);
    }
    end(index);
    if (!is_small) sort_members(index);
  }

  std::size_t begin(ClaimKind kind, std::size_t count, std::size_t depth) {
    if (depth > limits::kMaxClaimDepth) problem_ = error_of(simdjson::DEPTH_ERROR).message;
    nodes_.back().kind = kind;
    nodes_.back().count = static_cast<std::uint32_t>(count);
    return nodes_.size() - 1;
  }

  void end(std::size_t index) { nodes_[index].end = static_cast<std::uint32_t>(nodes_.size()); }

  void refuse_key() { problem_ = "has a repeated key"; }

  // Among the members that the object at `index` has so far.
  [[nodiscard]] bool has_member(std::size_t index, std::string_view key) const {
    for (std::size_t i = index + 1; i < nodes_.size(); i = nodes_[i].end) {
      if (nodes_[i].key == key) return true;
    }
    return false;
  }

  // Of a wide object, where comparing all pairs would take quadratic time.
  void sort_members(std::size_t index) {
    const std::size_t begin = by_key_.size();
    nodes_[index].number = Number::from_integer(static_cast<std::int64_t>(begin));
    for (std::size_t i = index + 1; i < nodes_.size(); i = nodes_[i].end)
      by_key_.push_back(static_cast<std::uint32_t>(i));
    const auto first = by_key_.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(first, by_key_.end(),
              [this](std::uint32_t a, std::uint32_t b) { return nodes_[a].key < nodes_[b].key; });
    const auto twin = std::adjacent_find(
        first, by_key_.end(),
        [this](std::uint32_t a, std::uint32_t b) { return nodes_[a].key == nodes_[b].key; });
    if (twin != by_key_.end()) refuse_key();
  }

  std::vector<JsonTreeNode>& nodes_;
  std::vector<std::uint32_t>& by_key_;
  const std::vector<HiddenNumber>& hidden_;
  std::vector<std::uint32_t> rounded_;  // nodes, rising
  std::size_t num_found_ = 0;
  std::uint32_t num_numbers_ = 0;
  std::string_view problem_;
};

// Room for one text and what simdjson may read behind it.
class PaddedText {
 public:
  char* reserve(std::size_t size) {
    if (size > capacity_) {
      const std::size_t capacity = std::max(size, limits::kMaxClaimsBytes);
      bytes_.reset(new char[capacity + simdjson::SIMDJSON_PADDING]);
      capacity_ = capacity;
    }
    return bytes_.get();
  }
  [[nodiscard]] char* data() const { return bytes_.get(); }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
};

}  // namespace

struct JsonReader::State {
  // So that every length that read_buffer() takes lies within the text, written or not.
  State() { text.reserve(limits::kMaxClaimsBytes); }

  dom::parser parser{limits::kMaxClaimsBytes};
  PaddedText text;
  PaddedText patched;  // the text without the numbers that simdjson cannot read
  std::vector<HiddenNumber> hidden;
  JsonTree tree;

  // Whether the parser has all its memory. It does not tell itself: where only a part of it was
  // found, it has a capacity nevertheless.
  bool is_ready = false;

  // Once: the capacity never changes. simdjson counts the document itself as a level.
  void prepare() {
    if (is_ready) return;
    throw_if_out_of_memory(parser.doc.allocate(limits::kMaxClaimsBytes));
    throw_if_out_of_memory(parser.allocate(limits::kMaxClaimsBytes, limits::kMaxClaimDepth + 1));
    is_ready = true;
  }

  simdjson::simdjson_result<dom::element> parse(const PaddedText& from, std::size_t size) {
    prepare();
    std::memset(from.data() + size, ' ', simdjson::SIMDJSON_PADDING);
    return parser.parse(from.data(), size, false);
  }

  simdjson::simdjson_result<dom::element> parse() {
    hidden.clear();
    auto result = parse(text, tree.source.size());
    if (result.error() != simdjson::NUMBER_ERROR || !hide_numbers()) return result;
    return parse(patched, tree.source.size());
  }

  // Copies the text with a 0 of the same length in place of each number that is only too large.
  // False if there is none.
  bool hide_numbers() {
    const std::string_view source = tree.source;
    char* const copy = patched.reserve(source.size());
    std::memcpy(copy, source.data(), source.size());
    NumberScanner numbers(source);
    std::uint32_t ordinal = 0;
    for (auto number = numbers.next(); !number.empty(); number = numbers.next(), ++ordinal) {
      const ParsedNumber parsed = parse_number(number);
      if (parsed.value || parsed.error == NumberError::NotANumber) continue;
      char* const place = copy + (number.data() - source.data());
      std::memset(place, '0', number.size());
      place[1] = '.';
      hidden.push_back({ordinal, is_integer_spelling(number)});
    }
    return !hidden.empty();
  }

  Expected<const JsonTree*, JsonError> read(std::size_t size) {
    tree.source = {text.data(), size};
    if (tree.source.starts_with(kByteOrderMark))
      return Unexpected(JsonError{"begins with a byte order mark"});
    const auto root = parse();
    throw_if_out_of_memory(root.error());
    if (root.error() != simdjson::SUCCESS) return Unexpected(error_of(root.error()));
    TreeBuilder builder(tree, hidden);
    const std::string_view problem = builder.build(root.value_unsafe(), tree.source);
    if (!problem.empty()) return Unexpected(JsonError{problem});
    return &tree;
  }
};

JsonReader::JsonReader() : state_(std::make_unique<State>()) {}
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;
JsonReader::~JsonReader() = default;

char* JsonReader::buffer(std::size_t size) { return state_->text.reserve(size); }

Expected<const JsonTree*, JsonError> JsonReader::read_buffer(std::size_t size) {
  if (size > limits::kMaxClaimsBytes) return Unexpected(JsonError{"is too long"});
  return state_->read(size);
}

Expected<const JsonTree*, JsonError> JsonReader::read(std::string_view text) {
  if (text.size() > limits::kMaxClaimsBytes) return Unexpected(JsonError{"is too long"});
  text.copy(buffer(text.size()), text.size());
  return read_buffer(text.size());
}

}  // namespace verdict
