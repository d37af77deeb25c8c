import type { Answer } from "./fault-server.js";

/** The connection is reset before anything was answered. */
export const reset: Answer = ({ socket }) => void socket.resetAndDestroy();

/** The connection is closed, politely, before anything was answered. */
export const hangUp: Answer = ({ socket }) => void socket.end();

/** Nothing ever comes. */
export const silence: Answer = () => undefined;

/** Bytes of our choice instead of an HTTP answer; then the connection ends. */
export function bytes(text: string | Uint8Array): Answer {
  return ({ socket }) => void socket.end(text);
}

/** Announces more of a body than it sends, then ends the connection. */
export function shortBody(start: string): Answer {
  return bytes(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${start.length + 100}\r\n\r\n${start}`,
  );
}

/** A chunked body whose end never comes, because the connection does. */
export function unfinishedChunks(start: string): Answer {
  return bytes(
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n" +
      `${start.length.toString(16)}\r\n${start}\r\n`,
  );
}

/** The connection is reset in the middle of the body. */
export function resetInBody(start: string): Answer {
  return ({ response, socket }) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(start, () => setTimeout(() => socket.resetAndDestroy(), 10));
  };
}

/** The headers and a part of the body come, then nothing more. */
export function stalledBody(start: string, status = 200): Answer {
  return ({ response }) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.write(start);
  };
}

/** A body that never ends, as fast as the connection takes it. */
export function endlessBody(status = 200, contentType = "application/json"): Answer {
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
export function drip(text: string, every: number): Answer {
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
