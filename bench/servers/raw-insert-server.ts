import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { serveParent } from '../load/server-process.ts';

/**
 * The least that can take an order: node:http, JSON.parse, one insert. Nothing is validated, authorised or chained.
 * `each`: a durable commit for every request. `group`: concurrent requests share a commit, answered after it.
 */
const [file = '', mode = 'each'] = process.argv.slice(2);
const database = new DatabaseSync(file);
database.exec(`pragma journal_mode = wal; pragma synchronous = full;
  create table orders (id integer primary key, at text not null, body text not null) strict`);
const insert = database.prepare('insert into orders (at, body) values (?, ?)');
const begin = database.prepare('begin immediate');
const commit = database.prepare('commit');

const save = (body: unknown) => Number(insert.run(new Date().toISOString(), JSON.stringify(body)).lastInsertRowid);
let batch: { body: unknown; answer(id: number): void }[] = [];

function saveTogether(body: unknown, answer: (id: number) => void): void {
  if (batch.length === 0)
    setImmediate(() => {
      const jobs = batch;
      batch = [];
      begin.run();
      const ids = jobs.map((job) => save(job.body));
      commit.run();
      for (const [index, job] of jobs.entries()) job.answer(ids[index] ?? 0);
    });
  batch.push({ body, answer });
}

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  request.on('end', () => {
    const answer = (id: number) => {
      const json = JSON.stringify({ id });
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': json.length });
      response.end(json);
    };
    const body: unknown = JSON.parse(text);
    if (mode === 'group') saveTogether(body, answer);
    else answer(save(body));
  });
});
// A client may wait for its turn between rounds.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () =>
  serveParent({ port: (server.address() as AddressInfo).port }, () => {
    server.closeAllConnections();
    server.close();
    database.close();
  }),
);
