import { expect, it } from "vitest";
import { Hub } from "../../src/hub.js";
import type { Row } from "../requests/row.js";
import { allRows } from "../requests/rows.js";
import { useFaultServer, withoutBackOff } from "../servers/setup.js";

useFaultServer();

/** Whether the request of a row is sent again after a 503. */
async function isRepeated({ call, request }: Row): Promise<boolean> {
  let sent = 0;
  const fetch = async (address: string, { method }: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(address);
    if (pathname === "/api/whoami-v2" && !request.endsWith(pathname)) return Response.json({ name: "me" });
    const isAsked = `${method} ${pathname}${search}` === request;
    if (isAsked) sent += 1;
    return Response.json({}, { status: isAsked && sent === 1 ? 503 : 400 });
  };
  await call(new Hub({ token: "hf_rows", endpoint: "https://hub.test", fetch, retries: 1 })).catch(() => undefined);
  if (sent === 0) throw new Error(`${request} was not sent`);
  return sent > 1;
}

const isWrite = ({ request }: Row): boolean => /^(POST|PATCH) /.test(request);

/** By method, in the order of the alphabet; one whose requests differ in it stands with its verb. */
async function repeated(rows: Row[]): Promise<string[]> {
  withoutBackOff();
  const flags = await Promise.all(rows.map(isRepeated));
  const names = rows
    .filter((_, index) => flags[index])
    .map(({ method, request }) => `${request.split(" ")[0]} ${method}`);
  return [...new Set(names)].sort();
}

it("a POST that only reads, or may be sent twice, is repeated, and no other", async () => {
  const kinds = ["datasets", "models", "spaces"];
  // The request of an upload's row is its first, which asks how to send the file.
  const ofFiles = ["exists", "getLfsTransfers", "info", "preupload", "upload"];
  expect(await repeated(allRows.filter(isWrite))).toEqual(
    [
      "POST buckets.files.exists",
      "POST buckets.files.info",
      "POST inferenceEndpoints.checkAccess",
      "POST inferenceEndpoints.checkNamespaceAccess",
      "POST jobs.checkAccess",
      "POST jobs.checkNamespaceAccess",
      "POST oauth.waitForDeviceToken",
      "POST repos.validateCard",
      "POST search.quick",
      ...kinds.flatMap((kind) => ofFiles.map((name) => `POST ${kind}.files.${name}`)),
    ].sort(),
  );
});

it("what is neither POST nor PATCH is repeated", async () => {
  const others = allRows.filter((row) => !isWrite(row));
  const names = new Set(others.map(({ method, request }) => `${request.split(" ")[0]} ${method}`));
  expect(await repeated(others)).toEqual([...names].sort());
});
