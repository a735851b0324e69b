import type { DiagnosisRequest, Failure, Mailbox } from '@appointed/core';
import { codeOf } from '../classify/refusal.js';
import { REFUSED_SIGN_IN_HINT } from '../classify/refused-sign-in.js';
import { Conversation } from '../conversation.js';
import { NtlmCredentials } from '../credentials/ntlm.js';
import { getCalendar } from '../encode/get-calendar.js';
import { EwsClient } from '../ews-client.js';
import { failureFinding } from './failure-finding.js';
import type { Finding } from './finding.js';
import { showExtendedProtection } from './power-shell.js';
import { callFor, type Site } from './site.js';

/**
 * Why the account cannot sign in. NTLM over TLS is tried once more, without a channel binding where there was one and
 * with one where there was none: it may be all that was wrong.
 */
export async function examineRefusal(
  site: Site,
  request: DiagnosisRequest,
  mailbox: Mailbox,
  failure: Failure,
): Promise<Finding> {
  const { address, credentials, ca } = site;
  const refused = failureFinding(failure, { site, subject: address.host });
  const isBound = credentials instanceof NtlmCredentials && failure.error.server?.httpStatus === 401;
  if (!isBound || address.protocol !== 'https:') return refused;
  const wasBound = credentials.channelBinding !== 'off';
  const client = new EwsClient(address, credentials.bound(wasBound ? 'off' : 'auto'), ca);
  const outcome = await new Conversation(client, mailbox, callFor(request)).ask('GetFolder', getCalendar());
  await client.close();
  if (outcome.kind !== 'done' && codeOf(outcome) === undefined) {
    if (outcome.error.code !== 'sign_in_failed') return refused;
    return { ...refused, advice: `${REFUSED_SIGN_IN_HINT} It was tried twice, with and without a channel binding.` };
  }
  return wasBound ? broken(address.host) : required(address.host);
}

function broken(subject: string): Finding {
  return {
    code: 'channel_binding_broken',
    level: 'problem',
    subject,
    message:
      'takes the sign-in only without a channel binding: what stands before it ends TLS with another certificate.',
    advice:
      "Give what stands before Exchange the same certificate, or let it pass TLS through; else sign in with ntlm({ channelBinding: 'off' }).",
    commands: [showExtendedProtection()],
  };
}

function required(subject: string): Finding {
  return {
    code: 'channel_binding_required',
    level: 'problem',
    subject,
    message: 'takes the sign-in only with a channel binding: Extended Protection is required.',
    advice: "Leave channelBinding: 'off' out of ntlm().",
    commands: [showExtendedProtection()],
  };
}
