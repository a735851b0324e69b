import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guard } from './guard.js';
import { loadEmbeddedPostgres } from './embedded-postgres.js';

/** A PostgreSQL server. */
export interface RunningPostgres {
  /** Of its database `postgres`, with the password of its administrator. */
  readonly url: string;
  /** Ends it, and removes what it stored. */
  stop(): Promise<void>;
}

const USER = 'postgres';
const PASSWORD = 'only-for-tests';
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
const FORGETFUL = ['fsync=off', 'full_page_writes=off'];

/**
 * Starts a PostgreSQL of its own, on a free port of 127.0.0.1, with nothing in it. Takes some seconds.
 * @param settings of the server, `name=value`. Without `fsync=on`, what it stores need not outlive a machine without power.
 */
export async function startPostgres(...settings: readonly string[]): Promise<RunningPostgres> {
  const directory = mkdtempSync(join(tmpdir(), 'appointed-postgres-'));
  // Another account runs the server where this is root's.
  chmodSync(directory, 0o755);
  const endGuard = guard(directory);
  try {
    const { url, stop } = await start(directory, settings);
    return {
      url,
      stop: async () => {
        await stop();
        endGuard();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    endGuard();
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

async function start(directory: string, settings: readonly string[]): Promise<RunningPostgres> {
  const EmbeddedPostgres = await loadEmbeddedPostgres(directory);
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: USER,
    password: PASSWORD,
    authMethod: 'password',
    // PostgreSQL refuses to be run by root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: [...SETTINGS, ...FORGETFUL, ...settings].flatMap((setting) => ['-c', setting]),
    onLog: (message) => void said.push(message),
    onError: (error) => void said.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    await server.stop();
    throw new Error(`PostgreSQL did not start:\n${said.join('')}`, { cause });
  }
  return { url: `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
