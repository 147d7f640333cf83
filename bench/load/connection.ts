import { connect, type Socket } from 'node:net';

/**
 * One keep-alive HTTP connection that has one request under way at a time. Bare, so that the load costs little of the
 * two cores that it shares with what it measures. Answers must carry a Content-Length, which all our JSON does.
 */
export class Connection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: { resolve(text: string): void; reject(error: unknown): void } | undefined;

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1').setNoDelay(true);
    this.#socket.on('data', (piece) => {
      this.#received = this.#received.length === 0 ? piece : Buffer.concat([this.#received, piece]);
      this.#take();
    });
    this.#socket.on('error', (error) => this.#waiting?.reject(error));
    this.#socket.on('close', () => this.#waiting?.reject(new Error('The server closed the connection.')));
  }

  /** @returns the body; throws at any status but 200 */
  send(request: string): Promise<string> {
    if (this.#socket.destroyed) return Promise.reject(new Error('The server closed the connection.'));
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(): void {
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#received.toString('latin1', 0, headEnd);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
    const end = headEnd + 4 + length;
    if (this.#received.length < end) return;
    const body = this.#received.toString('utf8', headEnd + 4, end);
    this.#received = this.#received.subarray(end);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (head.startsWith('HTTP/1.1 200')) waiting?.resolve(body);
    else waiting?.reject(new Error(`${head.split('\r\n', 1)[0]} ${body}`));
  }
}

export function get(path: string, headers: Readonly<Record<string, string>> = {}): string {
  return `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines(headers)}\r\n`;
}

export function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): string {
  const text = JSON.stringify(body);
  return `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n${lines(headers)}\r\n${text}`;
}

const lines = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

/**
 * As many clients as there are connections, each sending its own requests one after the other.
 * @returns answers per second over all
 */
export async function rate(
  connections: readonly Connection[],
  queues: readonly (readonly string[])[],
): Promise<number> {
  const start = performance.now();
  await Promise.all(
    connections.map(async (connection, client) => {
      for (const request of queues[client] ?? []) await connection.send(request);
    }),
  );
  const total = queues.reduce((sum, queue) => sum + queue.length, 0);
  return (total / (performance.now() - start)) * 1000;
}

/** The same for so long, over one request per client that can be repeated. */
export async function rateFor(
  ms: number,
  connections: readonly Connection[],
  request: (client: number, count: number) => string,
): Promise<number> {
  const start = performance.now();
  let answered = 0;
  await Promise.all(
    connections.map(async (connection, client) => {
      for (let count = 0; performance.now() - start < ms; count += 1) {
        await connection.send(request(client, count));
        answered += 1;
      }
    }),
  );
  return (answered / (performance.now() - start)) * 1000;
}
