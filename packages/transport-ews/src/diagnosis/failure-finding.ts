import type { AppointedError, Failure } from '@appointed/core';
import { codeOf } from '../classify/refusal.js';
import { unavailable, unreachable, wrongAddress } from './connection.js';
import type { Finding } from './finding.js';
import {
  newAssignment,
  newScope,
  showAddresses,
  showAssignments,
  showEwsAccess,
  showRecipient,
} from './power-shell.js';
import type { Site } from './site.js';

/** Whom a question was about, when it failed. */
export interface Questioned {
  readonly site: Site;
  /** The mailbox; or the server, as long as it is not known whether it answers at all. */
  readonly subject: string;
}

/** What a question that failed says about the server or the mailbox. */
export function failureFinding(failure: Failure, about: Questioned): Finding {
  const { subject, site } = about;
  const { error } = failure;
  switch (error.code) {
    case 'sign_in_failed':
      return signInRefused(site, error);
    case 'connection_failed':
    case 'connection_lost':
    case 'timed_out':
    case 'aborted':
      return unreachable(subject, said(error));
    case 'response_unreadable':
      return notExchange(subject, said(error));
    case 'server_busy':
      return busy(subject, said(error));
    case 'server_failed':
      return unavailable(subject, `says ${said(error)}`);
    default:
      if (codeOf(failure) !== undefined) return rejection(failure, about);
      return error.server?.httpStatus === 403
        ? forbidden(subject)
        : wrongAddress(subject, `answers what Exchange does not: ${said(error)}`);
  }
}

/** What the error says, without what the finding says already. */
export function said({ code, message, mailbox }: AppointedError): string {
  const plain = message.replace(`[${code}] `, '');
  const text = mailbox !== undefined && plain.startsWith(`${mailbox}: `) ? plain.slice(mailbox.length + 2) : plain;
  return text.replace(/\.$/, '');
}

function rejection(failure: Failure, { site, subject }: Questioned): Finding {
  const { credentials } = site;
  const why = said(failure.error);
  switch (codeOf(failure)) {
    case 'ErrorImpersonateUserDenied':
      return {
        code: 'rights_missing',
        level: 'problem',
        subject,
        message: `may not be acted for by ${credentials.account}: ${why}.`,
        advice: 'Add the mailbox to the scope of the assignment, or take it out of the list.',
        commands: [showAssignments(credentials)],
      };
    case 'ErrorImpersonationDenied':
    case 'ErrorImpersonationFailed':
      return roleMissing(site, why);
    case 'ErrorNonExistentMailbox':
    case 'ErrorCannotFindUser':
      return {
        code: 'mailbox_missing',
        level: 'problem',
        subject,
        message: `has no mailbox on this server: ${why}.`,
        advice:
          'Correct the address, or take it out of the list. In a hybrid organisation it may be in Exchange Online.',
        commands: [showRecipient(subject)],
      };
    default:
      return {
        code: 'mailbox_refused',
        level: 'problem',
        subject,
        message: `is refused: ${why}.`,
        advice: 'Its administrators know what the code is about. Until it is mended, take it out of the list.',
        commands: [showRecipient(subject)],
      };
  }
}

/** The account may act for nobody. */
export function roleMissing({ credentials }: Site, why: string): Finding {
  return {
    code: 'role_missing',
    level: 'problem',
    subject: credentials.account,
    message: `may act for nobody: ${why}.`,
    advice: 'Assign the role ApplicationImpersonation to the account, for the members of one group.',
    commands: [showAssignments(credentials), newScope(), newAssignment(credentials)],
  };
}

function signInRefused({ credentials, address }: Site, error: AppointedError): Finding {
  const { scheme, account } = credentials;
  const told = said(error);
  const hint = error.hint ?? 'Check how the token is made: its audience is the address of the server.';
  const once = scheme !== 'Bearer' ? ' It was tried once, so that the account is not locked.' : '';
  return {
    code: 'sign_in_refused',
    level: 'problem',
    subject: account,
    message: `cannot sign in at ${address.host} by ${scheme}: ${told}.`,
    advice: `${hint}${once}`,
  };
}

function forbidden(subject: string): Finding {
  const message = 'forbids EWS (403) to the account that has signed in.';
  const advice =
    'EWS is switched off for the organisation, the account or the mailbox, or its list of programs leaves out the user ' +
    'agent Appointed; or a gateway forbids it.';
  return { code: 'ews_forbidden', level: 'problem', subject, message, advice, commands: showEwsAccess() };
}

function notExchange(subject: string, why: string): Finding {
  const message = `does not answer as Exchange does: ${why}.`;
  const advice =
    'Another site, a sign-in page or a gateway answers at this address. Give the address of Exchange.asmx itself.';
  return { code: 'not_exchange', level: 'problem', subject, message, advice, commands: [showAddresses()] };
}

function busy(subject: string, why: string): Finding {
  const message = `is busy: ${why}.`;
  const advice = 'Runs wait and go on by themselves. If it stays so, use --max-in-flight, or another time of day.';
  return { code: 'server_busy', level: 'warning', subject, message, advice };
}
