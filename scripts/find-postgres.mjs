// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const debian = '/usr/lib/postgresql';

/** Where a PostgreSQL server's programs are, or undefined. */
function installed() {
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((one, other) => Number(other) - Number(one))
    : [];
  const asked = spawnSync('pg_config', ['--bindir']).stdout?.toString().trim();
  return [...versions.map((version) => path.join(debian, version, 'bin')), asked]
    .filter((folder) => folder !== undefined)
    .find((folder) => existsSync(path.join(folder, 'initdb')));
}

/**
 * A PostgreSQL for the store tests, as `PG_BIN`: given, the system's, or a new one from Debian's packages.
 *
 * Empty, with a line that says so, when there is none: the tests then use PGlite, PostgreSQL in this process.
 * @returns {{ PG_BIN?: string }}
 */
export function findPostgres() {
  const given = process.env.PG_BIN ?? installed();
  if (given) return { PG_BIN: given };
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing the package "postgresql" for the store tests.');
    const install =
      'apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql';
    spawnSync('sh', ['-c', install], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const now = installed();
    if (now) return { PG_BIN: now };
  }
  console.log('There is no PostgreSQL server here: the store tests use PGlite instead.');
  return {};
}
