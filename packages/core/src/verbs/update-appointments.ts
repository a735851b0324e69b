import type { Appointment } from '../appointment/appointment.js';
import { AppointedError } from '../error/appointed-error.js';
import type { Claim } from '../ledger/run-ledger.js';
import { inquire, request } from '../pipeline/request.js';
import type { Run } from '../pipeline/run.js';
import { cutOff, placementOf, setBack, settle, skip } from '../pipeline/settle.js';
import { defaultSendMode, type UpdateSendMode } from '../placement/send-mode.js';
import type { Found, Receipt, Route, StoredItem } from '../transport/appointment-transport.js';
import type { Failure, Outcome } from '../transport/outcome.js';
import { admit } from './admit.js';
import { findPlacements, type Located } from './find-placements.js';
import type { MailboxZone } from './mailbox-zone.js';
import { receiptOf } from './matches.js';
import { prepareRevision, type Revision, type Way } from './prepare-revision.js';
import { removedByOwner } from './removed-by-owner.js';

/** Changes the placed appointments of one mailbox to what their factories say now: the fields that differ, no others. */
export async function updateAppointments(
  run: Run,
  route: Route,
  claims: readonly Claim[],
  zone: MailboxZone,
): Promise<void> {
  for (const { claim, matches } of await findPlacements(run, route, claims)) {
    const [item, ...more] = matches.live;
    if (item === undefined) await settleMissing(run, claim, matches);
    else {
      if (more.length > 0) tellDuplicates(run, claim, matches.live);
      await reviseItem(run, { route, zone }, claim, item);
    }
  }
}

/** What is not there is not placed again: that is for a run to do, and never what its owner has deleted. */
async function settleMissing(run: Run, claim: Claim, { deleted, copies }: Located['matches']): Promise<void> {
  const wasPlaced = claim.placement.receipt !== undefined || deleted.length > 0 || copies.length > 0;
  if (wasPlaced) return skip(run, claim, { state: 'done' }, removedByOwner(claim));
  await skip(run, claim, { state: 'deferred', task: 'place' }, notPlaced(claim));
}

function notPlaced({ placement }: Claim): AppointedError {
  const { id } = placement.mailbox;
  const hint = 'Continue the run to place it.';
  return new AppointedError('not_placed', `${id}: there is nothing to revise`, { mailbox: id, hint });
}

function tellDuplicates(run: Run, claim: Claim, live: readonly Found[]): void {
  run.tally.duplicates(live.length - 1);
  run.parts.events.emit('duplicatesFound', () => ({ ...placementOf(run, claim), receipts: live.map(receiptOf) }));
}

async function reviseItem(run: Run, way: Way, claim: Claim, { itemId }: Found): Promise<void> {
  const stored = await readItem(run, way.route, claim, itemId);
  const revision = stored && (await prepareRevision(run, way, claim, stored));
  if (revision !== undefined) await make(run, way.route, revision);
}

/** @returns undefined when it could not be read; it is tried again then */
async function readItem(run: Run, route: Route, claim: Claim, itemId: string): Promise<StoredItem | undefined> {
  const [answer] = (await inquire(run, route, [claim], async (mailbox, call) => [
    await run.parts.transport.read(mailbox, [itemId], call),
  ])) ?? [undefined];
  if (answer === undefined) await cutOff(run, claim);
  else if (answer.kind !== 'done') await setBack(run, claim, { failure: unchanged(answer), tried: true });
  else {
    const [item] = answer.value;
    if (item !== undefined && item !== 'gone') return item;
    await setBack(run, claim, { failure: { kind: 'deferred', error: moving(claim) }, tried: true });
  }
  return undefined;
}

/** Nothing was sent that changes anything. */
function unchanged(failure: Failure): Failure {
  return failure.kind === 'unknown' ? { kind: 'deferred', error: failure.error } : failure;
}

async function make(run: Run, route: Route, revision: Revision): Promise<void> {
  const { claim, stored, wanted, changes } = revision;
  const { set, clear } = changes;
  if (Object.keys(set).length + clear.length === 0) return settleRevised(run, revision, stored);
  const attendees = concerned(wanted, stored.fields);
  const sendMode = run.settings.updateSendMode ?? defaultSendMode(attendees);
  const consequences = {
    invitations: sendMode === 'none' ? 0 : attendees,
    onlineMeetings: set.onlineMeeting === true ? 1 : 0,
  };
  if (!(await admit(run, seen(claim, stored), consequences))) return;
  const outcome = await send(run, route, revision, sendMode);
  if (outcome === undefined) return cutOff(run, claim);
  if (outcome.kind !== 'done') return setBack(run, claim, { failure: outcome, tried: true });
  const { value } = outcome;
  if (value !== 'gone' && value !== 'conflict') return settleRevised(run, revision, value);
  // Somebody was faster: it is found and read again.
  await setBack(run, claim, { failure: { kind: 'deferred', error: moving(claim) }, tried: true });
}

/** How many people an update concerns: those who are invited, and those who are invited no more. */
function concerned(...versions: readonly Partial<Appointment>[]): number {
  const invited = versions.flatMap(({ requiredAttendees = [], optionalAttendees = [], resources = [] }) => [
    ...requiredAttendees,
    ...optionalAttendees,
    ...resources,
  ]);
  return new Set(invited.map(({ address }) => address.toLowerCase())).size;
}

/** What was found is known to be there, also while its update is held back. */
function seen(claim: Claim, { itemId }: StoredItem): Claim {
  return { ...claim, placement: { ...claim.placement, receipt: claim.placement.receipt ?? { itemId } } };
}

async function send(
  run: Run,
  route: Route,
  { claim, stored, changes: { set, clear } }: Revision,
  sendMode: UpdateSendMode,
): Promise<Outcome<Receipt | 'gone' | 'conflict'> | undefined> {
  const { itemId, changeKey } = stored;
  const update = { itemId, ...(changeKey === undefined ? {} : { changeKey }), set, clear, sendMode };
  const outcomes = await request(run, route, [claim], async (mailbox, call) => [
    await run.parts.transport.update(mailbox, update, call),
  ]);
  return outcomes?.[0];
}

async function settleRevised(
  run: Run,
  { claim, wanted, changes }: Revision,
  { itemId, changeKey, ...saved }: StoredItem | Receipt,
): Promise<void> {
  const { iCalUid, requestId } = { ...claim.placement.receipt, ...('fields' in saved ? {} : saved) };
  const receipt: Receipt = {
    itemId,
    ...(changeKey === undefined ? {} : { changeKey }),
    ...(iCalUid === undefined ? {} : { iCalUid }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  const standing = { state: 'done', receipt, written: changes.written } as const;
  const fields = [...Object.keys(changes.set), ...changes.clear] as (keyof Appointment)[];
  const updated = (): void =>
    run.parts.events.emit('placementUpdated', () => ({
      ...placementOf(run, claim),
      subject: wanted.subject,
      fields,
      receipt,
    }));
  if (changes.conflicts.length === 0)
    return settle(run, claim, { standing, tried: fields.length > 0, value: receipt }, updated);
  if (fields.length > 0) updated();
  await skip(run, claim, standing, changedByOwner(claim, changes.conflicts));
}

function changedByOwner({ placement }: Claim, fields: readonly string[]): AppointedError {
  const { id } = placement.mailbox;
  return new AppointedError(
    'changed_by_owner',
    `${id}: somebody has changed ${fields.join(', ')}, which stays as it is`,
    {
      mailbox: id,
      field: fields.join(', '),
      hint: 'Revise with overwrite to write over it.',
    },
  );
}

function moving({ placement }: Claim): AppointedError {
  const { id } = placement.mailbox;
  return new AppointedError('changed_by_owner', `${id}: it was changed or moved while it was revised`, { mailbox: id });
}
