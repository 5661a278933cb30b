#include "compiler/check/transforms.h"

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/ast/object_reader.h"
#include "compiler/providers/providers.h"

namespace verdict::compiler {
namespace {

// What stands before a transform, and where that was learnt.
struct Input {
  FormSet forms;
  std::string found;  // in words, for the one that cannot take it
  Span span;
  std::string why;  // "`split_space` gives a list of strings"; empty where any JSON may come
};

// The JSON of an attribute of that kind.
FormSet json_of(KindSet kinds) {
  FormSet forms;
  if (!(kinds & (Kind::String | Kind::Enum | KindSet(Kind::Ip))).empty())
    forms = forms | Form::Text;
  if (kinds.contains(Kind::StringList)) forms = forms | Form::List;
  if (kinds.contains(Kind::Number)) forms = forms | Form::Number;
  return forms;
}

// Where `type` stands, a claim of a registered name may be something else.
Input input_of_claim(const ast::Mapping& mapping) {
  const Span path = mapping.path_text.span;
  if (goes_through_each(mapping.path))
    return {Form::List, articles_of(Form::List), path, "`[*]` makes it a list"};
  const bool is_claim = !mapping.kind && mapping.path.literal && mapping.path.steps.empty();
  const RegisteredClaim* claim = is_claim ? find_registered_claim(*mapping.path.literal) : nullptr;
  if (claim == nullptr) return {kJsonForms, {}, path, {}};
  const FormSet forms = json_of(claim->kinds);
  std::string found = forms.empty() ? "a boolean" : articles_of(forms);
  std::string why = "it is " + found + " by " + std::string(claim->source);
  return {forms, std::move(found), path, std::move(why)};
}

void report(const ast::TransformStep& step, const Input& input, Emitter& emitter) {
  const TransformRow& row = get_transform_row(step.transform);
  auto diagnostic = emitter.emit(Code::TransformInput, step.span,
                                 {std::string(row.spelling), articles_of(row.takes), input.found});
  if (!input.why.empty()) diagnostic.label(input.span, input.why);
}

}  // namespace

bool goes_through_each(const JwtPath& path) {
  return std::any_of(path.steps.begin(), path.steps.end(),
                     [](const JwtPathStep& step) { return step.kind == JwtPathStep::Kind::Each; });
}

std::optional<FormSet> follow_transforms(const ast::Mapping& mapping, Emitter& emitter) {
  Input input = input_of_claim(mapping);
  for (const ast::TransformStep& step : mapping.transforms) {
    const FormSet after = forms_after(get_transform_row(step.transform), input.forms);
    if (after.empty()) {
      report(step, input, emitter);
      return std::nullopt;
    }
    const std::string found = articles_of(after);
    input = {after, found, step.span, ast::quoted(spelling_of(step.transform)) + " gives " + found};
  }
  return input.forms;
}

}  // namespace verdict::compiler
