import { schemesIn } from '../http/schemes-in.js';
import type { EwsCredentials } from '../credentials/credentials.js';
import type { Finding } from './finding.js';
import type { Knock } from './knock.js';
import { offer } from './power-shell.js';

/** Can the account sign in the way that it is meant to? */
export function examineSchemes(subject: string, credentials: EwsCredentials, { status, challenges }: Knock): Finding {
  const { scheme } = credentials;
  const offered = schemesIn(challenges);
  if (status !== 401 || offered.length === 0) {
    const message = `answers ${status} without asking for sign-in: it may be something that stands before Exchange.`;
    const advice = 'If sign-in fails below, check the address, and how the gateway before Exchange lets programs in.';
    return { code: 'sign_in_unasked', level: 'warning', subject, message, advice };
  }
  const list = offered.join(', ');
  if (offered.some((name) => name.toLowerCase() === scheme.toLowerCase())) {
    return { code: 'sign_in_offered', level: 'ok', subject, message: `offers ${list}; ${scheme} is used.` };
  }
  return {
    code: 'sign_in_not_offered',
    level: 'warning',
    subject,
    message: `offers ${list}, and not ${scheme}, with which the account is to sign in.`,
    advice: `Switch ${NAMES[scheme]} on for EWS on each server, or sign in otherwise.`,
    commands: [offer(credentials)],
  };
}

/** In the words of Exchange's administrators. */
const NAMES: Readonly<Record<EwsCredentials['scheme'], string>> = {
  Basic: 'Basic authentication',
  Bearer: 'OAuth',
  Negotiate: 'Windows authentication',
  NTLM: 'Windows authentication',
};
