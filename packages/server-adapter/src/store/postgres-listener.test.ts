import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { listenForEvents } from './postgres-listener.ts';

/** A connection that, as pg's own, must be given back once. */
class Connection extends EventEmitter {
  released = 0;

  async query(): Promise<void> {}

  release(): void {
    this.released += 1;
    if (this.released > 1) throw new Error('Release called on client which has already been released to the pool.');
  }
}

const poolOf = (connection: Connection) => ({ connect: async () => connection }) as unknown as Pool;

test('a database that shuts down after the listener has stopped is no accident', async () => {
  const connection = new Connection();
  const listener = listenForEvents(poolOf(connection), 'events', () => undefined);
  await listener.stop();
  connection.emit('error', new Error('terminating connection due to administrator command'));
  expect(connection.released).toBe(1);
});

test('a connection that breaks is given back, and not again at the stop', async () => {
  const connection = new Connection();
  let looked = 0;
  const listener = listenForEvents(poolOf(connection), 'events', () => {
    looked += 1;
  });
  await new Promise((resolve) => setTimeout(resolve, 0));
  connection.emit('error', new Error('broken'));
  await listener.stop();
  expect(connection.released).toBe(1);
  expect(looked).toBe(1);
});
