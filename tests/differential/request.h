// Random requests for a workspace: the JSON that a host would hand over, and what it means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/differential/random.h"
#include "tests/differential/workspace.h"

namespace verdict::differential {

// One JSON object of claims or context, with the meaning of every mapping that reads it.
struct Document {
  std::string json;
  Values values;                       // by full name; defaults applied
  std::optional<std::string> refused;  // the first required attribute that is null or invalid
};

struct Request {
  std::size_t provider = 0;
  Document claims;
  std::vector<Document> contexts;  // one a resource
  std::optional<Timestamp> time;
  std::optional<IpValue> ip;

  // What the attributes hold when the request is about that resource.
  [[nodiscard]] Values values(const Workspace& workspace, std::size_t resource) const;
};

Request generate_request(Random& random, const Workspace& workspace);

// One value of an attribute, null and invalid among them.
Value pick_value(Random& random, const Attribute& attribute);

}  // namespace verdict::differential
