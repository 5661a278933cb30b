#include <array>
#include <atomic>
#include <mutex>
#include <new>

#include "runtime/engine/decide.h"
#include "runtime/engine/engine_error.h"
#include "runtime/engine/principal_state.h"
#include "runtime/engine/question.h"
#include "runtime/jwt/token_error.h"
#include "runtime/jwt/verifier.h"
#include <verdict/engine.h>

namespace verdict {

namespace {

// A question as it is asked: `target` is the route in `program`, or nothing has been resolved yet.
struct Asked {
  std::string_view resource;
  std::string_view action;
  const Context& context;
  const ProgramState* program = nullptr;
  const Target* target = nullptr;

  [[nodiscard]] Target resolve(const ProgramState& current) const {
    return program == &current ? *target : Target::resolve(*current.program, resource, action);
  }
};

// Claims that hold, and what they were found to hold by. Borrows all of it.
struct AcceptedClaims {
  const TokenSettings& provider;
  JsonRef claims;
  std::string_view text;
  Validity validity;
  const KeySet::Key* key = nullptr;  // nullptr: no token brought them
  Algorithm algorithm = {};          // of the token
};

struct Scratch {
  TokenScratch token;
  QuestionScratch question;
};

// Memory of this thread: what makes the token path free of allocations of its own.
Scratch& scratch() {
  thread_local Scratch instance;
  return instance;
}

// Like the Error of that meaning it has no words of its own: there may be no memory for them.
TokenError out_of_memory() { return {TokenCause::Internal, {}}; }

std::optional<std::string> subject_of(const JsonRef& claims) {
  const std::optional<JsonRef> subject = claims.find("sub");
  if (!subject || !subject->is(ClaimKind::String)) return std::nullopt;
  return std::string(subject->text());
}

}  // namespace

struct Route::State {
  std::shared_ptr<const ProgramState> program;
  std::string resource;
  std::string action;
  Target target;  // in that program

  [[nodiscard]] Asked asked(const Context& context) const {
    return {resource, action, context, program.get(), &target};
  }
};

struct Engine::State {
  std::mutex writing;  // held from reading what is there to publishing what follows from it
  std::vector<ProviderKeys> keys;  // guarded by `writing`
  const Clock* clock = nullptr;
  mutable std::mutex mutex;  // guards `program`
  std::shared_ptr<const ProgramState> program;
  // Who holds a reference to a state of its own compares with this and then needs no lock.
  std::atomic<const ProgramState*> current = nullptr;

  [[nodiscard]] std::shared_ptr<const ProgramState> get_program() const {
    const std::lock_guard lock(mutex);
    return program;
  }

  void publish(std::shared_ptr<const ProgramState> next) noexcept {
    const std::lock_guard lock(mutex);
    program.swap(next);  // what was there goes when the lock is gone
    current.store(program.get(), std::memory_order_release);
  }

  Expected<void, Error> replace(std::shared_ptr<const Program> next, IdleKeys idle) {
    if (next == nullptr) {
      return refuse(EngineErrorCode::NoProgram, "the pointer is null: look at the error of load()");
    }
    const std::lock_guard writer(writing);
    auto made = make_program_state(std::move(next), keys, idle);
    if (!made) return Unexpected(std::move(made).error());
    publish(std::move(made).value());
    return {};
  }

  Expected<void, Error> replace_keys(std::vector<ProviderKeys> next) {
    const std::lock_guard writer(writing);
    if (next == keys) return {};
    auto made = make_program_state(get_program()->program, next, IdleKeys::Allowed);
    if (!made) return Unexpected(std::move(made).error());
    keys = std::move(next);
    publish(std::move(made).value());
    return {};
  }

  // The principal's claims for the current program; nullptr where the principal is refused.
  [[nodiscard]] const BoundClaims* find_bound(Principal::State& principal) const {
    const BoundClaims* const latest = principal.latest.load(std::memory_order_acquire);
    if (latest->program.get() == current.load(std::memory_order_acquire)) return latest;
    return find_or_rebind(principal);
  }

  // nullptr too where the program requires a claim that is not there.
  [[nodiscard]] static std::unique_ptr<const BoundClaims> bind_again(
      const Principal::State& principal, std::shared_ptr<const ProgramState> program) {
    const TokenSettings* const provider = program->find(principal.provider().name);
    if (provider == nullptr || !principal.is_accepted_by(*provider)) return nullptr;
    const auto tree = scratch().token.claims.read(principal.claims);
    if (!tree) return nullptr;
    auto bound = bind_claims(std::move(program), *provider, JsonRef(**tree));
    return bound ? std::move(bound).value() : nullptr;
  }

  [[nodiscard]] const BoundClaims* find_or_rebind(Principal::State& principal) const {
    auto program_now = get_program();
    const std::lock_guard lock(principal.mutex);
    for (const auto& bound : principal.bounds) {
      if (bound->program == program_now) return bound.get();
    }
    auto bound = bind_again(principal, std::move(program_now));
    if (bound == nullptr) return nullptr;
    principal.add(std::move(bound));
    return principal.bounds.back().get();
  }

  [[nodiscard]] Decision decide(const Principal::State& principal, const BoundClaims* bound,
                                const Asked& asked) const {
    if (bound == nullptr) return deny(Reason::TokenInvalid);
    const std::int64_t now = clock->now();
    if (now < principal.validity.from || now >= principal.validity.until)
      return deny(Reason::PrincipalExpired);
    const Target target = asked.resolve(*bound->program);
    return verdict::decide({*bound->program, *bound->provider, bound->slots, target, asked.resource,
                            asked.action, asked.context, now},
                           scratch().question);
  }

  [[nodiscard]] std::vector<std::string_view> missing(const BoundClaims& bound,
                                                      const Asked& asked) const {
    const Target target = asked.resolve(*bound.program);
    return missing_attributes({*bound.program, *bound.provider, bound.slots, target, asked.resource,
                               asked.action, asked.context, clock->now()},
                              scratch().question);
  }

  [[nodiscard]] static Expected<Principal, TokenError> make_principal(
      std::shared_ptr<const ProgramState> program, const AcceptedClaims& accepted) {
    auto bound = bind_claims(std::move(program), accepted.provider, accepted.claims);
    if (!bound) return Unexpected(bound.error());
    auto principal = std::make_unique<Principal::State>();
    principal->claims = accepted.text;
    principal->subject = subject_of(accepted.claims);
    principal->validity = accepted.validity;
    principal->key = accepted.key;
    principal->algorithm = accepted.algorithm;
    principal->add(std::move(bound).value());
    return Principal(std::move(principal));
  }
};

std::string_view Authorization::public_message() const noexcept {
  if (error) return error->public_message();
  return decision.allowed() ? "" : "Access denied";
}

Route::Route(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
Route::Route(Route&&) noexcept = default;
Route& Route::operator=(Route&&) noexcept = default;
Route::~Route() = default;

Engine::Engine(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Expected<Engine, Error> Engine::create(std::shared_ptr<const Program> program,
                                       EngineOptions options) noexcept try {
  auto state = std::make_unique<State>();
  state->keys = std::move(options.keys);
  state->clock = options.clock != nullptr ? options.clock : &system_clock();
  VERDICT_TRY(state->replace(std::move(program), IdleKeys::Refused));
  return Engine(std::move(state));
} catch (const std::bad_alloc&) {
  return refuse(EngineErrorCode::OutOfMemory);
}

Expected<void, Error> Engine::replace(std::shared_ptr<const Program> program) noexcept try {
  return state_->replace(std::move(program), IdleKeys::Allowed);
} catch (const std::bad_alloc&) {
  return refuse(EngineErrorCode::OutOfMemory);
}

Expected<void, Error> Engine::replace_keys(std::vector<ProviderKeys> keys) noexcept try {
  return state_->replace_keys(std::move(keys));
} catch (const std::bad_alloc&) {
  return refuse(EngineErrorCode::OutOfMemory);
}

Expected<Principal, TokenError> Engine::authenticate(std::string_view token) const noexcept try {
  auto program = state_->get_program();
  const auto verified =
      verify_token(token, program->providers, state_->clock->now(), scratch().token);
  if (!verified) return Unexpected(verified.error());
  return State::make_principal(std::move(program),
                               {verified->provider(),
                                verified->claims(),
                                verified->claims_text(),
                                {verified->valid_from(), verified->valid_until()},
                                &verified->key(),
                                verified->algorithm()});
} catch (const std::bad_alloc&) {
  return Unexpected(out_of_memory());
}

Expected<Principal, TokenError> Engine::bind(std::string_view claims, std::string_view provider,
                                             CheckedBy checked) const noexcept try {
  auto program = state_->get_program();
  const TokenSettings* const settings = program->find(provider);
  if (settings == nullptr)
    return refuse(TokenCause::UnknownProvider, "the program has no provider " + quote(provider));
  const auto tree = scratch().token.claims.read(claims);
  if (!tree)
    return refuse(TokenCause::Malformed, "the claims: " + std::string(tree.error().message));
  const JsonRef root(**tree);
  if (!root.is(ClaimKind::Object))
    return refuse(TokenCause::Malformed, "the claims are no JSON object");
  const std::int64_t now = state_->clock->now();
  const auto validity = checked == CheckedBy::Host ? check_nothing(root, *settings, now)
                                                   : check_bare_claims(root, *settings, now);
  if (!validity) return Unexpected(validity.error());
  return State::make_principal(std::move(program), {*settings, root, claims, *validity, nullptr});
} catch (const std::bad_alloc&) {
  return Unexpected(out_of_memory());
}

Expected<Route, Error> Engine::route(std::string_view resource,
                                     std::string_view action) const noexcept try {
  auto state = std::make_unique<Route::State>();
  state->program = state_->get_program();
  state->resource = resource;
  state->action = action;
  state->target = Target::resolve(*state->program->program, resource, action);
  return Route(std::move(state));
} catch (const std::bad_alloc&) {
  return refuse(EngineErrorCode::OutOfMemory);
}

Decision Engine::decide(const Principal& principal, const Route& route,
                        const Context& context) const noexcept try {
  Principal::State& asked_about = *principal.state_;
  return state_->decide(asked_about, state_->find_bound(asked_about), route.state_->asked(context));
} catch (const std::bad_alloc&) {
  return deny(Reason::ContextInvalid);
}

Decision Engine::decide(const Principal& principal, std::string_view resource,
                        std::string_view action, const Context& context) const noexcept try {
  Principal::State& asked_about = *principal.state_;
  return state_->decide(asked_about, state_->find_bound(asked_about), {resource, action, context});
} catch (const std::bad_alloc&) {
  return deny(Reason::ContextInvalid);
}

std::vector<std::string_view> Engine::missing(const Principal& principal, const Route& route,
                                              const Context& context) const noexcept try {
  const BoundClaims* const bound = state_->find_bound(*principal.state_);
  return bound == nullptr ? std::vector<std::string_view>()
                          : state_->missing(*bound, route.state_->asked(context));
} catch (const std::bad_alloc&) {
  return {};
}

Authorization Engine::check_authorization(const AuthorizationRequest& request) const noexcept try {
  Authorization result;
  auto principal = authenticate(request.token);
  if (!principal) {
    result.decision = deny(Reason::TokenInvalid);
    result.error = std::move(principal).error();
    return result;
  }
  result.principal = std::move(principal).value();
  Principal::State& asked_about = *result.principal->state_;
  result.decision = state_->decide(asked_about, asked_about.latest.load(std::memory_order_relaxed),
                                   {request.resource, request.action, request.context});
  return result;
} catch (const std::bad_alloc&) {
  Authorization result;
  result.decision = deny(Reason::TokenInvalid);
  result.error = out_of_memory();
  return result;
}

}  // namespace verdict
