import { expect, it } from "vitest";
import { playgroundLink } from "./playground.js";

it("a link names tag, verb and path, with braces encoded and slashes as they are", () => {
  expect(playgroundLink("orgs", "put", "/api/organizations/{name}/members/{username}/role")).toBe(
    "https://huggingface.co/spaces/huggingface/openapi#tag/orgs/PUT/api/organizations/%7Bname%7D/members/%7Busername%7D/role",
  );
});
