import { execFileSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { createMockHub } from "@hf-api/mock-hub";
import { listen } from "@hf-api/mock-hub/node";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../test/files/temporary-folder.js";
import { failure } from "../../test/servers/setup.js";
import { Hub } from "../hub.js";
import { HubInputError } from "../errors.js";
import { tokenFromDisk } from "./token-from-disk.js";

const secret = "hf_ofThisMachine0123";
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  const names = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH", "HF_HUB_DISABLE_IMPLICIT_TOKEN"];
  for (const name of [...names, "XDG_CACHE_HOME"]) vi.stubEnv(name, "");
  vi.stubEnv("HF_HOME", folder);
});

async function write(text: string, mode: number = 0o600, name: string = "token"): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

describe("the token of the machine", () => {
  it("is none where nobody is logged in", async () => {
    expect(await tokenFromDisk()).toBeNull();
    await write(" \n");
    expect(await tokenFromDisk()).toBeNull();
  });

  it("is what the file holds, and a Hub that was given the function follows a new login", async () => {
    const mock = createMockHub();
    const server = await listen(mock);
    try {
      await write(`${mock.tokens.write}\n`);
      const hub = new Hub({ endpoint: server.url, token: tokenFromDisk });
      expect(await hub.auth.whoami()).toMatchObject({ name: "ada" });
      await write(mock.tokens.other);
      expect(await hub.auth.whoami()).toMatchObject({ name: "grace" });
    } finally {
      await server.close();
    }
  });

  it.each([
    ["HF_TOKEN", { HF_TOKEN: " hf_env\n", HUGGING_FACE_HUB_TOKEN: "hf_old" }, "hf_env"],
    ["HUGGING_FACE_HUB_TOKEN", { HUGGING_FACE_HUB_TOKEN: "hf_old" }, "hf_old"],
  ])("is that of %s before any file", async (_, variables, expected) => {
    await write(secret);
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    expect(await tokenFromDisk()).toBe(expected);
  });

  it.each(["1", "ON", "yes", "True"])("is none with HF_HUB_DISABLE_IMPLICIT_TOKEN=%s", async (value) => {
    await write(secret);
    vi.stubEnv("HF_HUB_DISABLE_IMPLICIT_TOKEN", value);
    expect(await tokenFromDisk()).toBeNull();
    vi.stubEnv("HF_HUB_DISABLE_IMPLICIT_TOKEN", "0");
    expect(await tokenFromDisk()).toBe(secret);
  });

  it("stands where HF_TOKEN_PATH, HF_HOME and XDG_CACHE_HOME say, with ~ and variables", async () => {
    await write(secret, 0o600, "own/of me");
    vi.stubEnv("BASE", folder);
    vi.stubEnv("HF_TOKEN_PATH", "$BASE/own/of me");
    expect(await tokenFromDisk()).toBe(secret);
    vi.stubEnv("HF_TOKEN_PATH", "");
    await write("hf_xdg", 0o600, "xdg/huggingface/token");
    vi.stubEnv("HF_HOME", "");
    vi.stubEnv("XDG_CACHE_HOME", "${BASE}/xdg");
    expect(await tokenFromDisk()).toBe("hf_xdg");
    vi.stubEnv("HF_HOME", "~/does-not-exist-here");
    expect(await tokenFromDisk()).toBeNull();
    vi.stubEnv("HF_TOKEN_PATH", "~");
    expect(((await failure(tokenFromDisk())) as Error).message).toContain(`${homedir()} is not a file`);
  });

  it("is found where Python's client looks for it", async ({ skip }) => {
    let python: string;
    try {
      python = execFileSync("python3", ["-c", "import huggingface_hub.constants as c; print(c.HF_TOKEN_PATH)"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        env: { ...process.env, HF_HOME: "$BASE/home", BASE: folder },
      }).trim();
    } catch {
      return skip("Python's huggingface_hub is not installed");
    }
    vi.stubEnv("BASE", folder);
    vi.stubEnv("HF_HOME", "$BASE/home");
    await write(secret, 0o600, "home/token");
    expect(python).toBe(join(folder, "home/token"));
    expect(await tokenFromDisk()).toBe(secret);
  });
});

describe("a token file is refused", () => {
  const refusal = async (options?: Parameters<typeof tokenFromDisk>[0]): Promise<Error> => {
    const error = await failure(tokenFromDisk(options));
    expect(error).toBeInstanceOf(HubInputError);
    expect(inspect(error, { depth: 9 })).not.toContain(secret);
    return error as Error;
  };

  it.skipIf(process.platform === "win32").each([0o640, 0o604, 0o666, 0o620])(
    "when other users can reach it: %o",
    async (mode) => {
      const path = await write(secret, mode);
      const { message } = await refusal();
      expect(message).toContain(`${path} (mode ${mode.toString(8)}); run chmod 600`);
      expect(await tokenFromDisk({ allowShared: true })).toBe(secret);
      await chmod(path, 0o400);
      expect(await tokenFromDisk()).toBe(secret);
    },
  );

  it("that holds more than a token, without showing it", async () => {
    await write(`${secret} ${secret}`);
    expect((await refusal()).message).toContain("holds something else than a token");
    await write(secret.repeat(1000));
    expect((await refusal()).message).toContain("that is no token");
  });

  it("that was named and is not there", async () => {
    const path = join(folder, "nothing");
    expect((await refusal({ path })).message).toBe(`the token file ${path} cannot be read`);
    await write("", 0o600, "empty");
    expect((await refusal({ path: join(folder, "empty") })).message).toContain("something else");
  });
});
