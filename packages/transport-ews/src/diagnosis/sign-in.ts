import type { DiagnosisRequest, Mailbox } from '@appointed/core';
import { codeOf } from '../classify/refusal.js';
import { getCalendar } from '../encode/get-calendar.js';
import { buildOf } from '../decode/build.js';
import { examineBuild } from './build.js';
import { examineRefusal } from './channel-binding.js';
import { failureFinding } from './failure-finding.js';
import type { Finding } from './finding.js';
import { callFor, type Site } from './site.js';

/** What came of signing in. */
export interface SignedIn {
  /** One that may be acted for. */
  readonly host: Mailbox | undefined;
}

/**
 * Signs in, by looking at the calendar of one mailbox as its owner (operation GetFolder): a service account often has no
 * mailbox of its own. The next one is asked where the server does not tell its version, as it does not in errors.
 * @returns undefined where there is no sense in asking more
 */
export async function* examineSignIn(
  site: Site,
  request: DiagnosisRequest,
): AsyncGenerator<Finding, SignedIn | undefined> {
  const { credentials, address } = site;
  let isSignedIn = false;
  let forbidden: Finding | undefined;
  for (const mailbox of request.mailboxes) {
    const outcome = await site.as(mailbox, callFor(request)).ask('GetFolder', getCalendar());
    if (request.signal.aborted) return undefined;
    if (outcome.kind !== 'done' && codeOf(outcome) === undefined) {
      const finding =
        outcome.error.code === 'sign_in_failed'
          ? await examineRefusal(site, request, mailbox, outcome)
          : failureFinding(outcome, { site, subject: address.host });
      forbidden = finding.code === 'ews_forbidden' ? finding : undefined;
      // That may be so for one mailbox alone.
      if (forbidden !== undefined) continue;
      yield finding;
      return undefined;
    }
    // Exchange has read the request: whatever it says of the mailbox, it knows the account.
    if (!isSignedIn) yield signedIn(site);
    isSignedIn = true;
    if (outcome.kind !== 'done') continue;
    yield examineBuild(address.host, buildOf(outcome.value.header));
    return { host: mailbox };
  }
  if (isSignedIn) {
    yield examineBuild(address.host, undefined);
    return { host: undefined };
  }
  yield (
    forbidden ??
    untested(credentials.account, 'was not signed in: no mailbox was named.', 'Give --mailboxes, or --canary.')
  );
  return undefined;
}

/** The account was not signed in. */
export function untested(account: string, message: string, advice: string): Finding {
  return { code: 'sign_in_untested', level: 'skipped', subject: account, message, advice };
}

function signedIn({ credentials, address }: Site): Finding {
  const message = `signs in at ${address.host} by ${credentials.scheme}.`;
  return { code: 'signed_in', level: 'ok', subject: credentials.account, message };
}
