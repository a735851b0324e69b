import { memoryLedger, PLACEMENT_STATES, type PlacementRow, type RunLedger, TASKS } from '@appointed/core';

/** Methods that take the place of the ledger's. */
type LedgerMethods = Partial<RunLedger>;
type Break = (ledger: RunLedger, clock: () => number) => LedgerMethods;

/** Rules that are broken, each with a test of the suite that must notice. */
export const brokenLedgers: readonly (readonly [rule: string, noticedBy: RegExp, breakIt: Break])[] = [
  ['lets the newest manifest win', /not the one that is given later/, newestWins],
  ['takes manifests of any format', /newer format/, (l) => ({ open: (m) => l.open({ ...m, format: 1 }) })],
  ['forgets amendments', /list has ended/, () => ({ amend: () => Promise.resolve() })],
  ['makes up runs', /run_unknown/, (l) => ({ claim: (...a) => l.claim(...a).catch(() => ({ claims: [] })) })],
  ['forgets nothing', /forgets a run and no other/, () => ({ forget: () => Promise.resolve() })],
  [
    'calls every placement new',
    /enrolled again/,
    (l) => ({ enrol: async (...a) => (await l.enrol(...a)).map(() => 'waiting') }),
  ],
  [
    'leaves out the second of a call',
    /placements, waiting/,
    (l) => ({ enrol: (run, rows) => l.enrol(run, rows.slice(0, 1)) }),
  ],
  ['mixes runs', /keeps runs apart/, (l) => ({ enrol: (_run, rows) => l.enrol('lessons-2027', rows) })],
  ['lower-cases mailboxes', /principal name in capitals/, lowerCases],
  [
    'drops attributes',
    /attributes/,
    (l) => ({
      enrol: (run, rows) =>
        l.enrol(
          run,
          rows.map((r) => ({ ...r, mailbox: { ...r.mailbox, attributes: {} } })),
        ),
    }),
  ],
  [
    'claims one too few',
    /as many as asked for/,
    (l) => ({ claim: (run, o, limit, ms) => l.claim(run, o, Math.max(0, limit - 1), ms) }),
  ],
  ['claims in reverse', /order of rows/, (l) => ({ claim: async (...a) => reversed(await l.claim(...a)) })],
  ['leases for ever', /lease has run out/, (l) => ({ claim: (run, o, limit) => l.claim(run, o, limit, 1e12) })],
  ['leases for no time', /while the lease runs/, (l) => ({ claim: (run, o, limit) => l.claim(run, o, limit, 0) })],
  ['says that all were waiting', /saying that it was claimed/, saysWaiting],
  [
    'never tells when to ask again',
    /limit of 0/,
    (l) => ({ claim: async (...a) => ({ claims: (await l.claim(...a)).claims }) }),
  ],
  ['tells the leases of the asking owner too', /while the lease runs/, tellsOwn],
  [
    'takes no notice of due times',
    /falls due and not before/,
    (l, clock) => ({
      mark: (marks) => l.mark(marks.map((m) => (m.dueAt === undefined ? m : { ...m, dueAt: clock() }))),
    }),
  ],
  ['splits rows', /slots of one row together/, splitsRows],
  [
    'takes stale marks without a word',
    /refuses a mark after another/,
    (l) => ({ mark: (marks) => l.mark(marks).catch(() => undefined) }),
  ],
  ['makes no mark of a call with a stale one', /the other marks of a call/, allOrNothing],
  [
    'loses receipts',
    /all that a server told/,
    (l) => ({ mark: (marks) => l.mark(marks.map(({ receipt: _r, ...m }) => m)) }),
  ],
  [
    'counts attempts itself',
    /keeps what is done/,
    (l) => ({ mark: (marks) => l.mark(marks.map((m) => ({ ...m, attempts: 1 }))) }),
  ],
  [
    'shortens messages',
    /500 strange/,
    (l) => ({
      mark: (marks) =>
        l.mark(
          marks.map((m) =>
            m.error === undefined ? m : { ...m, error: { ...m.error, message: m.error.message.slice(0, 100) } },
          ),
        ),
    }),
  ],
  [
    'reopens everything',
    /of the given states/,
    (l) => ({ reopen: (run, _states, task) => l.reopen(run, PLACEMENT_STATES, task) }),
  ],
  ['reopens for any task', /the task that is named/, reopensAnything],
  ['forgets what it holds back', /holds back/, dropsHeldBack],
  [
    'forgets the task at enrolment',
    /for the task that is wanted/,
    (l) => ({
      enrol: (run, rows) =>
        l.enrol(
          run,
          rows.map(({ task: _t, ...r }) => r),
        ),
    }),
  ],
  [
    'loses digests',
    /what was written into each field/,
    (l) => ({ mark: (marks) => l.mark(marks.map(({ written: _w, ...m }) => m)) }),
  ],
  [
    'assigns every slot',
    /those of a slot/,
    (l) => ({ assign: (run, task, { keys } = {}) => l.assign(run, task, { ...(keys && { keys }) }) }),
  ],
  ['takes no notice of keys', /those with keys/, (l) => ({ assign: (run, task) => l.assign(run, task) })],
  ['assigns nothing', /settled with a receipt/, () => ({ assign: () => Promise.resolve(1) })],
  ['places what nobody wants any more', /certainly not there/, reopensWhenAssigning],
  ['counts what is open as well', /counts what is settled/, countsAll],
  ['gives rows in the order of enrolment', /order of the list/, inAnyOrder],
  ['takes no notice of filters', /states that are asked for/, (l) => ({ rows: (run) => l.rows(run) })],
  ['lets everybody hold a run', /lets one hold/, (l) => ({ hold: (run, o) => l.hold(run, o).catch(neverHeld) })],
  [
    'never lets go',
    /that was released/,
    (l) => ({ hold: async (...a) => ({ ...(await l.hold(...a)), release: () => Promise.resolve() }) }),
  ],
  ['answers when it is closed', /after it was closed/, () => ({ close: () => Promise.resolve() })],
  ['says that it is durable', /outlives its process/, () => ({ durable: true })],
];

/** A ledger with some methods broken. */
export function brokenLedger(clock: () => number, breakIt: Break): RunLedger {
  const ledger = memoryLedger({ clock });
  const methods: RunLedger = {
    durable: ledger.durable,
    open: (...a) => ledger.open(...a),
    amend: (...a) => ledger.amend(...a),
    hold: (...a) => ledger.hold(...a),
    enrol: (...a) => ledger.enrol(...a),
    claim: (...a) => ledger.claim(...a),
    mark: (...a) => ledger.mark(...a),
    reopen: (...a) => ledger.reopen(...a),
    assign: (...a) => ledger.assign(...a),
    settled: (...a) => ledger.settled(...a),
    rows: (...a) => ledger.rows(...a),
    runs: () => ledger.runs(),
    forget: (...a) => ledger.forget(...a),
    close: () => ledger.close(),
  };
  return { ...methods, ...breakIt(ledger, clock) };
}

type Claims = Awaited<ReturnType<RunLedger['claim']>>;

function newestWins(ledger: RunLedger): LedgerMethods {
  return { open: async (manifest) => ({ ...(await ledger.open(manifest)), manifest }) };
}

function lowerCases(ledger: RunLedger): LedgerMethods {
  return {
    enrol: (run, rows) =>
      ledger.enrol(
        run,
        rows.map((row) => ({ ...row, mailbox: { ...row.mailbox, id: row.mailbox.id.toLowerCase() } })),
      ),
  };
}

function reversed({ claims, ...rest }: Claims): Claims {
  return { ...rest, claims: claims.toReversed() };
}

function saysWaiting(ledger: RunLedger): LedgerMethods {
  return {
    claim: async (...args) => {
      const { claims, ...rest } = await ledger.claim(...args);
      return { ...rest, claims: claims.map((claim) => ({ ...claim, before: 'waiting' })) };
    },
  };
}

function tellsOwn(ledger: RunLedger): LedgerMethods {
  return {
    claim: async (run, owner, limit, leaseMs) => {
      const { claims } = await ledger.claim(run, owner, limit, leaseMs);
      const { nextDueAt } = await ledger.claim(run, { ...owner, id: 'nobody' }, 0, leaseMs);
      return nextDueAt === undefined ? { claims } : { claims, nextDueAt };
    },
  };
}

function splitsRows(ledger: RunLedger): LedgerMethods {
  return {
    claim: async (run, owner, limit, leaseMs) => {
      const { claims, ...rest } = await ledger.claim(run, owner, limit, leaseMs);
      return { ...rest, claims: claims.slice(0, limit) };
    },
  };
}

function allOrNothing(ledger: RunLedger): LedgerMethods {
  return {
    mark: async (marks) => {
      const known = new Map<string, PlacementRow>();
      for await (const row of ledger.rows('lessons-2027')) known.set(row.key, row);
      await ledger.mark(marks.every(({ key }) => known.get(key)?.state === 'claimed') ? marks : marks.map(stale));
    },
  };
}

function reopensAnything(ledger: RunLedger): LedgerMethods {
  return {
    reopen: async (run, states) => {
      let reopened = 0;
      for (const task of TASKS) reopened += await ledger.reopen(run, states, task);
      return reopened;
    },
  };
}

function dropsHeldBack(ledger: RunLedger): LedgerMethods {
  return {
    reopen: (run, states, task) =>
      ledger.reopen(
        run,
        states.filter((state) => state !== 'waiting'),
        task,
      ),
  };
}

function reopensWhenAssigning(ledger: RunLedger): LedgerMethods {
  return {
    assign: async (run, ...rest) => {
      const assigned = await ledger.assign(run, ...rest);
      await ledger.reopen(run, ['waiting'], 'place');
      return assigned;
    },
  };
}

function countsAll(ledger: RunLedger): LedgerMethods {
  return {
    settled: async (run) => {
      const counts = { waiting: 0, deferred: 0, unknown: 0, rejected: 0, done: 0, removed: 0 };
      for await (const { state } of ledger.rows(run)) if (state !== 'claimed') counts[state] += 1;
      return counts;
    },
  };
}

function stale<T extends { readonly fence: number }>(mark: T): T {
  return { ...mark, fence: -1 };
}

function inAnyOrder(ledger: RunLedger): LedgerMethods {
  return {
    async *rows(run, filter) {
      const rows: PlacementRow[] = [];
      for await (const row of ledger.rows(run, filter)) rows.push(row);
      yield* rows.toReversed();
    },
  };
}

function neverHeld(): Awaited<ReturnType<RunLedger['hold']>> {
  return { lost: new AbortController().signal, release: () => Promise.resolve() };
}
