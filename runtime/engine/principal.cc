#include "runtime/engine/principal_state.h"
#include "runtime/jwt/token_error.h"
#include "vm/bind/bind.h"

namespace verdict {
namespace {

std::string state_of(const Slots& slots, AttributeId attribute) {
  switch (slots.origin(attribute)) {
    case Origin::Absent:
      return "is absent";
    case Origin::Null:
      return "is null";
    case Origin::Invalid:
      return "is invalid: " + slots.describe_invalid(attribute);
    case Origin::Value:
    case Origin::Transformed:
    case Origin::Default:
      break;
  }
  return "is there";
}

}  // namespace

Expected<std::unique_ptr<const BoundClaims>, TokenError> bind_claims(
    std::shared_ptr<const ProgramState> program, const TokenSettings& provider,
    const JsonRef& claims) {
  auto bound = std::make_unique<BoundClaims>(std::move(program));
  const Program& code = *bound->program->program;
  const ProviderRecord& record = code.view().Providers[bound->program->id_of(provider).index()];
  bound->provider = &provider;
  const std::optional<AttributeId> refused =
      bind_mappings(code, record.first_mapping, record.num_mappings, claims, bound->slots);
  if (refused) {
    const std::string_view name = code.view().string(code.view().Attributes[refused->index()].name);
    return refuse(TokenCause::RequiredClaimMissing,
                  quote(name) + " " + state_of(bound->slots, *refused));
  }
  bound->slots.own_texts(code);
  return std::unique_ptr<const BoundClaims>(std::move(bound));
}

bool Principal::State::is_accepted_by(const TokenSettings& other) const {
  if (other.demands() != provider().demands()) return false;
  return key == nullptr || (other.keys && other.keys->contains(*key, algorithm));
}

Principal::Principal(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
Principal::Principal(Principal&&) noexcept = default;
Principal& Principal::operator=(Principal&&) noexcept = default;
Principal::~Principal() = default;

std::string_view Principal::provider() const noexcept {
  return state_->latest.load(std::memory_order_acquire)->provider->name;
}

std::optional<std::string_view> Principal::subject() const noexcept { return state_->subject; }

std::int64_t Principal::valid_from() const noexcept { return state_->validity.from; }
std::int64_t Principal::valid_until() const noexcept { return state_->validity.until; }

}  // namespace verdict
