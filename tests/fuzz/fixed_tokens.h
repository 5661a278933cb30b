// A provider's keys, made once with `policyc keygen` and then thrown away as far as they were
// private, and the only tokens that there will ever be of them (`policyc token sign`).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "runtime/jwt/settings.h"
#include "vm/base/check.h"

namespace verdict {

inline constexpr std::string_view kFixedKeys =
    R"({"keys":[{"kty":"RSA","kid":"RS256","use":"sig","alg":"RS256","n":"lZjnJpbZYqU-piagl)"
    R"(s4p6wQJGOKsUTJJc4cXJqSayWTRqIm7gbg1BihPMadolhbyWdUsa4r6rvjdPpyE2M7t86iG3BB9-9myQrtkx)"
    R"(OHd0eG6DQh8JA9upQ7lcDdp7tFRc0NIZp2JH2zu3bf_yKqG1vrytFSYxnaGzTrZn03lXAAMBIa4SNzJ2_8-_)"
    R"(UcsoljxrUe-7kBZfOiP1mM-kFEsu0FMTAwh44EnL4Ig_DaNB-2pH_Y3QFORZZrE6i5mX9KkYHoPLrRxlTQnw)"
    R"(yy7UJ08v6MorGZvOamN8PhPHuIqmluA5JFwS2PLY4K40s1GJt_0KRphGVq0wNXHHd627BcHsQ","e":"AQAB)"
    R"("},{"kty":"EC","crv":"P-256","kid":"ES256","use":"sig","alg":"ES256","x":"XxUfhdu3lQ)"
    R"(R-ZCBTVbH714f-uVRL8trv9Njor0JWJzU","y":"6Rp7oXmf0O5KpjtlrBTj_yjp-0xzDpqMlRcfIsSGb3c")"
    R"(},{"kty":"OKP","crv":"Ed25519","kid":"EdDSA","use":"sig","alg":"EdDSA","x":"UlRNX2vD)"
    R"(KqqMod5hqyGk7yboKpOrVBSAyUCyTvdzr7Q"}]})";

// RS256, ES256, EdDSA.
inline constexpr auto kFixedTokens = std::to_array<std::string_view>(
    {R"(eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IlJTMjU2In0.eyJpc3MiOiJodHRwczovL2lzc3Vl)"
     R"(ci5leGFtcGxlIiwic3ViIjoidXNlcl8xIiwiZXhwIjo0MTAyNDQ0ODAwLCJvcmdfcm9sZSI6ImFkbWluIn0.)"
     R"(KpG10nXksiNBW5_J4dn30r4MORPVrfMPNPVCkrFcgoxSy7JSxAnQKLRSIqN67tGKnfO3Qgfz8X6Q3v63xe_v)"
     R"(RjGyYrZgOBFkju7RqDXR1Ql0SIFUkfQaZs06BPZ9yBuO4JfFBxs5JS_e6h0Y-pYPVy50_o5bSSfN9eDpAbDc)"
     R"(hwuwbcGPc1LsFoUTc4mklrTGjQ2LmqQ7pChvck6ZIOk4u315GJfTSpdA4iYG3R_o2J-oaNRRw2IbqES2rJf4)"
     R"(slCmvP8ag_jV93lXUTnQExj4vJNvKXURj3I0yHmtEC1aPK8I_9S7c7QdS-dH2ZZaUXqohAhscA6cFxiBEtaW)"
     R"(azulWw)",
     R"(eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IkVTMjU2In0.eyJpc3MiOiJodHRwczovL2lzc3Vl)"
     R"(ci5leGFtcGxlIiwic3ViIjoidXNlcl8xIiwiZXhwIjo0MTAyNDQ0ODAwLCJvcmdfcm9sZSI6ImFkbWluIn0.)"
     R"(KGxaPz7BfK9DFcl5K12yzrcCZqBa8RFnat_1RibhNvQqpXaMVAQL7pRV17d8-oZdaMWS-uEoBhds7J091V-r)"
     R"(bw)",
     R"(eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCIsImtpZCI6IkVkRFNBIn0.eyJpc3MiOiJodHRwczovL2lzc3Vl)"
     R"(ci5leGFtcGxlIiwic3ViIjoidXNlcl8xIiwiZXhwIjo0MTAyNDQ0ODAwLCJvcmdfcm9sZSI6ImFkbWluIn0.)"
     R"(bvBttERbM5h0RSj1GPDl8m8GkApBw85zepmVETEcDJUwO41eJ-UWXILeBBbVvBJmWtvtKgPHUNSDX3BIbrkH)"
     R"(AA)"});

inline constexpr std::int64_t kFixedNow = 1'800'000'000'000'000;

inline TokenSettings fixed_settings() {
  TokenSettings settings;
  settings.any_audience = true;
  settings.name = "idp";
  settings.issuer = "https://issuer.example";
  for (const Algorithm algorithm : {Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA})
    settings.algorithms.add(algorithm);
  auto keys = KeySet::parse(kFixedKeys);
  VERDICT_CHECK(keys && keys->keys().size() == 3);
  settings.keys = std::move(keys).value();
  return settings;
}

}  // namespace verdict
