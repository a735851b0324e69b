import type { Mailbox, MailboxKind } from '@appointed/core';
import { element, NOTHING, textElement, type Xml } from './element.js';
import type { DirectoryQuestion } from './resolve-names.js';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';
const MESSAGES = 'http://schemas.microsoft.com/exchange/services/2006/messages';

/** Understood by Exchange 2013 SP1 and all that came after it. */
const SERVER_VERSION = 'Exchange2013_SP1';

// SmtpAddress, unlike PrimarySmtpAddress, also takes a mailbox's other addresses.
const CONNECTING_SID: Readonly<Record<MailboxKind, string>> = {
  smtp: 't:SmtpAddress',
  upn: 't:PrincipalName',
  sid: 't:SID',
};

/**
 * A whole SOAP request, acting as a mailbox's owner (header ExchangeImpersonation). There is no way to make one
 * without a mailbox: some servers would write to the service account's own calendar.
 */
export function envelope(mailbox: Mailbox, operation: Xml): string {
  return written(
    operation,
    element(
      't:ExchangeImpersonation',
      {},
      element('t:ConnectingSID', {}, textElement(CONNECTING_SID[mailbox.kind], mailbox.id)),
    ),
  );
}

/** A whole SOAP request about the directory, which the service account asks as itself. */
export function directoryEnvelope(question: DirectoryQuestion): string {
  return written(question);
}

const VERSION = element('t:RequestServerVersion', { Version: SERVER_VERSION });
const OPENING =
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${SOAP}" xmlns:t="${TYPES}" xmlns:m="${MESSAGES}">` +
  `<s:Header>${VERSION}`;

function written(operation: Xml, impersonation: Xml = NOTHING): string {
  return `${OPENING}${impersonation}</s:Header><s:Body>${operation}</s:Body></s:Envelope>`;
}
