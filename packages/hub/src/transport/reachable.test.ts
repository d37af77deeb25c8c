import { describe, expect, it } from "vitest";
import { HubError } from "../errors.js";
import { reachable } from "./reachable.js";

const hub = "https://huggingface.co";
const mirror = "https://mirror.example/hf";
const local = "http://127.0.0.1:8080";

describe("an address that the Hub named", () => {
  it.each([
    [
      "of another server stays",
      "https://s3.example/a?X-Amz-Signature=b%2Fc",
      hub,
      "https://s3.example/a?X-Amz-Signature=b%2Fc",
    ],
    ["of the Hub stays", "https://huggingface.co/a/b.git?c=d", hub, "https://huggingface.co/a/b.git?c=d"],
    [
      "of the Hub becomes the mirror's",
      "https://huggingface.co/a/b.git?c=d",
      mirror,
      "https://mirror.example/hf/a/b.git?c=d",
    ],
    ["of the Hub becomes that of a Hub on this machine", "https://huggingface.co/a", local, `${local}/a`],
    [
      "of a host whose name begins alike stays",
      "https://huggingface.co.example/a",
      mirror,
      "https://huggingface.co.example/a",
    ],
    ["without a host is the endpoint's", "/a?b=c", hub, "https://huggingface.co/a?b=c"],
    ["in the clear is fine for an endpoint in the clear", "http://127.0.0.1:9000/a", local, "http://127.0.0.1:9000/a"],
  ])("%s", (_, address, endpoint, expected) => {
    expect(reachable(address, endpoint)).toBe(expected);
  });

  it.each([
    ["in the clear", "http://s3.example/a?Signature=secret", hub],
    ["the Hub's own in the clear", "http://huggingface.co/a", mirror],
    ["of a file", "file:///etc/passwd", local],
    ["of another protocol", "ftp://s3.example/a", local],
    ["that is data", "data:text/plain,a", hub],
    ["that is none", "https://", hub],
  ])("%s is refused, without telling its secrets", (_, address, endpoint) => {
    expect(() => reachable(address, endpoint)).toThrow(HubError);
    expect(() => reachable(address, endpoint)).toThrow(
      /^the Hub named (?!.*secret).* to send a file to; it was not sent there$/,
    );
  });
});
