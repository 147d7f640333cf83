import { createServer, type Server, type Socket } from 'node:net';

/** The test file of the antivirus industry (EICAR), put together here so that no scanner takes this source for it. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

const COMMAND = 'zINSTREAM\0';

/**
 * `clamd` as its manual describes it: takes `zINSTREAM`, pieces with their length in four bytes, and a length of zero. What
 * keeps to anything else is refused. It finds EICAR.
 */
export class FakeClamd {
  /** StreamMaxLength. */
  maxBytes = 26_214_400;
  /** Says nothing, as one that is loading its signatures. */
  silent = false;
  /** Says this instead of a verdict. */
  says: string | undefined;
  /** Hangs up after the file, without a word. */
  hangsUp = false;
  /** The files that it got whole. */
  readonly seen: Buffer[] = [];
  /** What did not keep to the protocol. */
  readonly faults: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor() {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => {});
      let buffer = Buffer.alloc(0);
      let file: Buffer[] | undefined;
      socket.on('data', (part) => {
        if (this.silent) return;
        buffer = Buffer.concat([buffer, part as Buffer]);
        if (file === undefined) {
          if (buffer.length < COMMAND.length) return;
          if (buffer.toString('latin1', 0, COMMAND.length) !== COMMAND) {
            this.faults.push('unknown command');
            socket.end('UNKNOWN COMMAND\0');
            return;
          }
          file = [];
          buffer = buffer.subarray(COMMAND.length);
        }
        while (buffer.length >= 4) {
          const length = buffer.readUInt32BE(0);
          if (length === 0) return this.#finish(socket, Buffer.concat(file), buffer.length - 4);
          const size = file.reduce((sum, { length: each }) => sum + each, 0);
          if (size + length > this.maxBytes) {
            socket.end('INSTREAM size limit exceeded. ERROR\0');
            return;
          }
          if (buffer.length < 4 + length) return;
          file.push(buffer.subarray(4, 4 + length));
          buffer = buffer.subarray(4 + length);
        }
      });
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #finish(socket: Socket, file: Buffer, rest: number): void {
    if (rest > 0) this.faults.push('bytes after the end');
    this.seen.push(file);
    if (this.hangsUp) return void socket.destroy();
    const verdict = file.includes(EICAR) ? 'stream: Win.Test.EICAR_HDB-1 FOUND' : 'stream: OK';
    socket.end(`${this.says ?? verdict}\0`);
  }
}
