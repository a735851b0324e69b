import type { DiagnosisRequest } from '@appointed/core';
import { codeOf } from '../classify/refusal.js';
import { getCalendar } from '../encode/get-calendar.js';
import { said } from './failure-finding.js';
import type { Finding } from './finding.js';
import { narrowAssignment, newScope, showAssignments, showRecipient, showWhoMayWrite } from './power-shell.js';
import { callFor, type Site } from './site.js';

/** The rights end somewhere: a mailbox outside of them is refused (operation GetFolder). */
export async function examineDenied(site: Site, request: DiagnosisRequest): Promise<Finding> {
  const { denied } = request;
  const { account } = site.credentials;
  if (denied === undefined) {
    const message = 'was not tried on a mailbox that must be denied to it.';
    const advice = 'Name one with --denied: a president, say, whom nobody should write to. It is only looked at.';
    return { code: 'scope_untested', level: 'skipped', subject: account, message, advice };
  }
  const subject = denied.id;
  const outcome = await site.as(denied, callFor(request)).ask('GetFolder', getCalendar());
  if (outcome.kind === 'done') return tooWide(site, subject);
  if (codeOf(outcome) === 'ErrorImpersonateUserDenied') {
    return { code: 'scope_holds', level: 'ok', subject, message: `is denied to ${account}, as it must be.` };
  }
  const message = `is not acted for, and yet not for want of a right: ${said(outcome.error)}.`;
  const advice = 'Name a mailbox that exists on this server and is outside of the scope.';
  return { code: 'scope_unclear', level: 'warning', subject, message, advice, commands: [showRecipient(subject)] };
}

function tooWide({ credentials }: Site, subject: string): Finding {
  return {
    code: 'scope_too_wide',
    level: 'problem',
    subject,
    message: `may be acted for by ${credentials.account}, and must not be.`,
    advice: 'Limit the assignment that allows it to a scope; where there are several, each counts.',
    commands: [showWhoMayWrite(subject), showAssignments(credentials), newScope(), narrowAssignment()],
  };
}
