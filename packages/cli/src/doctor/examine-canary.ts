import type { AppointmentTransport, Mailbox } from '@appointed/core';
import { Canary, type CanaryLimits } from './canary.js';
import type { DoctorFinding } from './doctor-finding.js';

/** A round trip in one mailbox: the only thing of a diagnosis that writes. What it has written is removed, whatever happens. */
export async function examineCanary(
  transport: AppointmentTransport,
  mailbox: Mailbox,
  limits: CanaryLimits,
): Promise<readonly DoctorFinding[]> {
  const canary = new Canary(transport, mailbox, limits);
  const subject = mailbox.id;
  const began = performance.now();
  const wrong = await canary.roundTrip();
  const left = await canary.remove();
  if (limits.pause.aborted && left === undefined) {
    return [canarySkipped(subject, 'had its canary removed again: the command was interrupted.', 'Call it again.')];
  }
  const findings: DoctorFinding[] = [];
  if (wrong !== undefined) {
    const advice = 'A run would fail here in the same way. See the documentation of errors for the code in brackets.';
    const message = `has not kept the canary: ${wrong}.`.replace('..', '.');
    findings.push({ code: 'canary_failed', level: 'problem', subject, message, advice });
  }
  if (left !== undefined) {
    const message = `may still hold the canary: ${left}.`.replace('..', '.');
    const advice = `Delete the appointment "${canary.subject}" there by hand, if there is one.`;
    findings.push({ code: 'canary_left', level: 'problem', subject, message, advice });
  }
  if (findings.length > 0) return findings;
  const message = `took a canary: saved, found, read, changed and removed in ${Math.round(performance.now() - began)} ms.`;
  return [{ code: 'canary_done', level: 'ok', subject, message }];
}

/** Nothing was written. */
export function canarySkipped(subject: string, message: string, advice: string): DoctorFinding {
  return { code: 'canary_skipped', level: 'skipped', subject, message, advice };
}
