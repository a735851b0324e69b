import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';

const CASES = fileURLToPath(new URL('cases.ts', import.meta.url));
const ZONES = [
  ['UTC', 0],
  ['America/New_York', 300],
  ['Asia/Kolkata', -330],
  ['Pacific/Apia', -780],
] as const;

interface Said {
  /** Minutes behind UTC, of the process's own clock. */
  readonly offset: number;
  readonly results: readonly { readonly stored: object; readonly isEqual: boolean }[];
}

async function saidUnder(TZ: string): Promise<Said> {
  const args = ['--conditions=@appointed/source', '--import', 'tsx', CASES];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, TZ } });
  return JSON.parse(stdout) as Said;
}

const said = new Map<string, Said>();
beforeAll(async () => {
  await Promise.all(ZONES.map(async ([zone]) => said.set(zone, await saidUnder(zone))));
}, 120_000);

it.each(ZONES)('in a process under TZ=%s the same is parsed, stored and read', (zone, minutesBehind) => {
  expect(said.get(zone)?.offset).toBe(minutesBehind);
  expect(said.get(zone)?.results).toEqual(said.get('UTC')?.results);
});

it('what is stored is what was meant', () => {
  const { results = [] } = said.get('UTC') ?? {};
  expect(results.map(({ isEqual }) => isEqual)).toEqual(results.map(() => true));
  expect(results.map(({ stored }) => Object.values(stored).join(' '))).toMatchInlineSnapshot(`
    [
      "2027-01-15T09:00:00.000Z 2027-01-15T10:00:00.000Z UTC false",
      "2027-07-01T07:00:00.000Z 2027-07-01T08:00:00.000Z W. Europe Standard Time false",
      "2027-03-14T07:30:00.000Z 2027-03-14T08:00:00.000Z Eastern Standard Time false",
      "2027-11-07T05:30:00.000Z 2027-11-07T08:00:00.000Z Eastern Standard Time false",
      "2027-01-14T11:30:00.000Z 2027-01-15T10:30:00.000Z Samoa Standard Time false",
      "2027-03-27T21:00:00.000Z 2027-03-27T22:00:00.000Z India Standard Time false",
      "2027-12-23T11:00:00.000Z 2027-12-26T11:00:00.000Z Samoa Standard Time true",
      "2027-04-28T22:00:00.000Z 2027-04-29T22:00:00.000Z Egypt Standard Time true",
      "2027-07-01T04:00:00.000Z 2027-07-02T04:00:00.000Z Eastern Standard Time true",
      "2027-10-31T01:30:00.000Z 2027-10-31T03:00:00.000Z W. Europe Standard Time false",
      "2027-07-01T04:00:00.000Z 2027-07-03T04:00:00.000Z Eastern Standard Time true",
      "2027-01-03T18:45:00.000Z 2027-01-03T19:30:00.000Z India Standard Time false",
    ]
  `);
});
