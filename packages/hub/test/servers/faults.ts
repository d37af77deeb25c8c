import type { Handler } from "./fault-server.js";

/** The connection is reset before anything was responded. */
export const reset: Handler = ({ socket }) => void socket.resetAndDestroy();

/** The connection is closed, politely, before anything was responded. */
export const hangUp: Handler = ({ socket }) => void socket.end();

/** Nothing ever comes. */
export const silence: Handler = () => undefined;

/** Bytes of our choice instead of an HTTP response; then the connection ends. */
export function bytes(text: string | Uint8Array): Handler {
  return ({ socket }) => void socket.end(text);
}

/** Announces more of a body than it sends, then ends the connection. */
export function shortBody(start: string): Handler {
  return bytes(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${start.length + 100}\r\n\r\n${start}`,
  );
}

/** A chunked body whose end never comes, because the connection does. */
export function unfinishedChunks(start: string): Handler {
  return bytes(
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n" +
      `${start.length.toString(16)}\r\n${start}\r\n`,
  );
}

/** The connection is reset in the middle of the body. */
export function resetInBody(start: string): Handler {
  return ({ response, socket }) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(start, () => setTimeout(() => socket.resetAndDestroy(), 10));
  };
}

/** The headers and a part of the body come, then nothing more. */
export function stalledBody(start: string, status = 200): Handler {
  return ({ response }) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.write(start);
  };
}

/** A body that never ends, as fast as the connection takes it. */
export function endlessBody(status = 200, contentType = "application/json"): Handler {
  return ({ response, socket }) => {
    response.writeHead(status, { "content-type": contentType });
    const chunk = " ".repeat(16 * 1024);
    const write = (): void => {
      while (!socket.destroyed && response.write(chunk));
    };
    response.on("drain", write);
    write();
  };
}

/** One byte of a body every few milliseconds. */
export function drip(text: string, every: number): Handler {
  return ({ response, socket }) => {
    response.writeHead(200, { "content-type": "application/json" });
    let sent = 0;
    const timer = setInterval(() => {
      if (sent === text.length) response.end();
      else response.write(text[sent]);
      sent += 1;
    }, every);
    const stop = (): void => clearInterval(timer);
    socket.on("close", stop);
    response.on("finish", stop);
  };
}
