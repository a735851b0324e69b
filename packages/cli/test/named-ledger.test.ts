import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { postgresUrl } from '@appointed-testing/postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, people, type Workplace } from './workplace.js';

const DATABASE = 'appointed_command';
const PLACE = ['place', '-m', 'people.csv', '--factory', 'lesson', '--yes'];

describe('--ledger', () => {
  let place: Workplace;
  let admin: Client;
  let ledger: string;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    place = await openWorkplace(people(3));
    const url = new URL(await postgresUrl());
    admin = new Client({ connectionString: url.href });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${DATABASE}`);
    env = { ...place.env, PGPASSWORD: decodeURIComponent(url.password) };
    ledger = Object.assign(new URL(url), { password: '', pathname: DATABASE }).href;
  });
  afterAll(async () => {
    await place[Symbol.asyncDispose]();
    await admin.query(`DROP DATABASE ${DATABASE}`);
    await admin.end();
  });

  it('names a database, of which migrate makes the tables', async () => {
    const early = await place.appointed([...PLACE, '--id', 'spring', '--ledger', ledger], '', env);
    expect([early.code, early.stderr]).toEqual([
      3,
      expect.stringMatching(/it has no tables[^]*appointed migrate --ledger/),
    ]);
    expect(place.items('person-1@contoso.com')).toEqual([0]);

    expect(await place.appointed(['migrate', '--ledger', ledger], '', env)).toMatchObject({ code: 0 });
    const placed = await place.appointed([...PLACE, '--id', 'spring', '--ledger', ledger], '', env);
    expect([placed.code, placed.stderr]).toEqual([0, expect.anything()]);
    const runs = await place.appointed(['runs', '--ledger', ledger], '', env);
    expect(runs.stdout).toMatch(/spring .* 3 /);
    expect(existsSync(join(place.directory, '.appointed/ledger.sqlite'))).toBe(false);
  }, 60_000);

  it('names a file', async () => {
    const file = join(place.directory, 'other.sqlite');
    const { code } = await place.appointed([...PLACE, '--id', 'summer', '--ledger', file]);
    expect([code, existsSync(file)]).toEqual([0, true]);
  });

  it.each(['postgres://user:pass-word@host/database', 'postgres://host/database?user=a&password=pass-word'])(
    'takes no password: %s',
    async (named) => {
      const { code, stderr } = await place.appointed(['runs', '--ledger', named]);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/\[usage\] --ledger holds a password[^]*PGPASSWORD/)]);
      expect(stderr).not.toContain('pass-word');
    },
  );

  it('is needed by migrate', async () => {
    const { code, stderr } = await place.appointed(['migrate']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/nobody said which database[^]*--ledger postgres/)]);
  });
});
