import type { AppointmentTransport, Diagnosis, DiagnosisRequest, Mailbox } from '@appointed/core';
import type { Side } from '../hybrid-options.js';
import type { Sides } from '../sides.js';
import type { Finding } from './finding.js';
import { examineResidence } from './residence.js';
import { findingsOn, type Told } from './told.js';

/**
 * Examines both sides, and says where each mailbox lives: what the other side says of it is left out then.
 * @param where where a mailbox is said to live
 */
export async function* diagnose(
  sides: Sides,
  request: DiagnosisRequest,
  where: (mailbox: Mailbox) => Side | undefined | Promise<Side | undefined>,
): AsyncGenerator<Diagnosis> {
  const { mailboxes, denied, signal } = request;
  const exchange = yield* examineSide(sides.exchange, request);
  if (signal.aborted) return;
  const online = yield* examineSide(sides.online, request);
  if (signal.aborted) return;
  for (const mailbox of mailboxes) yield* examineResidence(mailbox.id, { exchange, online }, await where(mailbox));
  if (denied !== undefined) yield* worstOf([...findingsOn(exchange, denied.id), ...findingsOn(online, denied.id)]);
}

/** @returns what it has found about the mailboxes, which is not said yet */
async function* examineSide(
  transport: AppointmentTransport,
  request: DiagnosisRequest,
): AsyncGenerator<Diagnosis, Told> {
  const told = new Map<string, Diagnosis[]>();
  if (transport.diagnose === undefined) {
    yield silent(transport);
    return told;
  }
  const asked = new Set(
    [...request.mailboxes, ...(request.denied === undefined ? [] : [request.denied])].map(({ id }) => id),
  );
  for await (const finding of transport.diagnose(request)) {
    if (asked.has(finding.subject)) told.set(finding.subject, [...findingsOn(told, finding.subject), finding]);
    else yield finding;
  }
  return told;
}

/** That it is denied where it lives is enough, and that it is not on one side is too much. */
function worstOf(findings: readonly Diagnosis[]): readonly Diagnosis[] {
  for (const level of ['problem', 'ok'] as const) {
    const some = findings.filter((finding) => finding.level === level);
    if (some.length > 0) return some;
  }
  return findings;
}

function silent({ name }: AppointmentTransport): Finding {
  const message = 'is a side that cannot examine its server.';
  const advice = 'Whether a mailbox lives there shows in preview --check.';
  return { code: 'side_silent', level: 'skipped', subject: name, message, advice };
}
