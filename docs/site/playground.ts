import { codeInEditor, putIntoEditor } from "./editor.js";
import { element } from "./element.js";
import type { PlaygroundSample, RunEvent, RunMessage, Target } from "./messages.js";

const picker = element("sample", HTMLSelectElement);
const runButton = element("run", HTMLButtonElement);
const stopButton = element("stop", HTMLButtonElement);
const output = element("output", HTMLPreElement);
const requests = element("requests", HTMLOListElement);
const token = element("token", HTMLInputElement);
const explanation = element("explanation", HTMLElement);

let samples: ReadonlyMap<string, string> = new Map();
let loading: Promise<Loaded> | undefined;
let worker: Worker | undefined;

interface Loaded {
  source: string;
  document: RunMessage["document"];
}

async function load(): Promise<Loaded> {
  const [script, openapi] = await Promise.all([fetch("worker.js"), fetch("openapi.json")]);
  return { source: await script.text(), document: (await openapi.json()) as RunMessage["document"] };
}

/** From a blob, so that it is bound by this page's policy: it can reach the Hub, and nobody else. */
function startWorker({ source }: Loaded): Worker {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const started = new Worker(address, { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<RunEvent>) => show(data));
  started.addEventListener("error", ({ message }) => {
    write(`The worker failed: ${message}`, "failure");
    stop();
  });
  return started;
}

function show(event: RunEvent): void {
  if (event.type === "request") {
    const { method, url, status, duration } = event;
    const text = `${method} ${url.replace(/^https:\/\/(hub\.local|huggingface\.co)/, "")} → ${status} in ${Math.round(duration)} ms`;
    requests.append(Object.assign(document.createElement("li"), { textContent: text }));
    return;
  }
  if (event.type === "end") {
    write(`Done in ${Math.round(event.duration)} ms.`, "quiet");
    setRunning(false);
    return;
  }
  write(event.text, event.type);
}

function write(text: string, kind: string): void {
  const { scrollTop, scrollHeight, clientHeight } = output;
  // Who looks at the end goes on doing so; a long first response is read from its start.
  const follows = scrollHeight > clientHeight && scrollTop + clientHeight >= scrollHeight - 4;
  output.append(Object.assign(document.createElement("div"), { textContent: text, className: kind }));
  if (follows) output.scrollTop = output.scrollHeight;
}

function setRunning(isRunning: boolean): void {
  runButton.disabled = isRunning;
  stopButton.disabled = !isRunning;
  output.dataset["state"] = isRunning ? "running" : "idle";
}

async function run(): Promise<void> {
  if (runButton.disabled) return;
  output.replaceChildren();
  requests.replaceChildren();
  setRunning(true);
  const loaded = await (loading ??= load()).catch((error: unknown) => {
    write(`The page's own files did not load: ${String(error)}. Run again to retry.`, "failure");
    loading = undefined;
  });
  if (loaded === undefined) return setRunning(false);
  // Stopped in the meantime.
  if (stopButton.disabled) return;
  worker ??= startWorker(loaded);
  const { document } = loaded;
  worker.postMessage({ name: picker.value, code: codeInEditor(), target: target(), document } satisfies RunMessage);
}

/** Ends the worker, and with it the embedded Hub and every connection. */
function stop(): void {
  worker?.terminate();
  worker = undefined;
  setRunning(false);
}

function isLive(): boolean {
  return document.querySelector('input[name="target"][value="live"]:checked') !== null;
}

function target(): Target {
  if (!isLive()) return { kind: "embedded" };
  return {
    kind: "live",
    token: token.value.trim() || null,
    allowChanges: element("changes", HTMLInputElement).checked,
  };
}

function open(name: string): void {
  const code = samples.get(name);
  if (code === undefined) return;
  picker.value = name;
  putIntoEditor(code);
}

function fillPicker(): void {
  const groups = new Map<string, HTMLOptGroupElement>();
  for (const name of samples.keys()) {
    const label = name.split(".").slice(0, 2).join(".");
    const group = groups.get(label) ?? Object.assign(document.createElement("optgroup"), { label });
    group.append(new Option(name, name));
    groups.set(label, group);
  }
  picker.replaceChildren(...groups.values());
}

/** Shows what the chosen Hub needs, and forgets the token with the one that needed it. */
function showTarget(): void {
  element("live", HTMLElement).hidden = !isLive();
  if (!isLive()) token.value = "";
  explanation.textContent = isLive()
    ? "The token stays in this page's memory: it goes to huggingface.co with the calls, and is forgotten when you leave."
    : "A small Hub in memory, with a world of its own. Nothing leaves this page.";
}

for (const radio of document.querySelectorAll<HTMLInputElement>('input[name="target"]')) {
  radio.addEventListener("change", showTarget);
}
picker.addEventListener("change", () => (location.hash = picker.value));
addEventListener("hashchange", () => open(location.hash.slice(1)));
runButton.addEventListener("click", () => void run());
stopButton.addEventListener("click", () => {
  stop();
  write("Stopped.", "quiet");
});
element("reset", HTMLButtonElement).addEventListener("click", () => {
  stop();
  output.replaceChildren();
  requests.replaceChildren();
});
element("code", HTMLTextAreaElement).addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void run();
});

showTarget();
const response = await fetch("samples.json");
samples = new Map(((await response.json()) as PlaygroundSample[]).map(({ name, code }) => [name, code]));
fillPicker();
open(samples.has(location.hash.slice(1)) ? location.hash.slice(1) : "hub.models.list");
