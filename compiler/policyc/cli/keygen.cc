// policyc keygen: a key pair for local tests.
#include <filesystem>

#include "compiler/policyc/cli/command.h"
#include "compiler/policyc/workbench/output.h"
#include "compiler/policyc/workbench/signing.h"
#include "vm/base/limits.h"

namespace verdict::policyc {
namespace {

struct Options {
  std::string algorithm = "RS256";
  std::string kid;
  std::string private_path;
  std::string public_path = "-";
  bool is_forced = false;
};

// A private key cannot be made again: without --force nothing that stands where the new one goes is
// replaced, and where the public set goes nothing but another such set.
Existing existing_private(const Options& options) {
  return options.is_forced ? Existing::Replaced : Existing::Kept;
}
Existing existing_public(const Options& options, const Context& context) {
  const std::string& path = options.public_path;
  std::error_code error;
  const bool is_file = path != "-" && !find_descriptor(path) &&
                       std::filesystem::is_regular_file(path, error) &&
                       std::filesystem::file_size(path, error) > 0;
  if (options.is_forced || !is_file) return Existing::Replaced;
  const auto text = read_file(path, context.streams.in, limits::kMaxKeySetBytes);
  return text && is_public_key_set(*text) ? Existing::Replaced : Existing::Kept;
}

Expected<void, FileError> write_keys(const KeyPair& keys, const Options& options,
                                     const Context& context) {
  const SignalsHeld held;
  auto private_file =
      OutputFile::create(options.private_path, Readers::OwnerOnly, existing_private(options));
  if (!private_file) return Unexpected(std::move(private_file).error());
  auto public_file =
      OutputFile::create(options.public_path, Readers::AsUsual, existing_public(options, context));
  if (!public_file) return Unexpected(std::move(public_file).error());
  VERDICT_TRY(private_file->write(keys.private_jwk, context.streams.out));
  VERDICT_TRY(public_file->write(keys.public_set, context.streams.out));
  VERDICT_TRY(private_file->commit());
  return public_file->commit();
}

Exit make_keys(const Options& options, const Context& context) {
  const auto checked = check_output(options.public_path, {}, {options.private_path});
  if (!checked) return fail(context, Exit::Usage, checked.error().message);
  const auto kid = options.kid.empty() ? std::nullopt : std::optional(options.kid);
  const auto keys = generate_keys(*find_algorithm(options.algorithm), kid);
  if (!keys) return fail(context, Exit::Failure, keys.error().message);
  const auto written = write_keys(*keys, options, context);
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
  command.add_flag("--force", options->is_forced, "Replace a private key that is there already");
  command.set_action([options, &context] { return make_keys(*options, context); });
}

}  // namespace verdict::policyc
