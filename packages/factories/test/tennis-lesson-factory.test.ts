import {
  type AppointedPlugin,
  type Appointment,
  CLOCK,
  createRunner,
  type FactoryReference,
  provide,
} from '@appointed/core';
import { TennisLessonFactory } from '@appointed/factories';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';

const startedAt = Date.UTC(2027, 0, 12, 8, 30, 15);
const stoppedClock: AppointedPlugin = {
  name: 'stopped-clock',
  register: (container) => provide(container, CLOCK, () => () => startedAt),
};

async function lessonsOf(factory: FactoryReference): Promise<readonly Appointment[]> {
  const transport = fakeTransport();
  const runner = await createRunner({ transport, plugins: [stoppedClock] });
  await runner.run({ mailboxes: ['alfred@contoso.com', 'alisa@contoso.com'], factory });
  return transport.saves.flatMap(({ items }) => items.map(({ content }) => content as Appointment));
}

describe('TennisLessonFactory', () => {
  it('makes the lesson of Microsoft’s sample, three days after the start of the run', async () => {
    const [lesson] = await lessonsOf(new TennisLessonFactory());
    expect(lesson).toMatchObject({
      subject: 'Tennis lesson',
      body: { format: 'text', content: 'Focus on backhand this week.' },
      location: 'Tennis club',
      start: { dateTime: '2027-01-15T08:30:15', offset: 'Z' },
      end: { dateTime: '2027-01-15T09:30:15', offset: 'Z' },
      requiredAttendees: [],
    });
  });

  it('counts from the clock that it is given in place of the start of the run', async () => {
    const [lesson] = await lessonsOf(new TennisLessonFactory({ clock: () => new Date('2027-05-01T00:00:00Z') }));
    expect(lesson).toMatchObject({
      start: { dateTime: '2027-05-04T00:00:00' },
      end: { dateTime: '2027-05-04T01:00:00' },
    });
  });

  it('gives every mailbox the same lesson', async () => {
    const [first, second, ...more] = await lessonsOf(new TennisLessonFactory());
    expect(second).toEqual(first);
    expect(second).not.toBe(first);
    expect(more).toEqual([]);
  });

  it('can be given to a run as a class', async () => {
    expect(await lessonsOf(TennisLessonFactory)).toHaveLength(2);
  });
});
