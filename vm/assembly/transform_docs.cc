#include "vm/assembly/transform_docs.h"

#include <string_view>

#include "vm/value/transform.h"

namespace verdict {
namespace {

constexpr std::string_view kHead =
    R"(# Transforms

Printed from `vm/value/transforms.def`; a test compares. `no` is the number in a program file.

A mapping's `transform` is a list of these, applied in order to what its path finds: `["trim", {"strip_prefix": "org:"}]`.
With a path through `[*]` that is the list of what stands in each element. What a transform takes must be what the one
before it gives, and what the last one gives must be of the attribute's type, else it is an error where the transform stands
(V315, V304).

A value that a transform cannot be applied to makes the attribute invalid, and `policyc eval` says why. Null stays null, and
`defaultValue` takes its place afterwards: a default is not transformed. [limits.md](limits.md) says how long texts and lists may be;
that holds for what is transformed, and for each text that comes out.

)";

constexpr std::string_view kClerk = R"(
## Clerk's session tokens

Version 2 of Clerk's session tokens packs the permissions of the active organisation:

```json
{ "fea": "o:dashboard,u:profile,o:teams", "o": { "id": "org_1", "rol": "admin", "per": "manage,read", "fpm": "3,2" } }
```

`{ "jwtPath": "o", "attribute": "permissions", "transform": ["clerk_permissions"] }` makes of it `dashboard:manage`,
`dashboard:read` and `teams:read`. Number i of `fpm` belongs to the i-th feature of the organisation in `fea` (those whose
scope, in front of the `:`, has an `o`); bit j of the number, from the lowest, stands for name j of `per`. White space around the commas does
not matter. A feature without a number has no permissions; an object without `per` and `fpm` gives the empty list; without `o`,
hence without an active organisation, the attribute is null. `fea` stands beside the object, wherever that is.

What does not fit together is invalid rather than another permission: a bit without a name, more numbers than features, a number
that is none, a name or feature that is empty or has a `:`, one of `per` and `fpm` without the other. `per` has at most 256
names; what comes out is at most 16384 texts of 262144 bytes.

Version 1 has a list, `org_permissions`, in which each begins with `org:`; `[{"strip_prefix": "org:"}]` makes the same of it.
)";

std::string row_of(const TransformRow& row) {
  const std::string name(row.spelling);
  const std::string written =
      row.argument == TransformArgument::Text ? "`{\"" + name + "\": TEXT}`" : "`\"" + name + "\"`";
  const std::string gives = row.gives.empty() ? "the same" : articles_of(row.gives);
  return "| " + std::to_string(static_cast<unsigned>(row.transform)) + " | " + written + " | " +
         articles_of(row.takes) + " | " + gives + " | " + std::string(row.meaning) + " |\n";
}

std::string types_of(Form form) {
  std::string text;
  for (const KindRow& row : kKinds) {
    if (kinds_of(form).contains(row.kind))
      text += (text.empty() ? "" : ", ") + std::string(row.spelling);
  }
  return text;
}

}  // namespace

std::string describe_transforms_markdown() {
  std::string page(kHead);
  page += "| no | transform | takes | gives | what it gives |\n|---|---|---|---|---|\n";
  for (const TransformRow& row : kTransforms) page += row_of(row);
  page +=
      "\nWhat comes out of the last one says what the attribute can be, beside the conditions that "
      "read it:\n\n| comes out | type |\n|---|---|\n";
  for (const Form form : {Form::Text, Form::List, Form::Number, Form::Time}) {
    page += "| " + articles_of(form) + " | " + types_of(form) +
            (form == Form::Text ? "; where `type` says so string_list, a list of one" : "") +
            " |\n";
  }
  page += kClerk;
  return page;
}

}  // namespace verdict
