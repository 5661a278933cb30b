// Two RSA keys of 2048 bits, for tests alone: they are public, so nothing may ever trust them.
//
// They stand here because making one takes longer than most tests, and each test is a process of
// its own. Made once by OpenSSL; to make others, write the members of the private JSON Web Key that
// `policyc keygen --algorithm RS256 --private FILE` writes in the place of these.
#pragma once

#include <array>
#include <string_view>

namespace verdict::testing {

// A member of a JSON Web Key, in base64url.
struct KeyMember {
  std::string_view name;
  std::string_view value;
};

inline constexpr std::array<std::array<KeyMember, 8>, 2> kRsaKeys = {{
    {{
        {"n",
         "2xB1i6JvX3gAGrDPXAfFoKx_U3YeiQ_Z6Q-6-wBtwGhHVaCvSNcuoCof7q7iik2rEXm_lZCfZxR-tltHvpG0Qykx"
         "LAaW6o_JwTZV-UfHhy6QDtZCJKWkuH-OwLjGlMED6_XaeVUHDArKXpGF9Vyl78hPKq7myxq7JB49I3drXohgxBpd"
         "5EoEBPUbIn421fpv7lJihPooqwchbjfpQiTpLbWmT-ms70uQ6g39UKJXtTS5LVMv72SVgL293DziaorDg36YdTrP"
         "CKXky5CmFokBOl1WVu3h0Y17EmorSfOsL_3q3h0nDZkV5qXbsRvHHZTuO9GBtsUaSgTIZqUM0EbyMw"},
        {"e", "AQAB"},
        {"d",
         "DHtaGebbTgcXiRh09YtIfUNcN-RdkLVeAbO7QC0B6Ton17RW-Haw-erx3ywzd-o9VTq-Kfv6Zn8E9J1WhQBmqIL9"
         "gcLYW4IY3qZFbMrkZAqeUQdv77LzzpgPXrdzMoDy7mwXkt0_kGCXBPS-u2sYK1rwToAhDLE3uN2eNy9JPLK76jQs"
         "Tev9AanQBZFyn_DeOQrijtjLX9qtCmt-GWsdgj0lh2ZUuh1xWEoEofhJOFA5WEKsYCGjt2V4feWRYinWYkEUZGv4"
         "3lvmtBkzcMXUd37hyaQ-Ycp4-uGEweZchEASVNEdDXrWBinsXn2eV7J8hGPdVDh9_1OCEzFS_n5U6Q"},
        {"p",
         "9tqHyZbVrLEhU1VKVUv_zXOooaBB2eFcDd5mUSnKxj-Ee3Wy5CMdFSnuM_3uNWVkBFArG5Yu9t-NT3wqNEb3XOMN"
         "UXbVTeooedl64om_bz9H3xyEkD2tWLK27SoFQg8lGRCZ6klTl-8FPaLOahEWti4dZEl08-iE2TNNZ3EtUAs"},
        {"q",
         "4y5W-wnw3ed2v6Dzp07lRKqNt_QtlKi8Kl98AB-sQp_yi73r3d7xYTnpfs2qJWbDNoQZ1VX_aeJ537UokJBhzwgL"
         "czNvF__2xOzzKcfF1yGw-jENJLGgnw2doGfQ0MK2nal9fNNz7VkhFt58MuBme90vdIto-aM4ypPsCMpVd3k"},
        {"dp",
         "gehFF2CKeEQLLqiu4q6JItzf_JaysO-5Gw9UNxhQPv5EQRiSmR6lenLDiZbzmiQOe3qZBP6HHqJM4myMZVCHctmG"
         "M73eyQ8WV_GMitVE6k2aDB8c4C-lHw2F2M-JTtdbhZJH_ZSzKjy-PE6GZCk0E5G3JATISGewKgGmlW5pEzs"},
        {"dq",
         "PRtN0iCOZWHJEypb33jdOmcVz5EiYYYxdsRQOkhKsXEMcIIZW4iILLrDD5SKW50UjSljOXr0RKriVUYJLzlm1aU4"
         "TzhafX4gBkAl9-sAUCmDzQg8nM4agi3LZEYIaN62-BmK43SNDh6XQ-t8RMMPTenkxdhp2BwLPpIjPwoNiyE"},
        {"qi",
         "CxwX3yLAHcDoVRK86ZdEKFXhhO0uf17pC_7-PjSHRHaFG3Lbkc3XE6RT4AFQ5xie_fo3PmJ_ncNM0evpz60TaJpS"
         "c50Z1v5545_Fz4dy-hAloIaD6xmwegLTDHVzSIr8rQRrZfhYwPcPakkLVj60sHRbX1NQFCKtwSDDWRiZItQ"},
    }},
    {{
        {"n",
         "ww_WTdt6A8-mf3_EnArzPZxhI4AL9g9xs752sWYVuoPvSoVsCjIARVhzBgwZK3E3R-hwO1WXuWerDcgkp0N6LTZQ"
         "IhfGb5asHW9klrg28JtsHtp7HibjUFyC2HhwsuVxgxCeypszKTgjs4Ks2wOiW31ptMUPQEIBmb8oGNnY5fr0h7Rf"
         "LIkpvr-Hf6zitDz_INwvgOKS40H4VQm7JVMeErmMV3_5UYVMTijz__XZJe1ys_c83QgNyy2z0sz2nm4AuCw1Wtvb"
         "iJnR6lVxyPxctqSVvUblPLQ1jyFVDyQSycNH_Kd0aOg2LuhPuX0paeIZXDkFBEt72oPNggR7ZqHmeQ"},
        {"e", "AQAB"},
        {"d",
         "UG7nX5Nw7MFjVo_I8s9RHcauB4V1aTFVIVkYeG4v54kf0wrRUiLsGawvQf8bId69fNlL7iuNNNaaokQ1WQNqDdqn"
         "kGddXAY1Uq3sPHoZrX1pSA-vVO-ULD75dWm0jxAtjm38DG-S2RxdHFh2DpmhCTjdrbzUXRrarhs03Yp29d2dPl5-"
         "5CFzinwiNWvgfz7Z6T6ZDl7fHTY2bYcbZKUh5snvlECds9BpUzGo1ab76aUBc4hBMIF9lQJUs76o1FaoMvw0h00P"
         "KqJQogUEnNR1q04gVr1CDs-qJG3dEwvcMv86h6LOhitz2GtUdYfci2JDkbUxgK5KiB8Kbjpk2tiwQQ"},
        {"p",
         "5RScylSCvEIuWHcpCMPkVyTsjdqLycWE8nK7nt6OiTQZFJ19gO4YSyFPJuDEER0c4SaEsyCsO1ro6wwofQJXb58E"
         "e8Y7Hs2yRuKx-Pbr9SAla3Jg3nSoXFERBeVC-U-OhX55plvc5vnWH3ttM8dhi7EfLJoM3enAQRP6DbF609M"},
        {"q",
         "2fvZAmdBKeziAFXVVuC9qnvuZag7-1KV4jrYQcEUPqpf_ZREYl5xH8IKy7A_aGNxu5uaWx8BM68rrvOgakXZqzp1"
         "aJwKKv_atF36tn3be7-wAv14NQwVnaMVmZNJYtj64kHhNEZk8YBBz4iEfxO8SA-CGCt_Ow6IQssO8kflCQM"},
        {"dp",
         "Ta-k0FTClTdYYjXe25MbD5Z9Bko0F7P9Nv9Ds0fETLE3RC94jU2xPWFJZ2TX-PnHfm9Cl0CgR-y3imZwIJy3rCng"
         "Kl16VSLqr3FXa5fJQzKonfyG70negpgXTsmF4ehh69GNTaZfjpDxVXHVAbc-1FG3wbdoX6VSxn8Q0K38enM"},
        {"dq",
         "cYsuwYK5PbZnDlenVaahBOGjDw6vl7yv1_Rg2vdQrUef0n1dlYOuFyXC69B1ZtGN13Q41cfzn1FaRroeT9zsgbVk"
         "nMXSwg0dhaACTPaH0hDKBPS0naUayU6-nI1Mx5FQNXStcsZMJENzhD-PDIZiJ4L0d9SIZGGwdmJA-dCbK7M"},
        {"qi",
         "Clwt3YbDQDM7m-W07CVRkaBNXH4cug0UyfcJMKlxZanf3HHEDoqUHWD2Gyq1XV2zoJqX-VsLJX9c7GybNN6lOhij"
         "plhyROfRM5Cb1uZ4b7bcWYl8IJbHfkUi-sLRH0PP99ZFIsCWpq6ExRhHYf-vSXm2tNxruT8OlNGjDDjHzQE"},
    }},
}};

}  // namespace verdict::testing
