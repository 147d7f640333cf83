import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** A TCP port of 127.0.0.1 that nothing listened on a moment ago. */
export function freeTcpPort(port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(bound));
    });
  });
}

/** A UDP port of 127.0.0.1 that nothing was bound to a moment ago. */
export function freeUdpPort(port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', () => {
      const bound = socket.address().port;
      socket.close(() => resolve(bound));
    });
  });
}

/** A port for a SIP program: it takes UDP and TCP there, and often the next one for TLS. */
export async function freeSipPort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    // Below the kernel's ephemeral range, so that client sockets do not wander into it.
    const port = 10_000 + 2 * Math.floor(Math.random() * 11_000);
    try {
      await Promise.all([freeUdpPort(port), freeTcpPort(port), freeTcpPort(port + 1)]);
      return port;
    } catch {
      // Taken: try elsewhere.
    }
  }
  throw new Error('No free SIP port on 127.0.0.1. Close programs that hold many ports.');
}

/**
 * A range of UDP ports for RTP, starting at an even one. A port inside it that somebody takes later does no harm:
 * Asterisk tries another of the range.
 */
export async function freeUdpRange(size: number): Promise<{ start: number; end: number }> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    // Below the kernel's ephemeral range, so that client sockets do not wander into it.
    const start = 10_000 + 2 * Math.floor((Math.random() * (32_000 - 10_000 - size)) / 2);
    const probes = [start, start + 1, start + 2, start + size / 2, start + size - 1].map((port) => Math.floor(port));
    try {
      for (const port of probes) await freeUdpPort(port);
      return { start, end: start + size - 1 };
    } catch {
      // Taken: try elsewhere.
    }
  }
  throw new Error(`No free range of ${size} UDP ports on 127.0.0.1. Close programs that hold many UDP ports.`);
}
