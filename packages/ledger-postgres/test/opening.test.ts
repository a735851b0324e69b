import { inspect } from 'node:util';
import { AppointedError, type RunLedger } from '@appointed/core';
import { migrate, postgresLedger } from '@appointed/ledger-postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { begin, RUN } from './run.js';
import { type TemporarySchema, temporarySchema } from './temporary-schema.js';

let where: TemporarySchema;
beforeEach(async () => {
  where = await temporarySchema({ migrated: false });
});
afterEach(() => where.drop());

describe('the tables', () => {
  it('are missing until they are made, and the ledger says how', async () => {
    const ledger = postgresLedger(where.at);
    const error = await failure(begin(ledger, 1));
    expect(error.message).toMatch(/^\[ledger_failed\] the ledger .*it has no tables/);
    expect(error.hint).toMatch(/migrate\(\)/);
    await migrate(where.at);
    await begin(ledger, 1);
    await ledger.close();
  });

  it('are made once, by whoever comes first, and keep what they hold', async () => {
    await Promise.all([1, 2, 3].map(() => migrate(where.at)));
    await use(async (ledger) => begin(ledger, 2));
    await migrate(where.at);
    await use(async (ledger) => expect((await ledger.settled(RUN)).waiting).toBe(0));
    expect(await where.ask('SELECT FROM $schema.placement')).toHaveLength(2);
  });

  it('are made in a schema of any name', async () => {
    const hostile = {
      connectionString: where.connectionString,
      schema: `x"; DROP SCHEMA public; -- ${where.schema}`.slice(0, 60),
    };
    await migrate(hostile);
    const ledger = postgresLedger(hostile);
    await begin(ledger, 1);
    expect((await ledger.settled(RUN)).waiting).toBe(0);
    await ledger.forget(RUN);
    await ledger.close();
    await where.ask(`DROP SCHEMA "${hostile.schema.replaceAll('"', '""')}" CASCADE`);
  });

  it('are refused when a newer version has made them, and left as they are', async () => {
    await migrate(where.at);
    await where.ask('UPDATE $schema.format SET number = 1000');
    expect((await failure(migrate(where.at))).code).toBe('ledger_too_new');
    expect(await where.ask('SELECT number FROM $schema.format')).toEqual([{ number: 1000 }]);
  });

  it('are refused when an older version has made them, until they are brought up to date', async () => {
    await migrate(where.at);
    await where.ask('UPDATE $schema.format SET number = 0');
    const ledger = postgresLedger(where.at);
    const error = await failure(begin(ledger, 1));
    expect([error.code, error.hint]).toEqual(['ledger_failed', expect.stringContaining('migrate()')]);
    await ledger.close();
  });

  it('need no right to create schemas where the schema is there', async () => {
    const role = await makeRole();
    await where.ask(`CREATE SCHEMA $schema AUTHORIZATION ${role.name}`);
    await migrate({ connectionString: role.url, schema: where.schema });
    expect(await where.ask('SELECT number FROM $schema.format')).toEqual([{ number: 1 }]);
    await role.drop();
  });
});

describe('a ledger that cannot be used', () => {
  it('says that the account has no right, and which it needs', async () => {
    await migrate(where.at);
    const role = await makeRole();
    const ledger = postgresLedger({ connectionString: role.url, schema: where.schema });
    const error = await failure(begin(ledger, 1));
    expect(error.message).toMatch(/this account may not use it \(permission denied/);
    expect(error.hint).toMatch(/USAGE.*SELECT, INSERT, UPDATE and DELETE/);
    await ledger.close();
    await role.drop();
  });

  it.each([
    ['a wrong password', { username: 'nobody', password: 'not-the-pass-word' }, /the server refused the sign-in/],
    ['a database that is not there', { pathname: '/nowhere' }, /there is no such database/],
    ['a server that is not there', { port: '1' }, /no connection to the server/],
  ])('names host, database and schema, what is wrong and no password: %s', async (_what, change, expected) => {
    const url = Object.assign(new URL(where.connectionString), change);
    const ledger = postgresLedger({ connectionString: url.href, schema: where.schema });
    const error = await failure(ledger.open({} as never));
    expect(error.message).toMatch(expected);
    expect(error.message).toContain(`${url.hostname}:${url.port}${url.pathname}, schema ${where.schema}`);
    expect(error.hint).toBeDefined();
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(url.password);
    await ledger.close();
  });

  it('refuses a server that acknowledges what is not on its disk', async () => {
    await migrate(where.at);
    const url = new URL(where.connectionString);
    url.searchParams.set('options', '-c synchronous_commit=off');
    const ledger = postgresLedger({ connectionString: url.href, schema: where.schema });
    expect((await failure(begin(ledger, 1))).message).toMatch(/synchronous_commit is off/);
    await ledger.close();
  });
});

describe('options that make no sense', () => {
  it.each([
    ['a connection string of another kind', { connectionString: 'mysql://u:pass-word@host/db' }, 'connectionString'],
    ['a connection string that is no URL', { connectionString: 'host=a password=pass-word' }, 'connectionString'],
    ['a port that is none', { connectionString: 'postgres://u:pass-word@host:99999999/db' }, 'connectionString'],
    ['a password that ends the host', { connectionString: 'postgres://u:1/pass-word@host/db' }, 'connectionString'],
    ['no name of a schema', { schema: '' }, 'schema'],
    ['a name of a schema that would be cut', { schema: 'x'.repeat(64) }, 'schema'],
    ['a name of a schema with NUL', { schema: 'x\0' }, 'schema'],
    ['a pool beside a connection string', { connectionString: 'postgres://host/db', pool: {} as never }, 'pool'],
    ['a retention of no time', { retentionMs: 0 }, 'retentionMs'],
  ])('are refused, naming the field and no secret: %s', (_what, options, field) => {
    const error = thrown(() => postgresLedger(options));
    expect([error.code, error.field]).toEqual(['invalid_options', field]);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('pass-word');
  });
});

async function use<T>(work: (ledger: RunLedger) => Promise<T>): Promise<T> {
  const ledger = postgresLedger(where.at);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}

/** An account that may sign in, and nothing else. */
async function makeRole(): Promise<{ readonly name: string; readonly url: string; drop(): Promise<void> }> {
  const name = `"role of ${where.schema}"`;
  await where.ask(`CREATE ROLE ${name} LOGIN PASSWORD 'none'`);
  const url = Object.assign(new URL(where.connectionString), { username: name.slice(1, -1), password: 'none' }).href;
  return {
    name,
    url,
    drop: async () => {
      await where.ask(`DROP OWNED BY ${name} CASCADE; DROP ROLE ${name}`);
    },
  };
}

async function failure(promise: Promise<unknown>): Promise<AppointedError> {
  return asOurs(await promise.catch((error: unknown) => error));
}

function thrown(work: () => unknown): AppointedError {
  try {
    return asOurs(work());
  } catch (error) {
    return asOurs(error);
  }
}

function asOurs(error: unknown): AppointedError {
  if (AppointedError.is(error)) return error;
  throw new Error(`it came to ${inspect(error)}`);
}
