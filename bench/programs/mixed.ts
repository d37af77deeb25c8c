import { contenderNames, type Contender, type ContenderName } from "../contenders/contender.js";
import { createContender } from "../contenders/create.js";
import { answering } from "../lib/answering.js";

/** One turn of one contender: so many calls, so many of them at a time. */
export interface Turn {
  contender: ContenderName;
  calls: number;
  atOnce: number;
}

/** What a call cost in a turn. */
export interface TurnCost {
  /** Microseconds of this process, all its threads included. */
  cpu: number;
  /** Allocated on the heap; true as long as no collection ran meanwhile. */
  bytes: number;
}

const [endpoint = "", network] = process.argv.slice(2);
if (network === "none") cutNetworkOff();

// All in one process, as parts of one program: they share the heap, the collector and what the compiler has learned.
const contenders = new Map<ContenderName, Contender>();
for (const name of contenderNames) contenders.set(name, await createContender(name, endpoint));

answering<Turn>(async ({ contender: name, calls, atOnce }) => {
  const contender = contenders.get(name);
  if (contender === undefined) throw new Error(`there is no ${name}`);
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const before = process.cpuUsage();
  for (let done = 0; done < calls; done += atOnce) {
    if (atOnce === 1) await contender.whoami();
    else await Promise.all(Array.from({ length: atOnce }, () => contender.whoami()));
  }
  const { user, system } = process.cpuUsage(before);
  const bytes = (process.memoryUsage().heapUsed - heapBefore) / calls;
  return { cpu: (user + system) / calls, bytes } satisfies TurnCost;
});

/** The handler of a request, as undici 6 calls it, which Node 20 to 22 have inside. */
interface Handler {
  onConnect(abort: () => void): void;
  onHeaders(status: number, headers: Buffer[], resume: () => void, statusText: string): boolean;
  onData(chunk: Buffer): boolean;
  onComplete(trailers: Buffer[]): void;
}

/** Lets fetch do all of its work, and answers in the place of sockets and servers. */
function cutNetworkOff(): void {
  const body = Buffer.from(
    JSON.stringify({ type: "user", id: "5", name: "ada", fullname: "Ada", isPro: false, orgs: [], auth: {} }),
  );
  const headers = ["content-type", "application/json; charset=utf-8", "content-length", `${body.length}`].map((text) =>
    Buffer.from(text),
  );
  const dispatch = (_: unknown, handler: Handler): boolean => {
    setImmediate(() => {
      handler.onConnect(() => {});
      handler.onHeaders(200, headers, () => {}, "OK");
      handler.onData(body);
      handler.onComplete([]);
    });
    return true;
  };
  Object.assign(globalThis, { [Symbol.for("undici.globalDispatcher.1")]: { dispatch } });
}
