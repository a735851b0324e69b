import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type RunningPostgres, startPostgres } from './start-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the connection string of a PostgreSQL, which it starts at the first request. */
    whoStartsPostgres: string;
  }
}

/** For vitest's `globalSetup`: one server for the files that ask for it, and none where nobody does. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<RunningPostgres> | undefined;
  const doorman = createServer((_request, response) => {
    postgres ??= startPostgres();
    postgres.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => doorman.listen(0, '127.0.0.1', resolve));
  project.provide('whoStartsPostgres', `http://127.0.0.1:${(doorman.address() as AddressInfo).port}`);
  return async () => {
    doorman.closeAllConnections();
    doorman.close();
    await (await postgres?.catch(() => undefined))?.stop();
  };
}
