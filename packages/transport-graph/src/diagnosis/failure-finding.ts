import type { AppointedError, Failure } from '@appointed/core';
import { codeOf } from '../classify/code-of.js';
import { unavailable, unreachable } from './connection.js';
import type { Finding } from './finding.js';
import { CALENDARS } from './permissions.js';
import { assignScope, showAccessPolicies, showRecipient, testAuthorization } from './power-shell.js';
import { NAMELESS } from './sign-in.js';
import type { Site } from './site.js';
import type { TokenClaims } from './token-claims.js';

/** What a question was about, when it failed. */
export interface Questioned {
  readonly site: Site;
  readonly claims: Partial<TokenClaims>;
  /** The mailbox. */
  readonly subject: string;
}

const ELSEWHERE = new Set(['MailboxNotEnabledForRESTAPI', 'MailboxNotSupportedForRESTAPI']);
const MISSING = new Set([
  'ErrorInvalidUser',
  'ErrorNonExistentMailbox',
  'Request_ResourceNotFound',
  'ResourceNotFound',
]);

/** What a question that failed says about Graph or the mailbox. */
export function failureFinding(failure: Failure, about: Questioned): Finding {
  const { subject, claims } = about;
  const { error } = failure;
  const why = said(error);
  switch (error.code) {
    case 'sign_in_failed':
      return {
        code: 'sign_in_refused',
        level: 'problem',
        subject: claims.application ?? NAMELESS,
        message: `is refused by Graph: ${why}.`,
        advice: 'Check the credential: its tokens must be for Microsoft Graph, and of the tenant of the mailboxes.',
      };
    case 'connection_failed':
    case 'connection_lost':
    case 'timed_out':
    case 'aborted':
      return unreachable(subject, why);
    case 'server_busy':
      return busy(subject, why);
    case 'server_failed':
    case 'response_unreadable':
      return unavailable(subject, `says ${why}`);
    default:
      return rejection(failure, why, about);
  }
}

/** What the error says, without what the finding says already. */
export function said({ code, message, mailbox }: AppointedError): string {
  const plain = message.replace(`[${code}] `, '');
  const text = mailbox !== undefined && plain.startsWith(`${mailbox}: `) ? plain.slice(mailbox.length + 2) : plain;
  return text.replace(/\.$/, '');
}

/** The application may not in this mailbox. */
export function isDenied(failure: Failure): boolean {
  return failure.error.server?.httpStatus === 403;
}

function rejection(failure: Failure, why: string, about: Questioned): Finding {
  const { subject } = about;
  const code = codeOf(failure) ?? '';
  const commands = [showRecipient(subject)];
  if (ELSEWHERE.has(code)) {
    const advice =
      'It lives on premises, and is placed over EWS; or it has no licence for Exchange Online, or was deleted.';
    const message = `has no mailbox in Exchange Online: ${why}.`;
    return { code: 'mailbox_elsewhere', level: 'problem', subject, message, advice, commands };
  }
  if (MISSING.has(code)) {
    const message = `is nobody there: ${why}.`;
    const advice =
      'Correct it, or take it out of the list. Without User.Read.All, Graph knows people by their user principal names alone.';
    return { code: 'mailbox_missing', level: 'problem', subject, message, advice, commands };
  }
  if (isDenied(failure)) return denied(why, about);
  const advice = 'Its administrators know what the code is about. Until it is mended, take it out of the list.';
  return { code: 'mailbox_refused', level: 'problem', subject, message: `is refused: ${why}.`, advice, commands };
}

function denied(why: string, { subject, claims }: Questioned): Finding {
  const message = `may not be opened by ${claims.application ?? NAMELESS}: ${why}.`;
  if (claims.roles?.includes(CALENDARS) === true) {
    const advice =
      'The consent in Entra goes for everybody: so an application access policy keeps the application out.';
    return { code: 'rights_missing', level: 'problem', subject, message, advice, commands: [showAccessPolicies()] };
  }
  const advice =
    'Put it into the scope of what Exchange has assigned, or take it out of the list. Changes take up to two hours. ' +
    'Where nothing is assigned yet:';
  const commands = [testAuthorization(claims, subject), ...assignScope(claims)];
  return { code: 'rights_missing', level: 'problem', subject, message, advice, commands };
}

function busy(subject: string, why: string): Finding {
  const advice = 'Runs wait and go on by themselves. If it stays so, use --max-in-flight, or another time of day.';
  return { code: 'server_busy', level: 'warning', subject, message: `is busy: ${why}.`, advice };
}
