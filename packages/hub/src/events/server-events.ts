import { HubError } from "../errors.js";

/** One event of a `text/event-stream`. */
export interface ServerEvent {
  /** `message` unless the server names another. */
  event: string;
  data: string;
  /** The latest id that the server gave, which is where a new connection may begin. */
  id: string | undefined;
}

/** An event with its decoded data. */
export interface StreamEvent<T> extends Omit<ServerEvent, "data"> {
  data: T;
}

const maxLength = 16 * 1024 * 1024;

/**
 * Reads a `text/event-stream` by the HTML standard, however its bytes are cut: any line ending, comments, events of
 * several data lines. An event that the stream breaks off in is not delivered.
 *
 * `onRetry` hears how long the server wants to be left alone before another connection.
 *
 * @throws {HubError} for an event of more than 16 MiB.
 */
export async function* readServerEvents(
  bytes: AsyncIterable<Uint8Array>,
  onRetry?: (milliseconds: number) => void,
): AsyncGenerator<ServerEvent, void, undefined> {
  const splitter = new LineSplitter();
  let event = "";
  let data: string[] = [];
  let size = 0;
  let id: string | undefined;
  for await (const chunk of bytes) {
    for (const line of splitter.split(chunk)) {
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
      else if (field === "retry" && /^\d{1,9}$/.test(value)) onRetry?.(Number(value));
      else if (field === "id" && !value.includes("\0")) id = value;
      else if (field === "data") {
        // Empty lines take memory as well.
        size += value.length + 1;
        if (size > maxLength) throw tooLong();
        data.push(value);
      }
    }
  }
}

/** Cuts bytes into lines, whichever of CRLF, LF and CR end them; a last line that nothing ends is left out. */
class LineSplitter {
  readonly #decoder = new TextDecoder();
  #pending = "";
  #afterReturn = false;

  /** The lines that end in this chunk. */
  split(chunk: Uint8Array): string[] {
    let text = this.#decoder.decode(chunk, { stream: true });
    if (text === "") return [];
    // The line feed of a CRLF that was cut in two ends no second line.
    if (this.#afterReturn && text.startsWith("\n")) text = text.slice(1);
    this.#afterReturn = text.endsWith("\r");
    const lines = text.split(/\r\n|\n|\r/);
    lines[0] = this.#pending + (lines[0] ?? "");
    this.#pending = lines.pop() ?? "";
    if (this.#pending.length > maxLength) throw tooLong();
    return lines;
  }
}

const tooLong = (): HubError => new HubError("the event stream holds an event of more than 16 MiB");
