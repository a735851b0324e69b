import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A Redis that lives as long as a test. */
export interface TestRedis {
  readonly address: string;
  /** Kills it: all that it had is lost. */
  kill(): Promise<void>;
  /** Starts it again, empty, at the same address. */
  start(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const { REDIS_URL = '' } = process.env;

/** Why there is no Redis that may be killed; undefined where there is one. */
export const NO_OWN_REDIS: string | undefined =
  spawnSync('redis-server', ['--version']).status === 0
    ? undefined
    : 'redis-server was not found: install it to test the cluster on Redis';

/** Why there is no Redis to test with; undefined where there is one. */
export const NO_REDIS: string | undefined = REDIS_URL === '' ? NO_OWN_REDIS : undefined;

/** Starts one on a port that is free. Where none can be started, the one at `REDIS_URL`, which others may use as well. */
export async function startRedis(): Promise<TestRedis> {
  return NO_OWN_REDIS === undefined ? startOwn() : shared();
}

function shared(): TestRedis {
  return { address: REDIS_URL, start: refuse, kill: refuse, [Symbol.asyncDispose]: () => Promise.resolve() };
}

function refuse(): Promise<never> {
  return Promise.reject(new Error(NO_OWN_REDIS));
}

async function startOwn(): Promise<TestRedis> {
  const port = await freePort();
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const options = { save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction', bind: '127.0.0.1', port };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    server = spawn('redis-server', args, { stdio: 'ignore' });
    await untilReady(port);
  };
  const kill = async (): Promise<void> => {
    const ended = server?.exitCode === null ? once(server, 'exit') : undefined;
    server?.kill('SIGKILL');
    await ended;
  };
  await start();
  return { address: `redis://127.0.0.1:${port}`, start, kill, [Symbol.asyncDispose]: kill };
}

async function untilReady(port: number): Promise<void> {
  const redis = new Redis(port, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  redis.on('error', () => undefined);
  await redis.ping();
  redis.disconnect();
  await sleep(0);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
