import { MemoryLedger } from '../ledger/memory-ledger.js';
import type { PlacementRow } from '../ledger/placement-row.js';
import type { Mark, RunLedger } from '../ledger/run-ledger.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import type { AppointmentTransport } from '../transport/appointment-transport.js';
import type { RunParts } from './run.js';

const COPIED_AT_ONCE = 500;
/** Long enough to copy all rows. */
const LEASE_MS = 86_400_000;

/**
 * The parts of a call that writes nothing: the ledger is a copy in memory of what is known of the run, and the transport
 * says "done" to every write without sending it.
 */
export async function dryParts(parts: RunParts, runId: string): Promise<RunParts> {
  const ledger = new MemoryLedger(Date.now, true);
  await copyRun(parts.ledger, ledger, runId);
  return {
    ...parts,
    transport: dryTransport(parts.transport),
    ledger,
    keepsRuns: true,
    isDry: true,
    distributor: undefined,
  };
}

/** What a transport answers when it sends nothing that writes. */
function dryTransport(transport: AppointmentTransport): AppointmentTransport {
  const receipt = { itemId: 'dry-run' };
  return {
    name: transport.name,
    route: (mailbox) => transport.route(mailbox),
    find: (mailbox, keys, call) => transport.find(mailbox, keys, call),
    read: (mailbox, itemIds, call) => transport.read(mailbox, itemIds, call),
    hasSimilar: (mailbox, similar, call) => transport.hasSimilar(mailbox, similar, call),
    check: (mailbox, call) => transport.check(mailbox, call),
    zone: (mailbox, call) => transport.zone(mailbox, call),
    save: async ({ items }) => items.map(() => ({ kind: 'done', value: receipt })),
    update: async (_mailbox, { itemId }) => ({ kind: 'done', value: { itemId } }),
    remove: async () => ({ kind: 'done', value: 'removed' }),
  };
}

async function copyRun(from: RunLedger, to: RunLedger, runId: string): Promise<void> {
  const manifest = await find(from, runId);
  if (manifest === undefined) return;
  await to.open(manifest);
  // What is open stays claimed until all is copied, so that each claim is for those that were enrolled right before.
  const open: Mark[] = [];
  let rows: PlacementRow[] = [];
  for await (const row of from.rows(runId)) {
    rows.push(row);
    if (rows.length < COPIED_AT_ONCE) continue;
    open.push(...(await copyRows(to, runId, rows)));
    rows = [];
  }
  open.push(...(await copyRows(to, runId, rows)));
  await to.mark(open);
}

async function find(ledger: RunLedger, runId: string): Promise<RunManifest | undefined> {
  for await (const manifest of ledger.runs()) if (manifest.runId === runId) return manifest;
  return undefined;
}

/** By what every ledger can do: each row is enrolled, claimed, and marked as it stands. @returns marks of those that are open */
async function copyRows(to: RunLedger, runId: string, rows: readonly PlacementRow[]): Promise<readonly Mark[]> {
  await to.enrol(runId, rows);
  const { claims } = await to.claim(runId, { id: 'copy', name: 'copy' }, rows.length, LEASE_MS);
  const fences = new Map(claims.map(({ placement, fence }) => [placement.key, fence]));
  const marks = rows.map((row) => ({ ...standing(row), runId, fence: fences.get(row.key) ?? 0 }));
  await to.mark(marks.filter(({ dueAt }) => dueAt === undefined));
  return marks.filter(({ dueAt }) => dueAt !== undefined);
}

/** What is claimed was cut off in the middle, as far as anybody knows who did not claim it. */
function standing({
  key,
  state,
  attempts,
  dueAt,
  receipt,
  written,
  error,
}: PlacementRow): Omit<Mark, 'runId' | 'fence'> {
  return {
    key,
    state: state === 'claimed' ? 'unknown' : state,
    attempts,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(receipt && { receipt }),
    ...(written && { written }),
    ...(error && { error }),
  };
}
