import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { HubInputError } from "../errors.js";

export interface TokenFromDiskOptions {
  /** The file. Default: `HF_TOKEN_PATH`, else `token` in `HF_HOME`, which is `~/.cache/huggingface` unless set. */
  path?: string | undefined;
  /** Accepts a file that other users of the machine can read, such as a secret that a container mounts. */
  allowShared?: boolean | undefined;
}

/** A token has some hundred characters at most. */
const maxBytes = 16 * 1024;

/**
 * The token of this machine, where Python's `hf auth login` keeps it: the environment's `HF_TOKEN` or
 * `HUGGING_FACE_HUB_TOKEN`, else the file. Pass the function itself, and a later login counts without a restart. `null`,
 * for anonymous calls, when nobody is logged in, or `HF_HUB_DISABLE_IMPLICIT_TOKEN` is set.
 *
 * @throws {HubInputError} for a file that can't be read or holds no token, and for one that other users can read: make it
 * your own by `chmod 600`, or pass `allowShared`.
 * @example
 * const hub = new Hub({ token: tokenFromDisk });
 * const { name } = await hub.auth.whoami();
 */
export async function tokenFromDisk({ path, allowShared }: TokenFromDiskOptions = {}): Promise<string | null> {
  const { env } = process;
  if (/^(1|on|yes|true)$/i.test(env["HF_HUB_DISABLE_IMPLICIT_TOKEN"] ?? "")) return null;
  const given = (env["HF_TOKEN"] || env["HUGGING_FACE_HUB_TOKEN"] || "").trim();
  if (path === undefined && given !== "") return given;
  const file = path ?? tokenFile();
  const found = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    // Nobody is logged in. A path that the caller names is another matter.
    if (path === undefined && (cause.code === "ENOENT" || cause.code === "ENOTDIR")) return undefined;
    throw new HubInputError(`the token file ${file} cannot be read`, { cause });
  });
  if (found === undefined) return null;
  if (!found.isFile()) throw new HubInputError(`the token file ${file} is not a file; check HF_TOKEN_PATH and HF_HOME`);
  // Windows keeps rights elsewhere, and shows every file as shared.
  if (allowShared !== true && process.platform !== "win32" && (found.mode & 0o077) !== 0) {
    const mode = (found.mode & 0o777).toString(8);
    throw new HubInputError(
      `other users can reach the token file ${file} (mode ${mode}); run chmod 600 on it, or pass allowShared`,
    );
  }
  if (found.size > maxBytes)
    throw new HubInputError(`the token file ${file} has ${found.size} bytes; that is no token`);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new HubInputError(`the token file ${file} cannot be read`, { cause });
  });
  const token = text.trim();
  if (token === "" && path === undefined) return null;
  // What is in the file is not shown: it may be a token all the same.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new HubInputError(`the token file ${file} holds something else than a token`);
  return token;
}

/** Where Python's client keeps its token. An empty variable counts as unset there, too. */
function tokenFile(): string {
  const { env } = process;
  const own = env["HF_TOKEN_PATH"];
  if (own) return expand(own);
  const cache = expand(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"));
  return join(expand(env["HF_HOME"] || join(cache, "huggingface")), "token");
}

/** `~` and variables, as Python's client understands them; a variable that is not set stays. */
const expand = (path: string): string =>
  path
    .replace(/^~(?=[/\\]|$)/, () => homedir())
    .replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced: string, bare: string) => process.env[braced ?? bare] ?? whole);
