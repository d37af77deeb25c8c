import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** The mock Hub that a project installed, in a process of its own. */
export interface MockProcess {
  /** Address and token, as JSON. */
  target: string;
  close(): void;
}

export async function startMock(folder: string, env: NodeJS.ProcessEnv): Promise<MockProcess> {
  const child = spawn(process.execPath, ["mock.js"], { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const target = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.on("error", reject);
    child.on("close", () => reject(new Error(`the mock Hub did not start: ${said.trim()}`)));
  });
  return { target, close: () => void child.stdin.end() };
}
