import type { AppointmentTransport, Diagnosis, Mailbox } from '@appointed/core';
import type { OpenConfig } from '../config/open-config.js';
import { begunList } from '../list/begun-list.js';
import type { ListOptions } from '../list/list-options.js';
import type { CanaryLimits } from './canary.js';
import type { DoctorFinding } from './doctor-finding.js';
import { canarySkipped, examineCanary } from './examine-canary.js';
import { examineLedger } from './ledger-disk.js';
import { namedMailbox } from './named-mailbox.js';
import { openTransport } from './open-transport.js';
import { drawSample, type Sample } from './sample.js';

/** What is examined, and how long it may take. */
export interface Examination extends CanaryLimits {
  readonly list: ListOptions | undefined;
  /** How many mailboxes of the list are asked about. */
  readonly sampleSize: number;
  readonly denied: string | undefined;
  readonly canary: string | undefined;
}

/**
 * Everything that a run needs: the ledger's disk, the list, the server as the transport sees it, and a round trip.
 * @throws what the configuration throws; CommandError `usage`, `file_failed`, `list_unreadable`, `column_unclear`
 */
export async function* examine(open: OpenConfig, examination: Examination): AsyncGenerator<Diagnosis> {
  const { list, sampleSize, pause } = examination;
  const denied = namedMailbox('--denied', examination.denied);
  const canary = namedMailbox('--canary', examination.canary, denied);
  const { mailboxes, findings }: Sample =
    list === undefined ? { mailboxes: [], findings: [] } : await drawSample(await begunList(list), sampleSize);
  await using opened = await openTransport(open.config);
  const { transport } = opened;
  yield* await examineLedger(open);
  yield* findings;
  const others = mailboxes.filter(({ id }) => id.toLowerCase() !== canary?.id.toLowerCase());
  const asked = canary === undefined ? others : [canary, ...others];
  const obstacles = yield* diagnosed(transport, asked, denied, examination);
  if (!pause.aborted) yield* await canaryOf(transport, canary, obstacles, examination);
}

/**
 * What the transport finds.
 * @returns the subjects of its problems
 */
async function* diagnosed(
  transport: AppointmentTransport,
  mailboxes: readonly Mailbox[],
  denied: Mailbox | undefined,
  { pause: signal, timeoutMs }: Examination,
): AsyncGenerator<Diagnosis, ReadonlySet<string>> {
  const obstacles = new Set<string>();
  if (transport.diagnose === undefined) {
    yield silent(transport);
    return obstacles;
  }
  const request = { mailboxes, signal, timeoutMs, ...(denied === undefined ? {} : { denied }) };
  const innocent = new Set([...mailboxes, ...(denied === undefined ? [] : [denied])].map(({ id }) => id));
  for await (const finding of transport.diagnose(request)) {
    yield finding;
    if (finding.level === 'problem') obstacles.add(innocent.has(finding.subject) ? finding.subject : transport.name);
  }
  return obstacles;
}

function silent({ name }: AppointmentTransport): DoctorFinding {
  const message = 'is a transport that cannot examine its server.';
  const advice =
    'Name a mailbox with --canary: the round trip shows whether it works; preview --check asks about each row.';
  return { code: 'transport_silent', level: 'skipped', subject: name, message, advice };
}

/** A server that lets nobody in is not tried again: accounts are locked so. */
async function canaryOf(
  transport: AppointmentTransport,
  mailbox: Mailbox | undefined,
  obstacles: ReadonlySet<string>,
  limits: CanaryLimits,
): Promise<readonly DoctorFinding[]> {
  if (mailbox === undefined) {
    const advice = 'Name a mailbox of your own with --canary: an appointment is saved there, changed and removed.';
    return [canarySkipped('canary', 'made no round trip: no mailbox was named for it.', advice)];
  }
  if (!obstacles.has(mailbox.id) && !obstacles.has(transport.name)) {
    return examineCanary(transport, mailbox, limits);
  }
  const message = 'was not written to: what was found above would keep it from working.';
  return [canarySkipped(mailbox.id, message, 'Mend the problems, and call again.')];
}
