import { createServer } from "node:http";

const LOOPBACK = "127.0.0.1";
const TRICKLE_MILLISECONDS = 50;

/** A gateway before a store's, which for some time does one thing wrong. Counts what it did wrong. */
export class FaultyGateway {
  counts = {};
  #fault;
  #held = new Set();

  /** @param store the address of the gateway behind it */
  constructor(store) {
    this.store = store;
    this.server = createServer((request, response) => this.#handle(request, response));
  }

  listen(port) {
    return new Promise((resolve) => this.server.listen(port, LOOPBACK, resolve));
  }

  /** From now on it does this wrong; undefined: nothing. Who was kept waiting is let go. */
  turn(fault) {
    this.#fault = fault;
    for (const response of this.#held) response.destroy();
    this.#held.clear();
  }

  close() {
    this.turn(undefined);
    this.server.close();
    this.server.closeAllConnections();
  }

  async #handle(request, response) {
    try {
      const answer = await fetch(new URL(request.url, this.store), {
        headers: { accept: request.headers.accept ?? "*/*" },
      });
      const body = Buffer.from(await answer.arrayBuffer());
      const type = answer.headers.get("content-type") ?? "application/octet-stream";
      this.#answer(response, answer.status, type, body);
    } catch {
      response.destroy();
    }
  }

  #answer(response, status, type, body) {
    const fault = this.#fault;
    if (fault) this.counts[fault] = (this.counts[fault] ?? 0) + 1;
    const send = (code, bytes, length = bytes.length, kind = type) => {
      response.writeHead(code, { "content-type": kind, "content-length": length });
      response.write(bytes);
    };
    switch (fault) {
      case undefined:
        send(status, body);
        response.end();
        break;
      case "cut":
        send(status, body.subarray(0, body.length >> 1));
        response.end();
        break;
      case "broken-off":
        send(status, body.subarray(0, body.length >> 1), body.length);
        setImmediate(() => response.destroy());
        break;
      case "corrupt":
        body[body.length >> 1] ^= 1;
        send(status, body);
        response.end();
        break;
      case "stall":
        this.#held.add(response);
        break;
      case "trickle":
        this.#held.add(response);
        response.writeHead(status, { "content-type": type, "content-length": body.length });
        this.#trickle(response, body);
        break;
      case "web-page":
        send(200, Buffer.from("<html>log in first</html>"), undefined, "text/html");
        response.end();
        break;
      case "busy":
        send(429, Buffer.from("later"), undefined, "text/plain");
        response.end();
        break;
      default:
        throw new Error(`a gateway knows no fault ${fault}`);
    }
  }

  #trickle(response, body) {
    let sent = 0;
    const timer = setInterval(() => {
      if (response.destroyed || sent === body.length) {
        clearInterval(timer);
        response.end();
      } else {
        response.write(body.subarray(sent, ++sent));
      }
    }, TRICKLE_MILLISECONDS);
  }
}
