import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, records, type Workplace } from './workplace.js';

const [alfred, beth, carl, dora] = [
  'alfred@contoso.com',
  'beth@contoso.com',
  'carl@contoso.com',
  'dora@contoso.com',
] as const;

describe('appointed', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace([alfred, beth, carl, dora, 'president@contoso.com']);
    await place.write('three.csv', `Name;E-Mail\r\nAlfred;${alfred}\r\nBeth;${beth}\r\nCarl;${carl}\r\n`);
    await place.write('changed.csv', `Name;E-Mail\r\nBeth;${beth}\r\nCarl;${carl}\r\nDora;${dora}\r\n`);
  });
  afterAll(() => place[Symbol.asyncDispose]());

  it('previews what a run would write, without a password, and writes nothing', async () => {
    const { EWS_PASSWORD: _none, ...env } = place.env;
    const args = ['preview', '-m', 'three.csv', '-f', 'meeting', '--ics', 'out', '--id', 'spring'];
    const ended = await place.published(args, '', env);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('alfred@contoso.com  2027-03-01 09:00 to 2027-03-01 10:00');
    expect(ended.stdout).toContain('6 invitations to 2 people');
    expect(ended.stdout).toContain('trainer@contoso.com would get 3 invitations.');
    const calendar = readFileSync(join(place.directory, 'out', 'beth@contoso.com.ics'), 'utf8');
    expect(calendar).toMatch(/UID:\w{32}@appointed\r\n/);
    expect(calendar).toMatch(/END:VCALENDAR\r\n$/);
    expect(calendar).toContain('DTSTART:20270301T080000Z');
    expect(calendar).toContain('SUMMARY:Lesson for Beth');
    expect(place.items(alfred, beth, carl)).toEqual([0, 0, 0]);
  });

  it('does what was approved by the hash of its plan, and nothing else', async () => {
    const preview = await place.appointed(['preview', '-m', 'three.csv', '-f', 'lesson', '--id', 'approved', '--json']);
    const plan = records(preview).find(({ type }) => type === 'plan');
    const args = ['place', '-f', 'lesson', '--id', 'approved', '--plan', String(plan?.['hash'])];
    const other = await place.appointed([...args, '-m', 'changed.csv']);
    expect(other).toMatchObject({ code: 3 });
    expect(other.stderr).toContain('[plan_changed]');
    expect(place.items(alfred)).toEqual([0]);
    expect(await place.appointed([...args, '-m', 'three.csv'])).toMatchObject({ code: 0 });
    expect(place.items(alfred, beth, carl)).toEqual([1, 1, 1]);
    expect(await place.appointed(['retract', 'approved', '--yes'])).toMatchObject({ code: 0 });
  });

  it('places, and says so in a line for each', async () => {
    const ended = await place.appointed(['place', '-m', 'three.csv', '-f', 'lesson', '--id', 'spring']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout.split('\n').toSorted()).toEqual([
      '',
      'Run spring: 3 placed.',
      'saved     alfred@contoso.com  Lesson for Alfred',
      'saved     beth@contoso.com  Lesson for Beth',
      'saved     carl@contoso.com  Lesson for Carl',
    ]);
  });

  it('places nothing twice', async () => {
    const before = place.items(alfred, beth, carl);
    const ended = await place.appointed(['place', '-m', 'three.csv', '-f', 'lesson', '--id', 'spring']);
    expect(ended).toMatchObject({ code: 0, stdout: 'Run spring: 0 placed, 3 settled before.\n' });
    expect(place.items(alfred, beth, carl)).toEqual(before);
  });

  it('brings a run in line with a list', async () => {
    const args = ['reconcile', 'spring', '-m', 'changed.csv', '-f', 'lesson', '--leavers', 'remove', '--json'];
    const ended = await place.appointed([...args, '--yes']);
    const told = records(ended).filter(({ type }) => type === 'placement');
    expect(told.map(({ event, mailbox }) => `${event} ${mailbox}`).toSorted()).toEqual([
      `removed ${alfred}`,
      `saved ${dora}`,
    ]);
    expect(records(ended).at(-1)).toMatchObject({
      type: 'report',
      verb: 'reconcile',
      exitCode: 0,
      counts: { done: 2 },
    });
  });

  it('revises what was placed', async () => {
    const moved = readFileSync(join(place.directory, 'factories/lesson.mjs'), 'utf8')
      .replace("'1'", "'2'")
      .replace('T10:00', 'T11:00');
    await place.write('factories/longer.mjs', moved);
    const ended = await place.appointed(['revise', 'spring', '-f', 'factories/longer.mjs']);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stdout).toContain('revised   beth@contoso.com  ');
    expect(place.sandbox.items(beth).at(-1)?.end).toBe('2027-03-01T10:00:00.000Z');
  });

  it('compares the ledger with the server, and finds what is missing', async () => {
    expect(await place.appointed(['verify', 'spring'])).toMatchObject({ code: 0 });
    const ended = await place.appointed(['verify', 'approved', '--json']);
    expect(records(ended).at(-1)).toMatchObject({ type: 'comparison', runId: 'approved' });
  });

  it('lists runs, tells how one stands, and exports it for the auditors, readable for its owner alone', async () => {
    const runs = await place.appointed(['runs', '--json']);
    expect(records(runs).map(({ runId }) => runId)).toEqual(['spring', 'approved']);
    const status = await place.appointed(['status', 'spring']);
    expect(status.code).toBe(0);
    expect(status.stdout).toMatch(/^Run spring, finished, started .*\n[^]*done\s+3/);
    expect(await place.appointed(['export', 'spring', '-o', 'audit.csv'])).toMatchObject({ code: 0 });
    const audit = readFileSync(join(place.directory, 'audit.csv'), 'utf8').split('\r\n');
    expect(audit[0]).toMatch(/^run,runStartedAt,transport,row,mailbox/);
    expect(audit).toHaveLength(6);
    // Windows has no such modes.
    const mode = statSync(join(place.directory, 'audit.csv')).mode & (process.platform === 'win32' ? 0 : 0o077);
    expect(mode).toBe(0);
    const again = await place.appointed(['export', 'spring', '-o', 'audit.csv']);
    expect(again).toMatchObject({ code: 2 });
    expect(again.stderr).toContain('[file_exists]');
  });

  it('removes and forgets nothing that nobody has confirmed', async () => {
    const retracted = await place.appointed(['retract', 'spring']);
    expect(retracted).toMatchObject({ code: 3, stdout: '' });
    expect(retracted.stderr).toContain('[not_confirmed]');
    expect(await place.appointed(['forget', 'spring'])).toMatchObject({ code: 3 });
    expect(await place.appointed(['retract', 'spring', '--yes'])).toMatchObject({ code: 0 });
    expect(place.sandbox.items(beth).filter(({ folder }) => folder === 'calendar')).toEqual([]);
    expect(await place.appointed(['forget', 'spring', '--yes'])).toMatchObject({ code: 0 });
    expect(await place.appointed(['status', 'spring'])).toMatchObject({ code: 2 });
  });

  it('ends with 1 where somebody was refused, says why, and how to try again', async () => {
    const list = `${dora}\npresident@contoso.com\nghost@contoso.com\n`;
    const ended = await place.published(['place', '-m', '-', '-f', 'lesson', '--id', 'summer'], list);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('ErrorImpersonateUserDenied');
    expect(ended.stdout).toContain('Run summer: 1 placed, 2 rejected.');
    expect(ended.stderr).toBe('To go on: appointed resume summer --factory lesson --retry-rejected\n');
    expect(await place.appointed(['resume', 'summer', '-f', 'lesson', '--retry-rejected'])).toMatchObject({ code: 1 });
  });

  it('mails nothing above the limit, and takes a higher one only from who says that it is meant', async () => {
    const args = ['place', '-m', 'three.csv', '-f', 'meeting', '--id', 'big'];
    const ended = await place.appointed([...args, '--max-invitations', '5']);
    expect(ended).toMatchObject({ code: 3 });
    expect(ended.stderr).toContain('[too_many_invitations]');
    const unasked = await place.appointed([...args, '--max-invitations', '501']);
    expect(unasked).toMatchObject({ code: 3, stdout: '' });
    expect(unasked.stderr).toContain('Add --yes if they are all meant.');
    expect(await place.appointed([...args, '--max-invitations', '501', '--yes'])).toMatchObject({ code: 0 });
  });

  it('serves a canary, and leaves the others for who has looked at it', async () => {
    const args = ['-m', 'three.csv', '-f', 'lesson'];
    const before = place.items(alfred, beth, carl);
    const ended = await place.appointed(['place', ...args, '--id', 'careful', '--canary', '1']);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('[not_approved]');
    const served = place.items(alfred, beth, carl).map((count, index) => count - (before[index] ?? 0));
    expect(served).toEqual([1, 0, 0]);
    expect((await place.appointed(['runs'])).stdout).toMatch(/^careful +\S+ \S+ +unfinished +1 /m);
    const line = /To go on: appointed (.*)\n/.exec(ended.stderr)?.[1] ?? '';
    expect(await place.appointed(line.split(' '))).toMatchObject({ code: 0 });
    expect((await place.appointed(['runs'])).stdout).toMatch(/^careful +\S+ \S+ +finished +3 /m);
  });

  it('leaves alone who is excluded, and writes nothing in a dry run', async () => {
    await place.write('leave.txt', `${alfred.toUpperCase()}\n`);
    const before = place.items(alfred, beth, carl);
    const ended = await place.appointed([
      'place',
      '-m',
      'three.csv',
      '-f',
      'lesson',
      '--exclude',
      'leave.txt',
      '--dry-run',
    ]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/^Dry run: nothing is written\./);
    expect(ended.stdout).toContain('[excluded] row 1 alfred@contoso.com');
    expect(ended.stdout).toMatch(/Run lesson-\d{4}-\d\d-\d\d-\w{8}: 2 would be placed, 1 skipped\./);
    expect(place.items(alfred, beth, carl)).toEqual(before);
  });
});
