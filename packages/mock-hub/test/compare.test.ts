import { beforeEach, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { apiOf, ndjson, type Api } from "./api.js";

const repo = "/api/models/ada/compared";
let hub: MockHub;
let ada: Api;

beforeEach(async () => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  await ada("POST", "/api/repos/create", { name: "compared" });
  const numbers = Array.from({ length: 12 }, (_, index) => `${index + 1}\n`).join("");
  await commit("main", file("numbers.txt", numbers), file("old.txt", "old"));
  await ada("POST", `${repo}/branch/next`, {});
  await commit(
    "next",
    file("numbers.txt", numbers.replace("6\n", "six\n").replace("7\n", "")),
    file("new.txt", "new\n"),
    file("zeros.txt", "\0"),
    { key: "deletedFile", value: { path: "old.txt" } },
  );
});

const file = (path: string, content: string): object => ({ key: "file", value: { path, content, encoding: "utf-8" } });
const commit = (branch: string, ...operations: object[]) =>
  ada("POST", `${repo}/commit/${branch}`, ndjson({ key: "header", value: { summary: "Change" } }, ...operations));
const compare = async (range: string): Promise<string> => String((await ada("GET", `${repo}/compare/${range}`)).body);
const withoutIds = (diff: string): string => diff.replace(/^index .*\n/gm, "");

it("tells what git would of two revisions: lines that changed with three around them, new, deleted and binary files", async () => {
  expect(withoutIds(await compare("main..next"))).toBe(`diff --git a/new.txt b/new.txt
new file mode 100644
--- /dev/null
+++ b/new.txt
@@ -0,0 +1 @@
+new
diff --git a/numbers.txt b/numbers.txt
--- a/numbers.txt
+++ b/numbers.txt
@@ -3,8 +3,7 @@
 3
 4
 5
-6
-7
+six
 8
 9
 10
diff --git a/old.txt b/old.txt
deleted file mode 100644
--- a/old.txt
+++ /dev/null
@@ -1 +0,0 @@
-old
\\ No newline at end of file
diff --git a/zeros.txt b/zeros.txt
new file mode 100644
Binary files /dev/null and b/zeros.txt differ
`);
});

it("is empty between a revision and itself, and takes three dots as well", async () => {
  expect(await compare("next...next")).toBe("");
  expect(await compare("main...next")).toBe(await compare("main..next"));
});

it("refuses what is no range, and revisions that do not exist", async () => {
  expect((await ada("GET", `${repo}/compare/main`)).status).toBe(400);
  const missing = await ada("GET", `${repo}/compare/main..nothing`);
  expect([missing.status, missing.headers.get("x-error-code")]).toEqual([404, "RevisionNotFound"]);
});

it("comes with a pull request that is asked for with its diff", async () => {
  const { body } = await ada(
    "POST",
    `${repo}/commit/main?create_pr=1`,
    ndjson({ key: "header", value: { summary: "Propose" } }, file("p.txt", "p\n")),
  );
  expect(body).toMatchObject({ pullRequestUrl: `${hub.url}/ada/compared/discussions/1` });
  await commit("main", file("later.txt", "later\n"));
  const pull = `${repo}/discussions/1`;
  const { diff } = (await ada("GET", `${pull}?diff=1`)).body as { diff: string };
  expect(withoutIds(diff)).toBe(
    "diff --git a/p.txt b/p.txt\nnew file mode 100644\n--- /dev/null\n+++ b/p.txt\n@@ -0,0 +1 @@\n+p\n",
  );
  expect((await ada("GET", pull)).body).not.toHaveProperty("diff");
});
