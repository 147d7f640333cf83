// The least that a server with a database does before it can serve.
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';

const database = new DatabaseSync(process.argv[2]);
database.exec(
  'pragma journal_mode = wal; pragma synchronous = full; create table if not exists t (id integer primary key)',
);
createServer((_request, response) => response.end()).listen(0, '127.0.0.1', () => process.stdout.write('serves\n'));
process.once('SIGTERM', () => process.exit(0));
