import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, records, type Workplace } from './workplace.js';

const [alfred, beth] = ['alfred@contoso.com', 'beth@contoso.com'] as const;
const BOTH = ['-f', 'lesson', '-f', 'factories/meeting.mjs'];

describe('several factories in one run', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace([alfred, beth]);
    const lesson = readFileSync(join(place.directory, 'factories/lesson.mjs'), 'utf8');
    await place.write(
      'other/lesson.mjs',
      lesson.replace("'Lesson for '", "'Another lesson for '").replace("'1'", "'2'"),
    );
    await place.write('factories/days.mjs', DAYS);
    await place.write('factories/nothing.mjs', 'export default { first: 1 };');
    const config = readFileSync(join(place.directory, 'appointed.config.ts'), 'utf8');
    await place.write(
      'appointed.config.ts',
      `import days from './factories/days.mjs';\n${config.replace('{ lesson,', '{ days, lesson,')}`,
    );
  });
  afterAll(() => place[Symbol.asyncDispose]());

  function subjects(mailbox: string): readonly string[] {
    const there = place.sandbox.items(mailbox).filter(({ folder }) => folder === 'calendar');
    return there.map(({ subject }) => String(subject)).toSorted();
  }

  /** The exit code and the first line of what is wrong. */
  async function told(...names: readonly string[]): Promise<string> {
    const factories = names.flatMap((name) => ['-f', name]);
    const { stderr, code } = await place.appointed(['preview', '-m', 'people.csv', ...factories]);
    return `${code} ${stderr.split('\n')[0]}`;
  }

  it('are in slots of their names: those of the configuration, and of their files', async () => {
    const preview = await place.appointed([
      'preview',
      '-m',
      'people.csv',
      ...BOTH,
      '--id',
      'both',
      '--ics',
      'out',
      '--json',
    ]);
    const planned = records(preview).filter(({ type }) => type === 'planned');
    expect(planned.map(({ mailbox, slot }) => `${mailbox} ${slot}`)).toEqual([
      `${alfred} lesson`,
      `${alfred} meeting`,
      `${beth} lesson`,
      `${beth} meeting`,
    ]);
    expect(readdirSync(join(place.directory, 'out'))).toContain(`${beth}.meeting.ics`);
    const hash = String(records(preview).find(({ type }) => type === 'plan')?.['hash']);
    const placed = await place.appointed([
      'place',
      '-m',
      'people.csv',
      ...BOTH,
      '--id',
      'both',
      '--plan',
      hash,
      '--send-mode',
      'none',
    ]);
    expect(placed.stderr).toContain('[plan_changed]');
    const agreed = await place.appointed(['place', '-m', 'people.csv', ...BOTH, '--id', 'both', '--plan', hash]);
    expect(agreed).toMatchObject({ code: 0, stderr: '' });
    expect(agreed.stdout).toContain('Run both: 4 placed.');
    expect(subjects(alfred)).toEqual(['Lesson for alfred', 'Lesson for alfred']);
  });

  it('are resumed together, and revised alone by the name of the slot', async () => {
    expect(await place.appointed(['resume', 'both', ...BOTH])).toMatchObject({ code: 0 });
    const revised = await place.appointed(['revise', 'both', '-f', 'other/lesson.mjs', '--json']);
    expect(revised).toMatchObject({ code: 0, stderr: '' });
    const slots = records(revised).filter(({ type }) => type === 'placement');
    expect(slots.map(({ event, slot }) => `${event} ${slot}`)).toEqual(['revised lesson', 'revised lesson']);
    expect(subjects(beth)).toEqual(['Another lesson for beth', 'Lesson for beth']);
  });

  it('are all named by the line that says how to go on', async () => {
    const args = ['place', '-m', '-', ...BOTH, '--id', 'failing'];
    const { stderr } = await place.appointed(args, `${beth}\nghost@contoso.com\n`);
    const line = 'appointed resume failing --factory lesson --factory factories/meeting.mjs --retry-rejected';
    expect(stderr).toBe(`To go on: ${line}\n`);
  });

  it('may be a record under one name: a slot for each', async () => {
    const placed = await place.appointed([
      'place',
      '-m',
      'people.csv',
      '-f',
      'days',
      '-f',
      'lesson',
      '--id',
      'days',
      '--json',
    ]);
    expect(placed).toMatchObject({ code: 0, stderr: '' });
    expect(records(placed).find(({ type }) => type === 'started')).toMatchObject({
      slots: ['new-year', 'may-day', 'lesson'],
    });
    expect(await place.appointed(['retract', 'days', '--slots', 'new-year', '--yes'])).toMatchObject({ code: 0 });
    expect(subjects(alfred)).toContain('May day');
    expect(subjects(alfred)).not.toContain('New year');
  });

  it('are refused where two have one name, or one is no factory', async () => {
    expect(await told('lesson', 'other/lesson.mjs')).toBe(
      '2 appointed: [usage] lesson and other/lesson.mjs are both called lesson',
    );
    expect(await told('lesson', 'lesson')).toBe('2 appointed: [usage] --factory lesson stands there twice');
    expect(await told('days', 'factories/days.mjs')).toContain('days and factories/days.mjs are both called new-year');
    expect(await told('factories/nothing.mjs')).toContain('has no factory as its default export');
  });
});

const DAYS = `const day = (subject, date) => ({
  version: '1',
  getAppointment: () => ({ subject, start: { date, timeZone: 'UTC' }, end: { date, timeZone: 'UTC' } }),
});
export default { 'new-year': day('New year', '2027-01-01'), 'may-day': day('May day', '2027-05-01') };
`;
