import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "users.getOverview",
    operation: "getUserOverview",
    call: (hub) => hub.users.getOverview({ username: "julien-c" }),
    request: "GET /api/users/julien-c/overview",
  },
  {
    method: "users.getSocials",
    operation: "getUserSocials",
    call: (hub) => hub.users.getSocials({ username: "julien-c" }),
    request: "GET /api/users/julien-c/socials",
  },
  {
    method: "users.getAvatar",
    operation: "getUserAvatar",
    call: (hub) => hub.users.getAvatar({ username: "julien-c" }),
    request: "GET /api/users/julien-c/avatar",
  },
  {
    method: "users.downloadAvatar",
    operation: "getNamespaceAvatar",
    call: async (hub) => (await hub.users.downloadAvatar({ namespace: "google" })).bytes(),
    request: "GET /api/avatars/google",
    response: { body: "picture" },
  },
  {
    method: "users.listLikes",
    operation: "listUserLikes",
    call: (hub) => hub.users.listLikes({ username: "julien-c" }).toArray(),
    request: "GET /api/users/julien-c/likes",
  },
  {
    method: "users.listLikes",
    operation: "listUserLikes",
    call: (hub) => hub.users.listLikes({ username: "julien-c", limit: 3 }).toArray(),
    request: "GET /api/users/julien-c/likes?limit=3",
  },
  {
    method: "users.listFollowers",
    operation: "listUserFollowers",
    call: (hub) => hub.users.listFollowers({ username: "julien-c" }).toArray(),
    request: "GET /api/users/julien-c/followers",
  },
  {
    method: "users.listFollowers",
    operation: "listUserFollowers",
    call: (hub) => hub.users.listFollowers({ username: "julien-c", limit: 3 }).toArray(),
    request: "GET /api/users/julien-c/followers?limit=10",
  },
  {
    method: "users.listFollowing",
    operation: "listUserFollowing",
    call: (hub) => hub.users.listFollowing({ username: "julien-c", limit: 3 }).toArray(),
    request: "GET /api/users/julien-c/following",
  },
];
