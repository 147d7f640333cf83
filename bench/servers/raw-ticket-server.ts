import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { serveParent } from '../load/server-process.ts';

/**
 * The least that can take and list tickets: node:http, one insert with a commit of its own, one select of the newest fifty
 * by key. Nothing is validated, authorised, told or chained.
 */
const [file = '', url = ''] = process.argv.slice(2);
const TABLE =
  'create table tickets (id text primary key, customer_id text not null, title text not null, description text not null, at text not null)';
const INDEX = 'create index tickets_by_customer on tickets (customer_id, id)';
let count = 0;
const rowOf = (body: Record<string, string>): string[] => [
  `ticket_${String((count += 1)).padStart(9, '0')}`,
  body['customerId'] ?? `customer_${count % 500}`,
  body['title'] ?? '',
  body['description'] ?? '',
  new Date().toISOString(),
];
const FIRST = { title: 'The screen does not work', description: 'Since this morning.' };

interface Base {
  insert(row: readonly string[]): Promise<void> | void;
  list(): Promise<readonly unknown[]> | readonly unknown[];
  close(): Promise<void> | void;
}

async function sqlite(): Promise<Base> {
  const database = new DatabaseSync(file);
  database.exec(`pragma journal_mode = wal; pragma synchronous = full; ${TABLE}; ${INDEX}`);
  const insert = database.prepare('insert into tickets values (?, ?, ?, ?, ?)');
  const list = database.prepare('select * from tickets order by id desc limit 50');
  database.exec('begin');
  for (let index = 0; index < 10_000; index += 1) insert.run(...rowOf(FIRST));
  database.exec('commit');
  return { insert: (row) => void insert.run(...row), list: () => list.all(), close: () => database.close() };
}

async function postgres(): Promise<Base> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const insert = (row: readonly string[]) =>
    pool.query({ name: 'insert', text: 'insert into tickets values ($1, $2, $3, $4, $5)', values: [...row] });
  await pool.query(TABLE);
  await pool.query(INDEX);
  for (let index = 0; index < 10_000; index += 100)
    await Promise.all(Array.from({ length: 100 }, () => insert(rowOf(FIRST))));
  return {
    insert: async (row) => void (await insert(row)),
    list: async () =>
      (await pool.query({ name: 'list', text: 'select * from tickets order by id desc limit 50' })).rows,
    close: () => pool.end(),
  };
}

const base = await (url === '' ? sqlite() : postgres());
const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  request.on('end', async () => {
    let answer: unknown = {};
    if (request.method === 'POST') await base.insert(rowOf(JSON.parse(text) as Record<string, string>));
    else answer = await base.list();
    const json = JSON.stringify(answer);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
    response.end(json);
  });
});
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () =>
  serveParent({ port: (server.address() as AddressInfo).port }, async () => {
    server.closeAllConnections();
    server.close();
    await base.close();
  }),
);
