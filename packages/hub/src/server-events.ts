import { HubConnectionError } from "./errors.js";

/** One event of a `text/event-stream`. */
export interface ServerEvent {
  /** `message` unless the server names another. */
  event: string;
  data: string;
  /** The latest id that the server gave, which is where a new connection may begin. */
  id: string | undefined;
}

const maxLength = 16 * 1024 * 1024;

/**
 * Reads a `text/event-stream` by the HTML standard, however its bytes are cut: any line ending, comments, events of
 * several data lines. An event that the stream breaks off in is not delivered.
 *
 * @throws {HubConnectionError} for an event of more than 16 MiB.
 */
export async function* readServerEvents(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerEvent, void, undefined> {
  let event = "";
  let data: string[] = [];
  let size = 0;
  let id: string | undefined;
  for await (const line of readLines(bytes)) {
    if (line === "") {
      if (data.length > 0) yield { event: event === "" ? "message" : event, data: data.join("\n"), id };
      event = "";
      data = [];
      size = 0;
      continue;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
    if (field === "event") event = value;
    else if (field === "id" && !value.includes("\0")) id = value;
    else if (field === "data") {
      size += value.length;
      if (size > maxLength) throw tooLong();
      data.push(value);
    }
  }
}

/** The text's lines, whichever of CRLF, LF and CR end them; a last line that nothing ends is left out. */
async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let pending = "";
  let afterReturn = false;
  for await (const chunk of bytes) {
    let text = decoder.decode(chunk, { stream: true });
    if (text === "") continue;
    // The line feed of a CRLF that was cut in two ends no second line.
    if (afterReturn && text.startsWith("\n")) text = text.slice(1);
    afterReturn = text.endsWith("\r");
    const lines = text.split(/\r\n|\n|\r/);
    lines[0] = pending + (lines[0] ?? "");
    pending = lines.pop() ?? "";
    yield* lines;
    if (pending.length > maxLength) throw tooLong();
  }
}

const tooLong = (): HubConnectionError => new HubConnectionError("the event stream holds an event of more than 16 MiB");
