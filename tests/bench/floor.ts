/**
 * The least that a server could do, to measure ours against: bare node:http, in a process of its own.
 *
 * `floor.ts page <file> <encoding>` sends one file's bytes; `floor.ts write <database>` parses a JSON body and inserts
 * a row, many requests sharing one transaction, on the disk before it answers.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import Sqlite from 'better-sqlite3';

const [what, file = ''] = process.argv.slice(2);
const server = createServer();

if (what === 'page') {
  const bytes = readFileSync(file);
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-encoding': 'br',
    'content-length': bytes.length,
  };
  server.on('request', (_, response) => response.writeHead(200, headers).end(bytes));
} else {
  const database = new Sqlite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table event (id text primary key, actor text, body text, stored text)');
  const insert = database.prepare('insert into event values (?, ?, ?, ?)');
  let waiting: { id: string; body: string; done: () => void }[] = [];
  const flush = () => {
    const jobs = waiting;
    waiting = [];
    database.exec('begin');
    for (const { id, body } of jobs) insert.run(id, 'ada', body, new Date().toISOString());
    database.exec('commit');
    for (const { done } of jobs) done();
  };
  server.on('request', (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { events } = JSON.parse(Buffer.concat(parts).toString()) as {
        events: { id: string }[];
      };
      const { id } = events[0]!;
      const done = () =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"stored"}');
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ id, body: JSON.stringify(events[0]), done });
    });
  });
}
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`at http://127.0.0.1:${address?.port}`);
});
