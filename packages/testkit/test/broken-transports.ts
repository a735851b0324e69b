import {
  AppointedError,
  type AppointmentTransport,
  type Call,
  type Failure,
  type Mailbox,
  parseMailbox,
  type SaveItem,
  type SaveRequest,
} from '@appointed/core';
import type { FakeTransport } from '@appointed/testkit';
import { brokenLooks } from './broken-looks.js';
import type { BrokenRule, Methods } from './broken-rule.js';
import { brokenUpdates } from './broken-updates.js';

/** What a transport without invitations and batches declares. */
export const plain = { sendModes: ['none'], maxItemsPerSave: 1 } as const;

const relaxed = (call: Call): Call => ({
  ...call,
  signal: new AbortController().signal,
  sendBy: Number.POSITIVE_INFINITY,
});
const failure: Failure = { kind: 'unknown', error: new AppointedError('server_failed', 'something') };
const elsewhere: Mailbox = parseMailbox('mailbox-0@contoso.com');

/** Rules that are broken, each with a test of the suite that must notice. */
export const broken: readonly BrokenRule[] = [
  ['saves nothing', /^saves an appointment/, () => ({ save: () => Promise.resolve([done('x')]) })],
  [
    'answers a save of several items with one outcome',
    /one outcome for each/,
    (fake) => ({ save: async (request, call) => (await fake.save(request, call)).slice(0, 1) }),
  ],
  [
    'answers in another order',
    /in their order/,
    (fake) => ({ save: async (request, call) => (await fake.save(request, call)).toReversed() }),
  ],
  ['writes every item into one calendar', /50 mailboxes/, (fake) => ({ save: to(fake, elsewhere) })],
  ['writes one mailbox of many into the calendar of another', /50 mailboxes/, misdirects],
  ['gives receipts that name nothing', /receipt names/, (fake) => ({ save: withReceipt(fake, 'nothing') })],
  [
    'leaves the key outside the item',
    /receipt names/,
    (fake) => ({ find: (m, _keys, call) => fake.find(m, [], call) }),
  ],
  [
    'finds only the first match',
    /duplicates show/,
    (fake) => ({
      find: async (mailbox, keys, call) => {
        const outcome = await fake.find(mailbox, keys, call);
        return outcome.kind === 'done' ? { ...outcome, value: outcome.value.slice(0, 1) } : outcome;
      },
    }),
  ],
  ['finds in every mailbox', /in no other/, (fake) => ({ find: (_m, keys, call) => fake.find(elsewhere, keys, call) })],
  [
    'takes any item for a match',
    /no item carries/,
    (fake) => ({
      find: (mailbox, _keys, call) =>
        fake.find(
          mailbox,
          fake.stored(mailbox.id).map(({ key }) => key),
          call,
        ),
    }),
  ],
  ['sends after sendBy', /saves nothing after sendBy/, unlimited],
  ['removes after sendBy', /removes nothing after sendBy/, unlimited],
  ['updates after sendBy', /updates nothing after sendBy/, unlimited],
  ['sends although the signal is aborted', /saves nothing once the signal/, unlimited],
  ['hangs when the signal is aborted under way', /gives up a request under way/, unlimited],
  ['hangs over a check when the signal is aborted', /gives up whatever is under way/, unlimited],
  [
    'ignores timeoutMs',
    /time of the call is over/,
    (fake) => ({ save: (r, c) => fake.save(r, { ...c, timeoutMs: 1e9 }) }),
  ],
  ['throws for an unknown mailbox', /does not exist/, (fake) => ({ save: throwing(fake, 'rejected') })],
  ['gives another scope for a denied mailbox', /may not be acted for/, (fake) => ({ save: withScopeRun(fake) })],
  ['hides the code of the server', /naming it and the code/, (fake) => ({ save: withoutServer(fake) })],
  ['throws when the server is gone', /server is gone/, (fake) => ({ save: throwing(fake, 'deferred') })],
  ['repeats a save whose answer was lost', /repeats no save/, repeats],
  ['says removed for what is gone', /gone when it is asked again/, (fake) => ({ remove: alwaysRemoved(fake) })],
  ['removes everything', /and no other/, removesAll],
  ['works on after it was closed', /after it was closed/, () => ({ close: () => Promise.resolve() })],
  ['saves the escaped text', /markup, emoji/, escapes],
  ['declares other capabilities', /capabilities/, () => ({ route: () => ({ capabilities: plain, lanes: [] }) })],
  ['cannot save meetings', /send mode all$/, (fake) => ({ save: only(fake, ({ sendMode }) => sendMode === 'none') })],
  ...brokenLooks,
  ...brokenUpdates,
];

function done(itemId: string): { readonly kind: 'done'; readonly value: { readonly itemId: string } } {
  return { kind: 'done', value: { itemId } };
}

type Save = AppointmentTransport['save'];

function to(fake: FakeTransport, mailbox: Mailbox): Save {
  return (request, call) => fake.save({ ...request, mailbox }, call);
}

function misdirects(fake: FakeTransport): Methods {
  return {
    save: (request, call) =>
      request.mailbox.id.startsWith('mailbox-37@')
        ? to(fake, parseMailbox('mailbox-38@contoso.com'))(request, call)
        : fake.save(request, call),
  };
}

function unlimited(fake: FakeTransport): Methods {
  return {
    save: (request, call) => fake.save(request, relaxed(call)),
    update: (mailbox, update, call) => fake.update(mailbox, update, relaxed(call)),
    remove: (mailbox, removal, call) => fake.remove(mailbox, removal, relaxed(call)),
    check: (mailbox, call) => fake.check(mailbox, relaxed(call)),
  };
}

function withReceipt(fake: FakeTransport, itemId: string): Save {
  return async (request, call) => {
    const outcomes = await fake.save(request, call);
    return outcomes.map((outcome) => (outcome.kind === 'done' ? done(itemId) : outcome));
  };
}

function throwing(fake: FakeTransport, kind: Failure['kind']): Save {
  return async (request, call) => {
    const outcomes = await fake.save(request, call);
    for (const outcome of outcomes) if (outcome.kind !== 'done' && outcome.kind === kind) throw outcome.error;
    return outcomes;
  };
}

function withScopeRun(fake: FakeTransport): Save {
  return async (request, call) => {
    const outcomes = await fake.save(request, call);
    return outcomes.map((outcome) => (outcome.kind === 'rejected' ? { ...outcome, scope: 'run' } : outcome));
  };
}

function withoutServer(fake: FakeTransport): Save {
  return async (request, call) => {
    const outcomes = await fake.save(request, call);
    return outcomes.map((outcome) => (outcome.kind === 'rejected' ? { ...outcome, error: failure.error } : outcome));
  };
}

function repeats(fake: FakeTransport): Methods {
  return {
    save: async (request, call) => {
      const outcomes = await fake.save(request, call);
      return outcomes.some(({ kind }) => kind === 'unknown') ? await fake.save(request, call) : outcomes;
    },
  };
}

function alwaysRemoved(fake: FakeTransport): AppointmentTransport['remove'] {
  return async (mailbox, removal, call) => {
    await fake.remove(mailbox, removal, call);
    return { kind: 'done', value: 'removed' };
  };
}

function removesAll(fake: FakeTransport): Methods {
  return {
    remove: async (mailbox, removal, call) => {
      for (const { itemId } of fake.stored(mailbox.id)) await fake.remove(mailbox, { ...removal, itemId }, call);
      return { kind: 'done', value: 'removed' };
    },
  };
}

function escapes(fake: FakeTransport): Methods {
  return { save: ({ items, ...rest }, call) => fake.save({ ...rest, items: items.map(escaped) }, call) };
}

function escaped({ key, content }: SaveItem): SaveItem {
  return { key, content: { ...content, subject: content.subject.replaceAll('&', '&amp;') } };
}

function only(fake: FakeTransport, can: (request: SaveRequest) => boolean): Save {
  return (request, call) =>
    can(request) ? fake.save(request, call) : Promise.resolve(request.items.map(() => failure));
}
