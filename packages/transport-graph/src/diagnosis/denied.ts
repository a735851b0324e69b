import type { DiagnosisRequest, Mailbox, Outcome } from '@appointed/core';
import { isDenied, said } from './failure-finding.js';
import type { Finding } from './finding.js';
import { CALENDARS } from './permissions.js';
import { assignScope, removeConsent, showRecipient, testAuthorization } from './power-shell.js';
import { NAMELESS } from './sign-in.js';
import { callFor, type Site } from './site.js';
import type { TokenClaims } from './token-claims.js';

/** The rights end somewhere: a mailbox outside of them is refused (GET /calendar). */
export async function examineDenied(
  site: Site,
  request: DiagnosisRequest,
  claims: Partial<TokenClaims>,
): Promise<Finding> {
  const { denied } = request;
  const { application = NAMELESS } = claims;
  if (denied === undefined) {
    const message = 'was not tried on a mailbox that must be denied to it.';
    const advice = 'Name one with --denied: a president, say, whom nobody should write to. It is only looked at.';
    return { code: 'scope_untested', level: 'skipped', subject: application, message, advice };
  }
  const subject = denied.id;
  const outcome = await openCalendar(site, request, denied);
  if (outcome.kind === 'done') return tooWide(subject, claims);
  if (isDenied(outcome)) {
    return { code: 'scope_holds', level: 'ok', subject, message: `is denied to ${application}, as it must be.` };
  }
  const message = `is not opened, and yet not for want of a right: ${said(outcome.error)}.`;
  const advice = 'Name a mailbox that exists in Exchange Online and is outside of the scope.';
  return { code: 'scope_unclear', level: 'warning', subject, message, advice, commands: [showRecipient(subject)] };
}

/** By the name that Graph knows, where another one was given. */
async function openCalendar(site: Site, request: DiagnosisRequest, mailbox: Mailbox): Promise<Outcome<true>> {
  const ask = (one: Mailbox): Promise<Outcome<true>> =>
    site.about(one, callFor(request)).ask({ method: 'GET', path: '/calendar' }, () => true);
  const outcome = await ask(mailbox);
  if (outcome.kind !== 'rejected' || outcome.again === undefined || !('primaryAddress' in outcome.again))
    return outcome;
  return ask({ ...mailbox, kind: 'upn', id: outcome.again.primaryAddress });
}

function tooWide(subject: string, claims: Partial<TokenClaims>): Finding {
  const { application = NAMELESS, roles = [] } = claims;
  const isConsent = roles.includes(CALENDARS);
  return {
    code: 'scope_too_wide',
    level: 'problem',
    subject,
    message: `may be opened by ${application}, and must not be.`,
    advice: isConsent
      ? 'The consent in Entra goes for everybody. Assign the rights with a scope, and take the consent back.'
      : 'The scope of what Exchange has assigned is too wide. Narrow it; changes take up to two hours.',
    commands: isConsent
      ? [...assignScope(claims), ...removeConsent(claims), testAuthorization(claims, subject)]
      : [testAuthorization(claims, subject)],
  };
}
