#include "runtime/json/tree.h"

#include <algorithm>

#include "runtime/json/numbers.h"
#include "vm/base/check.h"

namespace verdict {

JsonRef JsonRef::at(std::size_t index) const {
  VERDICT_DCHECK(index < size());
  JsonRef child(*tree_, node_ + 1);
  for (; index > 0; --index) child = child.next();
  return child;
}

namespace {

// Behind a scalar without a look at `end`: then one step need not wait for the one before it.
const JsonTreeNode* next_sibling(const JsonTreeNode* nodes, const JsonTreeNode* node) {
  const bool has_children = node->kind == ClaimKind::Object || node->kind == ClaimKind::Array;
  return has_children ? nodes + node->end : node + 1;
}

}  // namespace

std::optional<JsonRef> JsonRef::find(std::string_view key) const {
  if (!is(ClaimKind::Object)) return std::nullopt;
  if (size() > kWideObject) return find_in_wide(key);
  const JsonTreeNode* const nodes = tree_->nodes.data();
  const JsonTreeNode* const end = nodes + node_->end;
  const std::uint8_t bucket = bucket_of(key);
  for (const JsonTreeNode* child = node_ + 1; child < end; child = next_sibling(nodes, child)) {
    if (child->bucket == bucket && child->key == key) return JsonRef(*tree_, child);
  }
  return std::nullopt;
}

std::optional<JsonRef> JsonRef::find_in_wide(std::string_view key) const {
  const std::vector<JsonTreeNode>& nodes = tree_->nodes;
  const auto begin = tree_->by_key.begin() + node_->number.integer();
  const auto end = begin + node_->count;
  const auto found =
      std::lower_bound(begin, end, key, [&nodes](std::uint32_t member, std::string_view wanted) {
        return nodes[member].key < wanted;
      });
  if (found == end || nodes[*found].key != key) return std::nullopt;
  return JsonRef(*tree_, *found);
}

std::string_view JsonRef::spelling() const {
  NumberScanner numbers(tree_->source);
  for (std::uint32_t before = node_->count; before > 0; --before) (void)numbers.next();
  return numbers.next();
}

}  // namespace verdict
