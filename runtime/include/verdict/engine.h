// Engine: tokens in, decisions out.
//
//   auto program = verdict::load_program(bytes);
//   auto engine = verdict::Engine::create(*program);
//   auto result = engine->check_authorization({.token = token, .resource = "orders", .action =
//   "approve"}); if (!result.decision.allowed()) ...
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <verdict/clock.h>
#include <verdict/decision.h>
#include <verdict/error.h>
#include <verdict/expected.h>
#include <verdict/principal.h>
#include <verdict/program.h>
#include <verdict/token.h>

namespace verdict {

// A key set for a provider, in place of the one that the program pins. One set a provider.
struct ProviderKeys {
  std::string provider;  // its name
  std::string jwks;      // a JSON Web Key Set (RFC 7517), as text

  friend bool operator==(const ProviderKeys&, const ProviderKeys&) = default;
};

struct EngineOptions {
  std::vector<ProviderKeys> keys;
  const Clock* clock = nullptr;  // nothing: system_clock(). Must outlive the engine.
};

// What a request says beside the token. Borrowed for the call.
struct Context {
  std::string_view json = {};  // an object; nothing: an empty one
  std::string_view ip = {};    // the caller's address: req_ip
};

// Who has held the claims of bind() to what their provider demands: issuer, times, audience and the
// rest. With Host none of that refuses them. An `exp` that lies ahead still ends the principal; one
// that is over is the host's word.
enum class CheckedBy : std::uint8_t { Engine, Host };

// A resource and action, looked up once. Stays usable when the engine's program is replaced. Any
// number of threads may use one.
class Route {
 public:
  Route(Route&&) noexcept;
  Route& operator=(Route&&) noexcept;
  Route(const Route&) = delete;
  Route& operator=(const Route&) = delete;
  ~Route();

 private:
  friend class Engine;
  struct State;
  explicit Route(std::unique_ptr<State> state) noexcept;
  std::unique_ptr<State> state_;
};

// Everything of one question.
struct AuthorizationRequest {
  std::string_view token;
  std::string_view resource;
  std::string_view action;
  Context context = {};
};

struct Authorization {
  Decision decision;
  std::optional<Principal> principal;  // keeps the decision's texts alive; nothing where the token
                                       // was refused
  std::optional<TokenError> error;     // why it was

  // All that the caller outside should be told: "Unknown issuer", "Token validation failed",
  // "Access denied", or nothing where access is granted.
  [[nodiscard]] std::string_view public_message() const noexcept;
};

// Holds a program and the keys of its providers. All const functions, replace() and replace_keys()
// may be called from any number of threads at once; a call sees one program and its keys from start
// to end, and of two replacements one waits for the other. No function throws. Where a question is
// in doubt the answer is Deny. Memory that runs out is an error too (E105, TokenCause::Internal,
// without further words); decide() then denies for context_invalid, and missing() is empty.
class Engine {
 public:
  // Errors are of the family E1xx: a key set that is none, two for one provider, one for a provider
  // that the program does not have, no program.
  static Expected<Engine, Error> create(std::shared_ptr<const Program> program,
                                        EngineOptions options = {}) noexcept;

  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine();

  // Puts another program in the place of this one. Principals are bound anew when they are next
  // asked about; refused are those whose provider is gone or demands anything else of its tokens
  // than before, and those whose token was verified by a key that is gone (docs/tokens.md). Keys
  // for a provider that this program does not have wait for one that does. On an error all stays as
  // it was.
  Expected<void, Error> replace(std::shared_ptr<const Program> program) noexcept;

  // Puts these keys in the place of all that the host has given before, as at create(): a provider
  // that is not among them goes back to the keys that the program pins. Refused from then on are
  // the principals whose token was verified by a key that is gone; those whose key is still there,
  // and those that bind() made, live on. Keys may come before the program that has their provider,
  // so an unknown name is no error here; a key set that is none is one wherever it stands. On an
  // error all stays as it was. The same keys again cost nothing.
  Expected<void, Error> replace_keys(std::vector<ProviderKeys> keys) noexcept;

  // Verifies a compact JWS against the keys and settings of the provider that issued it, and binds
  // its claims (RFC 7515, RFC 7519, RFC 8725).
  Expected<Principal, TokenError> authenticate(std::string_view token) const noexcept;

  // The same for claims that come without their token, a JSON object: somebody else, such as a
  // gateway, has verified the signature. They are checked as the claims of a token are, with the
  // same causes: issuer, times, audience, authorized party, required claims. A gateway may keep
  // back what concerned the token alone, so `iss`, `exp`, `nbf`, `iat`, `azp` and the audience may
  // be absent; where they are there they must hold. Without `exp` the principal has no end.
  Expected<Principal, TokenError> bind(std::string_view claims, std::string_view provider,
                                       CheckedBy checked = CheckedBy::Engine) const noexcept;

  // What is not in the program is no error: asking it denies, with the reason. Only memory can run
  // out.
  Expected<Route, Error> route(std::string_view resource, std::string_view action) const noexcept;

  Decision decide(const Principal& principal, const Route& route,
                  const Context& context = {}) const noexcept;
  Decision decide(const Principal& principal, std::string_view resource, std::string_view action,
                  const Context& context = {}) const noexcept;

  // The null or invalid attributes that kept the answer from being another, as `ext_...` and
  // `ctx_...` names of the program; as long-lived as the decision's texts. A second pass.
  std::vector<std::string_view> missing(const Principal& principal, const Route& route,
                                        const Context& context = {}) const noexcept;

  // authenticate() and decide() in one call, on one program.
  Authorization check_authorization(const AuthorizationRequest& request) const noexcept;

 private:
  struct State;
  explicit Engine(std::unique_ptr<State> state) noexcept;
  std::unique_ptr<State> state_;
};

}  // namespace verdict
