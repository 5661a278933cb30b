// policyc keygen: a key pair for local tests.
#include <sys/stat.h>

#include "compiler/policyc/cli/command.h"
#include "compiler/policyc/workbench/signing.h"

namespace verdict::policyc {
namespace {

struct Options {
  std::string algorithm = "RS256";
  std::string kid;
  std::string private_path;
  std::string public_path = "-";
};

// Files made while this lives are for their owner alone.
class OwnerOnly {
 public:
  OwnerOnly() : before_(umask(S_IRWXG | S_IRWXO)) {}
  OwnerOnly(const OwnerOnly&) = delete;
  OwnerOnly& operator=(const OwnerOnly&) = delete;
  ~OwnerOnly() { umask(before_); }

 private:
  mode_t before_;
};

Exit write_keys(const Options& options, const Context& context) {
  const auto kid = options.kid.empty() ? std::nullopt : std::optional(options.kid);
  const auto keys = generate_keys(*find_algorithm(options.algorithm), kid);
  if (!keys) return fail(context, Exit::Failure, keys.error().message);
  {
    const OwnerOnly mask;
    const auto written = write_file(options.private_path, keys->private_jwk, context.streams.out);
    if (!written) return fail(context, Exit::Failure, written.error().message);
  }
  const auto written = write_file(options.public_path, keys->public_set, context.streams.out);
  return written ? Exit::Ok : fail(context, Exit::Failure, written.error().message);
}

}  // namespace

void add_keygen(Command& app, Context& context) {
  Command command = app.add_command("keygen", "Make a key pair for local tests");
  const auto options = std::make_shared<Options>();
  std::vector<std::string> names;
  for (const AlgorithmRow& row : kAlgorithms) names.emplace_back(row.name);
  command.add_option("--algorithm", options->algorithm, "What it signs with",
                     {.value = "ALG", .shows_default = true, .choices = names});
  command.add_option("--kid", options->kid, "Its id (default: a hash of the public key)");
  command.add_option("--private", options->private_path,
                     "Where the private key goes, as a JSON Web Key",
                     {.value = "FILE", .is_required = true});
  command.add_option("--jwks", options->public_path,
                     "Where the key set with the public key goes, - for standard output",
                     {.value = "FILE", .shows_default = true});
  command.set_action([options, &context] { return write_keys(*options, context); });
}

}  // namespace verdict::policyc
