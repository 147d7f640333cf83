import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** The port that is asked for, or any that is free: known before the site opens, since payments lead back to it. */
export async function choosePort(asked = '3001'): Promise<number> {
  if (asked !== '0') return Number(asked);
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
