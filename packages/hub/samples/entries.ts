import * as client from "../src/index.js";
import * as node from "../src/node/index.js";
import * as oauth from "../src/oauth/index.js";

/** What the package's entries export, by the source of each. */
export const entries: {
  readonly "src/index.js": typeof client;
  readonly "src/node/index.js": typeof node;
  readonly "src/oauth/index.js": typeof oauth;
} = {
  "src/index.js": client,
  "src/node/index.js": node,
  "src/oauth/index.js": oauth,
};
