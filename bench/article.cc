#include "bench/article.h"

#include <fstream>
#include <iterator>

#include "bench/workspace.h"
#include "compiler/driver/compile.h"
#include "vm/bind/bind.h"

namespace verdict::bench {
namespace {

std::string read_text(const std::string& name) {
  const std::string path = std::string(VERDICT_SOURCE_DIR) + "/examples/clerk_orders/" + name;
  std::ifstream in(path, std::ios::binary);
  if (!in) give_up("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Of the constant pool's `admin`; the article compares with nothing else.
std::uint32_t admin_id = kNone;

bool decide_by_hand(const HandRequest& request) {
  return request.has_org_role && request.org_role == admin_id;
}

}  // namespace

Article::Article() {
  program_ = load_or_give_up(ArticleFiles().compile());
  admin_id = program_->view().find_string("admin").value();
  slots_.reserve(kUsers.size());
  for (const User& user : kUsers) bind(user);
}

void Article::bind(const User& user) {
  const std::string name = "claims/" + std::string(user.claims) + ".json";
  const auto tree = readers_.emplace_back().read(read_text(name));
  if (!tree) give_up(name + " is no JSON");
  Slots& slots = slots_.emplace_back(*program_);
  const ProviderRecord& provider = program_->view().Providers[0];
  if (bind_mappings(*program_, provider.first_mapping, provider.num_mappings, JsonRef(**tree),
                    slots)) {
    give_up(name + " lacks a required claim");
  }
}

HandRequest Article::hand_request(std::size_t user) const {
  const std::uint32_t attribute = program_->find_attribute("ext_org_role").value().value();
  const SlotView view = slots(user);
  return {view.slots[attribute].string.id, !view.is_unknown(attribute)};
}

HandPolicy Article::hand_policy() const {
  static const volatile HandPolicy policy = decide_by_hand;
  return policy;
}

ArticleFiles::ArticleFiles()
    : provider_(read("providers/clerk.json")),
      policy_(read("policies/approve_orders.json")),
      resources_(read("resources.json")),
      permissions_(read("permissions.json")) {}

ArticleFiles::File ArticleFiles::read(const char* name) { return {name, read_text(name)}; }

std::vector<std::byte> ArticleFiles::compile(std::string_view settings) const {
  std::string provider = provider_.text;
  provider.insert(provider.find('{') + 1, settings);
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const auto add = [&sources](const File& file) { return sources.add(file.name, file.text); };
  const compiler::WorkspaceFiles files = {{sources.add(provider_.name, std::move(provider))},
                                          {add(policy_)},
                                          {add(resources_)},
                                          {add(permissions_)}};
  compiler::Compilation compilation = compiler::compile(sources, files, {}, emitter);
  if (!compilation.bytes) give_up("the example does not compile");
  return std::move(*compilation.bytes);
}

}  // namespace verdict::bench
