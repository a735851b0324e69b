import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, people, type Workplace } from './workplace.js';

const EVERYBODY = people(3);

describe('a guard', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace(EVERYBODY);
    await place.write('nobody.csv', 'Name,E-Mail\n');
  });
  afterAll(() => place[Symbol.asyncDispose]());

  const calendars = (): readonly number[] =>
    EVERYBODY.map((one) => place.sandbox.items(one).filter(({ folder }) => folder === 'calendar').length);

  it('takes nothing from those who are not in a list any more, unless somebody says that it is meant', async () => {
    await place.appointed(['place', '-m', 'people.csv', '-f', 'lesson', '--id', 'spring']);
    const args = ['reconcile', 'spring', '-m', 'nobody.csv', '-f', 'lesson', '--leavers', 'remove'];
    const unasked = await place.appointed(args);
    expect(unasked).toMatchObject({ code: 3, stdout: '' });
    expect(unasked.stderr).toBe(
      'appointed: [not_confirmed] what spring has placed for those who are not in nobody.csv would be removed, ' +
        'and nobody said yes\n  Add --yes if it is meant.\n',
    );
    expect(await place.appointed([...args, '--dry-run'])).toMatchObject({ code: 0 });
    const limited = await place.appointed([...args, '--yes', '--max-leavers', '2']);
    expect(limited.code).toBe(3);
    expect(limited.stderr).toContain('Raise --max-leavers if the list is as it should be.');
    expect(calendars()).toEqual([1, 1, 1]);
    expect(await place.appointed([...args, '--yes', '--max-leavers', '3'])).toMatchObject({ code: 0 });
    expect(calendars()).toEqual([0, 0, 0]);
  });

  it('says which flag moves it', async () => {
    const args = ['place', '-f', 'lesson', '--id', 'left', '--max-in-flight', '1', '-m'];
    const longer = await place.appointed([...args, 'people.csv', '--max-mailboxes', '2']);
    expect(longer.stderr).toContain('  Raise --max-mailboxes if they are all meant.\n');
    await place.write('left.txt', Array.from({ length: 22 }, (_, left) => `left-${left}@contoso.com\n`).join(''));
    const stopped = await place.appointed([...args, 'left.txt']);
    expect(stopped.code).toBe(3);
    expect(stopped.stderr).toContain('or raise --stop-after-rejections if');
    const all = await place.appointed([...args, 'left.txt', '--id', 'all', '--stop-after-rejections', '23']);
    expect(all.stdout).toContain('Run all: 0 placed, 22 rejected.');
  });
});
