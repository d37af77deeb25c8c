import { describe, expect, it } from "vitest";
import { HubInputError } from "../errors.js";
import { splitSlug } from "./slug.js";

describe("splitSlug", () => {
  it("parts the owner from the slug", () => {
    expect(splitSlug("collection", "google/gemma-3-67c6c6f89c4f76621268bb6d")).toEqual({
      owner: "google",
      slug: "gemma-3-67c6c6f89c4f76621268bb6d",
    });
  });

  it.each(["gemma", "/gemma", "google/", "a/b/c", ""])("refuses %j", (value) => {
    expect(() => splitSlug("post", value)).toThrow(new HubInputError('post is not of the form "owner/slug"'));
  });
});
