import { Client } from 'undici';
import type { Sandbox } from '../src/index.js';
import { basic } from './ews-client.js';

/** What a client saw: an answer, or how the connection failed: `reset`, `timeout`. */
export type Seen = { status: number; headers: Record<string, unknown>; body: string } | { failure: string };

const NAMESPACES =
  'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" ' +
  'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"';

/** A CreateItem for one mailbox, with as many items as there are subjects. */
export function createRequest(mailbox: string, subjects: readonly string[], sending = 'SendToNone'): string {
  const items = subjects.map(
    (subject) =>
      `<t:CalendarItem><t:Subject>${subject}</t:Subject><t:Start>2026-11-24T09:00:00Z</t:Start>` +
      '<t:End>2026-11-24T10:00:00Z</t:End><t:RequiredAttendees><t:Attendee><t:Mailbox>' +
      '<t:EmailAddress>zoe@fabrikam.com</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees></t:CalendarItem>',
  );
  return envelope(
    mailbox,
    `<m:CreateItem SendMeetingInvitations="${sending}"><m:SavedItemFolderId><t:DistinguishedFolderId Id="calendar"/>` +
      `</m:SavedItemFolderId><m:Items>${items.join('')}</m:Items></m:CreateItem>`,
  );
}

/** A GetFolder of the calendar. */
export function folderRequest(mailbox: string): string {
  return envelope(
    mailbox,
    '<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>' +
      '<t:DistinguishedFolderId Id="calendar"/></m:FolderIds></m:GetFolder>',
  );
}

function envelope(mailbox: string, body: string): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope ${NAMESPACES}><s:Header>` +
    '<t:RequestServerVersion Version="Exchange2013_SP1"/><t:ExchangeImpersonation><t:ConnectingSID>' +
    `<t:SmtpAddress>${mailbox}</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></s:Header>` +
    `<s:Body>${body}</s:Body></s:Envelope>`
  );
}

/** Sends one request over a connection of its own, and says what came of it. Gives up after `timeoutMs`. */
export async function send(
  sandbox: Sandbox,
  xml: string,
  { timeoutMs = 10_000, account = 'svc', password = 'secret' } = {},
): Promise<Seen> {
  const client = new Client(sandbox.url, { headersTimeout: 0, bodyTimeout: 0 });
  try {
    const { statusCode, headers, body } = await client.request({
      method: 'POST',
      path: '/EWS/Exchange.asmx',
      headers: { 'content-type': 'text/xml; charset=utf-8', authorization: basic(account, password) },
      body: xml,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: statusCode, headers, body: await body.text() };
  } catch (error) {
    const { code, name } = error as { code?: unknown; name: string };
    if (name === 'TimeoutError') return { failure: 'timeout' };
    // Which of the two it is depends on what the client was doing when the connection broke.
    return { failure: code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' ? 'reset' : `${name} ${String(code)}` };
  } finally {
    await client.destroy();
  }
}

/** Creates one item. */
export function create(sandbox: Sandbox, mailbox = 'alfred@contoso.com', timeoutMs = 10_000): Promise<Seen> {
  return send(sandbox, createRequest(mailbox, ['Tennis lesson']), { timeoutMs });
}

/** In a word: the status and the response codes, or how the connection failed. */
export function inShort(seen: Seen): string {
  if ('failure' in seen) return seen.failure;
  const codes = [...seen.body.matchAll(/<[em]:ResponseCode[^>]*>(\w+)</g)].map(([, code]) => code);
  return [seen.status, ...codes].join(' ');
}
