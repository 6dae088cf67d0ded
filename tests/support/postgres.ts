import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Starts a PostgreSQL of our own in a temporary folder, which goes when it stops. */
export function startPostgres(bin: string): { url: string; stop(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'campus-pg-'));
  const as = process.getuid?.() === 0 ? lesserUser() : undefined;
  if (as) chownSync(folder, as.uid, as.gid);
  const data = path.join(folder, 'data');
  const run = (program: string, ...options: string[]) =>
    execFileSync(path.join(bin, program), ['-D', data, ...options], {
      ...as,
      cwd: folder,
      stdio: 'ignore',
    });
  run('initdb', '-A', 'trust', '-U', 'campus', '-E', 'UTF8', '--no-sync');
  const options = `-k '${folder}' -c listen_addresses= -c fsync=off`;
  run('pg_ctl', '-w', '-l', path.join(folder, 'log'), '-o', options, 'start');
  return {
    url: `postgres://campus@/postgres?host=${encodeURIComponent(folder)}`,
    stop: () => {
      // Whoever is still connected is dropped.
      run('pg_ctl', '-w', '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whom the server runs as when we are root, as which it refuses to. */
function lesserUser(): { uid: number; gid: number } {
  const id = (flag: string, user: string) =>
    Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u', 'postgres'), gid: id('-g', 'postgres') };
  } catch {
    return { uid: id('-u', 'nobody'), gid: id('-g', 'nobody') };
  }
}
