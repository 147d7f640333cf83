import dgram from 'node:dgram';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What lies between a browser and its exchange, to be cut. */
export interface BadNetwork {
  /** The address that the browser is told. */
  readonly port: number;
  /** Everything that was open breaks, and nobody gets through until it is mended. */
  cut(): void;
  /** The line stays open at both ends, and carries nothing: what half-open means. */
  mute(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A TCP proxy on a port of its own. */
export async function openBadNetwork(targetPort: number): Promise<BadNetwork> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let works = true;
  const server: Server = createServer((near) => {
    if (!works) return void near.destroy();
    const far = connect(targetPort, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    works = false;
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    cut,
    mute() {
      works = false;
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        // Read and thrown away, so that neither side notices.
        near.resume();
        far.resume();
      }
    },
    mend() {
      works = true;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Which UDP of this process is lost: all of it, or only what goes to and comes from some far ports. */
export interface MediaBlock {
  everything: boolean;
  readonly ports: Set<number>;
  remove(): void;
}

/** Loses datagrams of this process, in which the exchange lives, in both directions. */
export function blockMedia(): MediaBlock {
  const { send, emit } = dgram.Socket.prototype;
  const block: MediaBlock = {
    everything: false,
    ports: new Set(),
    remove() {
      dgram.Socket.prototype.send = send;
      dgram.Socket.prototype.emit = emit;
    },
  };
  const lost = (port: number): boolean => block.everything || block.ports.has(port);
  dgram.Socket.prototype.send = function (this: dgram.Socket, ...args: unknown[]) {
    const port = args.find((arg, index) => index > 0 && typeof arg === 'number' && arg > 1023) as number | undefined;
    if (port !== undefined && lost(port)) {
      const done = args.at(-1);
      if (typeof done === 'function') queueMicrotask(() => (done as (error: null) => void)(null));
      return;
    }
    return Reflect.apply(send, this, args);
  } as typeof send;
  dgram.Socket.prototype.emit = function (this: dgram.Socket, ...args: unknown[]) {
    if (args[0] === 'message') {
      const { port } = args[2] as { port: number };
      if (lost(port)) return true;
    }
    return Reflect.apply(emit, this, args) as boolean;
  } as typeof emit;
  return block;
}
