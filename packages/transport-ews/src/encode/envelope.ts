import type { Mailbox, MailboxKind } from '@appointed/core';
import { element, textFrame, type Xml } from './element.js';
import type { DirectoryQuestion } from './resolve-names.js';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';
const MESSAGES = 'http://schemas.microsoft.com/exchange/services/2006/messages';

/** Understood by Exchange 2013 SP1 and all that came after it. */
const SERVER_VERSION = 'Exchange2013_SP1';

const VERSION = element('t:RequestServerVersion', { Version: SERVER_VERSION });
const OPENING =
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${SOAP}" xmlns:t="${TYPES}" xmlns:m="${MESSAGES}">` +
  `<s:Header>${VERSION}`;
const BODY = '</s:Header><s:Body>';
const END = '</s:Body></s:Envelope>';

// SmtpAddress, unlike PrimarySmtpAddress, also takes a mailbox's other addresses.
const AS: Readonly<Record<MailboxKind, (id: string) => Xml>> = {
  smtp: as('t:SmtpAddress'),
  upn: as('t:PrincipalName'),
  sid: as('t:SID'),
};

function as(kind: string): (id: string) => Xml {
  return textFrame((id) =>
    element('t:ExchangeImpersonation', {}, element('t:ConnectingSID', {}, element(kind, {}, id))),
  );
}

/**
 * A whole SOAP request, acting as a mailbox's owner (header ExchangeImpersonation). There is no way to make one
 * without a mailbox: some servers would write to the service account's own calendar.
 */
export function envelope({ kind, id }: Mailbox, operation: Xml): string {
  return OPENING + AS[kind](id) + BODY + operation + END;
}

/** A whole SOAP request about the directory, which the service account asks as itself. */
export function directoryEnvelope(question: DirectoryQuestion): string {
  return OPENING + BODY + question + END;
}
