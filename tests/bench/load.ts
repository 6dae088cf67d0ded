import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import os from 'node:os';
import { createInterface } from 'node:readline';

/** A server in a process of its own. */
export interface Target {
  url: string;
  pid: number;
  stop: () => void;
}

/** Starts a script that prints `at http://…` when it listens. */
export async function start(args: string[], env: Record<string, string> = {}): Promise<Target> {
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /at (http:\S+)/.exec(line)?.[1];
    if (url) return { url, pid: child.pid!, stop: () => child.kill('SIGTERM') };
  }
  throw new Error(`${args.join(' ')} did not start`);
}

/** CPU time that a process has used, user and system, in microseconds; Linux counts it in hundredths of a second. */
function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

export interface Shot {
  path: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

/** One request; resolves with the time to the first byte in milliseconds once the body is read. Throws unless it went well. */
export function fire(
  agent: Agent,
  url: string,
  { path, method = 'GET', headers = {}, body }: Shot,
): Promise<number> {
  return new Promise((done, failed) => {
    const begun = performance.now();
    const sent = request(url + path, { agent, method, headers }, (response) => {
      const firstByte = performance.now() - begun;
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) done(firstByte);
        else failed(new Error(`${method} ${path}: ${response.statusCode}`));
      });
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

/** What a burst of requests cost the server. */
export interface Cost {
  /** Microseconds of server CPU per request. */
  cpu: number;
  perSecond: number;
}

/** Sends so many requests over 32 connections, each waiting for its answer, and measures the server. */
export async function burst(
  target: Target,
  count: number,
  shot: (at: number) => Shot,
): Promise<Cost> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  let next = 0;
  const cpuBefore = cpuOf(target.pid);
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      while (next < count) await fire(agent, target.url, shot(next++));
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  const cpu = cpuOf(target.pid) - cpuBefore;
  agent.destroy();
  if (cpu / 1e6 > seconds * os.cpus().length)
    throw new Error('More CPU than the machine has: measure again.');
  return { cpu: cpu / count, perSecond: count / seconds };
}

export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;

/** The medians of some rounds. */
export const medianCost = (rounds: readonly Cost[]): Cost => ({
  cpu: median(rounds.map(({ cpu }) => cpu)),
  perSecond: median(rounds.map(({ perSecond }) => perSecond)),
});
