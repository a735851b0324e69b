import {
  AppointedError,
  type AppointmentInput,
  createRunner,
  type Failure,
  type ImpersonationRunner,
  memoryLedger,
  type RunReport,
} from '@appointed/core';
import { type FakeAnswer, type FakeTransport, fakeTransport } from '@appointed/testkit';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lessonWith } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { rowsOf } from './rows-of.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

const ID = 'spring';
const unknown: Failure = { kind: 'unknown', error: new AppointedError('connection_lost', 'cut') };
const busy: Failure = { kind: 'deferred', error: new AppointedError('server_busy', 'not now') };

/** What may happen to a request. */
const FATES: Readonly<Record<string, FakeAnswer>> = {
  done: {},
  'answer lost': { stored: true, outcome: unknown },
  'request lost': { outcome: unknown },
  'no answer': { stored: true, after: 'never' },
  'never arrived': { after: 'never' },
  busy: { outcome: busy },
};

/** What an owner may do with an item; with the copy that there is in the end, if there is one. */
const DEEDS: Readonly<Record<string, (transport: FakeTransport, mailbox: string, itemId: string) => void>> = {
  nothing: () => undefined,
  move: ({ owner }, mailbox, itemId) => void owner.move(mailbox, itemId),
  copy: ({ owner }, mailbox, itemId) => void owner.copy(mailbox, itemId),
  edit: ({ owner }, mailbox, itemId) => void owner.edit(mailbox, itemId, { location: 'My garden' }),
  delete: ({ owner }, mailbox, itemId) => void owner.delete(mailbox, itemId),
  purge: ({ owner }, mailbox, itemId) => owner.purge(mailbox, itemId),
};

interface Story {
  readonly deeds: readonly string[];
  readonly fates: readonly string[];
  /** A call is aborted when so many requests were made, in all calls together. */
  readonly aborts: readonly number[];
  readonly maxInFlight: number;
}

const story: fc.Arbitrary<Story> = fc.record({
  deeds: fc.array(fc.constantFrom(...Object.keys(DEEDS)), { minLength: 1, maxLength: 5 }),
  fates: fc.array(fc.constantFrom(...Object.keys(FATES)), { maxLength: 40 }),
  aborts: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
  maxInFlight: fc.integer({ min: 1, max: 4 }),
});

const LESSON: Partial<AppointmentInput> = { location: 'Court 1' };
const MATCH: Partial<AppointmentInput> = { subject: 'Match', location: 'Court 2' };

/** Calls a verb again and again until it has ended and nothing is left open. */
async function toTheEnd(call: (signal: AbortSignal) => Promise<RunReport>, abort: Abort): Promise<void> {
  for (let calls = 1; calls <= 60; calls += 1) {
    const { stopped, counts } = await passTime(call(abort.renew()));
    if (stopped === undefined && counts.deferred + counts.unknown === 0) return;
  }
  throw new Error('it never came to its end');
}

/** Aborts calls at the requests that a story names. */
class Abort {
  readonly #at: ReadonlySet<number>;
  #requests = 0;
  #controller = new AbortController();

  constructor(at: readonly number[]) {
    this.#at = new Set(at);
  }

  renew(): AbortSignal {
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  request(): void {
    this.#requests += 1;
    if (this.#at.has(this.#requests)) this.#controller.abort();
  }
}

interface Scene {
  readonly transport: FakeTransport;
  readonly runner: ImpersonationRunner;
  readonly ledger: ReturnType<typeof memoryLedger>;
  readonly abort: Abort;
}

async function scene({ fates, aborts, maxInFlight }: Story): Promise<Scene> {
  const abort = new Abort(aborts);
  const next = fates.values();
  let isCalm = true;
  const transport = fakeTransport({
    script: () => {
      if (isCalm) return undefined;
      abort.request();
      return FATES[next.next().value ?? 'done'];
    },
  });
  const ledger = memoryLedger();
  const runner = await createRunner({ transport, ledger, maxInFlight });
  runner.once('runEnded', () => (isCalm = false));
  return { transport, runner, ledger, abort };
}

/** What each mailbox has: the subject and the place of all that is not deleted. */
function calendars({ transport }: Scene, { deeds }: Story): readonly string[] {
  return [...addresses(deeds.length)].map((mailbox) =>
    transport
      .stored(mailbox)
      .map(({ fields }) => `${fields.subject} at ${fields.location}`)
      .join(', '),
  );
}

const REVISED: Readonly<Record<string, string>> = {
  nothing: 'Match at Court 2',
  move: 'Match at Court 2',
  copy: 'Match at Court 2, Lesson at Court 1',
  edit: 'Match at My garden',
  delete: '',
  purge: '',
};

describe('a run whose owners have been at work, and that meets every kind of trouble', () => {
  it('is revised but for what people have changed, and then taken back but for their copies', async () => {
    const property = fc.asyncProperty(story, async (told) => {
      const stage = await scene(told);
      const { transport, runner, ledger, abort } = stage;
      await passTime(
        runner.run({ id: ID, mailboxes: addresses(told.deeds.length), factory: lessonWith({ ...LESSON }) }),
      );
      for (const [index, mailbox] of [...addresses(told.deeds.length)].entries()) {
        DEEDS[told.deeds[index] ?? 'nothing']?.(transport, mailbox, transport.stored(mailbox)[0]?.itemId ?? '');
      }
      const maxAttempts = 4;
      const revision = { factory: lessonWith({ ...MATCH }), maxAttempts };
      await toTheEnd((signal) => runner.revise(ID, { ...revision, signal }), abort);
      expect(calendars(stage, told)).toEqual(told.deeds.map((deed) => REVISED[deed]));
      await toTheEnd((signal) => runner.retract(ID, { maxAttempts, signal }), abort);
      expect(calendars(stage, told)).toEqual(told.deeds.map((deed) => (deed === 'copy' ? 'Lesson at Court 1' : '')));
      const receipts = (await rowsOf(ledger, ID)).map(({ receipt }) => receipt);
      expect(receipts).toEqual(told.deeds.map(() => undefined));
      expect(vi.getTimerCount()).toBe(0);
    });
    await fc.assert(property, { numRuns: 100 });
  });
});
