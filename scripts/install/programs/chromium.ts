import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { delimiter, join, resolve } from "node:path";

// Opens the smoke page that a bundler made in the given folder in headless Chromium, and ends as the page says. The page reports by itself: nothing is needed
// that drives a browser, and whose version would have to fit the browser's.
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const folders = (process.env["PATH"] ?? "").split(delimiter);
const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
const program = process.env["CHROMIUM"] ?? found;
if (program === undefined) {
  console.error("There is no Chromium on this machine: install the package chromium, or name a program in CHROMIUM.");
  process.exit(1);
}

const [folder = "site", script = "page.js"] = process.argv.slice(2);
const page = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="/${script}"></script>`;
const read = (path: string): Promise<string | undefined> => readFile(join(folder, path), "utf8").catch(() => undefined);
const outcome = await new Promise<{ passed: boolean; text: string }>((settle) => {
  const server = createServer((request, response) => {
    if (request.url === "/outcome") {
      let text = "";
      request.setEncoding("utf8").on("data", (part: string) => (text += part));
      request.on("end", () => (response.end(), settle(JSON.parse(text) as { passed: boolean; text: string })));
    } else void serve(request.url ?? "/", response);
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    void open(program, `http://localhost:${port}/`).then((text) => settle({ passed: false, text }));
  });
});
(outcome.passed ? console.log : console.error)(outcome.text);
process.exit(outcome.passed ? 0 : 1);

/** A bundler's own page where it made one, and every chunk. */
async function serve(url: string, response: ServerResponse): Promise<void> {
  const isScript = url.endsWith(".js");
  const text = isScript ? await read(url) : ((await read("index.html")) ?? page);
  const type = isScript ? "text/javascript" : "text/html";
  response.writeHead(text === undefined ? 404 : 200, { "content-type": type }).end(text);
}

/** Resolves when the browser ends before the page said anything, with what it said instead. */
async function open(browser: string, url: string): Promise<string> {
  const profile = resolve(await mkdtemp("profile-"));
  // Its sandbox wants rights that containers and root do not give; the page is ours.
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
  const child = spawn(browser, [...flags, `--user-data-dir=${profile}`, url], { stdio: ["ignore", "ignore", "pipe"] });
  process.on("exit", () => child.kill("SIGKILL"));
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const late = setTimeout(() => child.kill("SIGKILL"), 60_000);
  const ended = await new Promise<string>((settle) => {
    child.on("error", (error) => settle(error.message));
    child.on("close", (code, signal) => settle(`ended with ${String(code ?? signal)}`));
  });
  clearTimeout(late);
  return `${browser} ${ended} before the page had an outcome\n${said}`;
}
