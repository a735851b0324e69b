import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { AppointmentInput, FactoryContext, IAppointmentFactory } from '@appointed/core';

const DAY_MS = 86_400_000;

/** A factory that keeps the contract: counted from the start of the run, for the mailbox, with parts of its own. */
export function goodFactory(): IAppointmentFactory {
  return { version: '1', getAppointment: (context) => lesson(context) };
}

function lesson({ mailbox, startedAt }: FactoryContext, fields: Partial<AppointmentInput> = {}): AppointmentInput {
  const start = new Date(startedAt.getTime() + DAY_MS);
  return { subject: `Lesson for ${mailbox.id}`, start, end: start, categories: ['Sport'], ...fields };
}

/** A factory that breaks a rule, and the test of the suite that must notice. */
type BrokenFactory = readonly [rule: string, noticedBy: RegExp, make: () => IAppointmentFactory];

function broken(getAppointment: (context: FactoryContext) => unknown, version?: string): IAppointmentFactory {
  return { getAppointment, ...(version !== undefined && { version }) } as IAppointmentFactory;
}

let made = 0;
const CATEGORIES = ['Sport'];
const LESSON = Object.freeze({ subject: 'Lesson', start: new Date(0), end: new Date(0) });

export const brokenFactories: readonly BrokenFactory[] = [
  ['returns nothing', /can be placed/, () => broken(() => undefined)],
  ['returns a text', /can be placed/, () => broken(() => 'Lesson')],
  ['makes an appointment that no run takes', /can be placed/, () => broken((told) => lesson(told, { subject: '' }))],
  ['throws', /can be placed/, () => broken(() => Promise.reject(new Error('no rooms')))],
  [
    'counts how often it was asked',
    /asked again/,
    () => {
      let asked = 0;
      return broken((told) => lesson(told, { subject: `Lesson ${(asked += 1)}` }));
    },
  ],
  ['writes something random', /asked again/, () => broken((told) => lesson(told, { body: String(Math.random()) }))],
  [
    'remembers the first mailbox',
    /made anew/,
    () => {
      let first: string | undefined;
      return broken((told) => lesson(told, { subject: `After ${(first ??= told.mailbox.id)}` }));
    },
  ],
  ['has another version each time it is made', /made anew/, () => broken((told) => lesson(told), String((made += 1)))],
  ['has a version that is no text', /made anew/, () => ({ ...goodFactory(), version: 1 as unknown as string })],
  ['returns one object to everybody', /object of its own/, () => broken(() => LESSON)],
  ['shares a list', /object of its own/, () => broken((told) => lesson(told, { categories: CATEGORIES }))],
  [
    'shares a Date',
    /object of its own/,
    () => {
      const start = new Date(0);
      return broken((told) => lesson(told, { start, end: new Date(0) }));
    },
  ],
  [
    'asks the clock',
    /not from the clock/,
    () => {
      return broken((told) => lesson(told, { start: new Date(), end: new Date(Date.now() + DAY_MS) }));
    },
  ],
  [
    'begins tomorrow morning, where the process is',
    /no time zone of the process/,
    () => {
      return broken((told) => {
        const start = new Date(told.startedAt);
        start.setHours(9, 0, 0, 0);
        return lesson(told, { start, end: start });
      });
    },
  ],
  [
    'says the day as the process shows it',
    /no time zone of the process/,
    () => {
      return broken((told) =>
        lesson(told, { subject: told.startedAt.toLocaleDateString('en') + told.startedAt.getHours() }),
      );
    },
  ],
  [
    'changes the start of the run',
    /leaves what it is told/,
    () => {
      return broken((told) => {
        told.startedAt.setUTCDate(told.startedAt.getUTCDate() + 1);
        return lesson(told);
      });
    },
  ],
  [
    'writes into the mailbox',
    /leaves what it is told/,
    () => {
      return broken((told) => {
        Object.assign(told.mailbox.attributes, { seen: 'yes' });
        return lesson(told);
      });
    },
  ],
  [
    'keeps the mailbox while it waits',
    /keeps mailboxes apart/,
    () => {
      let mailbox: FactoryContext['mailbox'];
      return broken(async (told) => {
        ({ mailbox } = told);
        await nextTurn();
        return lesson({ ...told, mailbox });
      });
    },
  ],
  [
    'waits for what does not come, when the run is aborted',
    /comes to an end/,
    () => {
      return broken(async (told) => {
        await sleep(1);
        return told.signal.aborted ? new Promise(() => undefined) : lesson(told);
      });
    },
  ],
];
