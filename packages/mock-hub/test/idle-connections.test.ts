import { expect, it } from "vitest";
import { createMockHub } from "../src/index.js";
import { listen } from "../src/node.js";

it("keeps an idle connection open for a minute, on both origins", async () => {
  const running = await listen(createMockHub());
  try {
    for (const url of [running.url, running.cdnUrl]) {
      const response = await fetch(url);
      await response.text();
      expect(response.headers.get("keep-alive")).toBe("timeout=60");
    }
  } finally {
    await running.close();
  }
});
