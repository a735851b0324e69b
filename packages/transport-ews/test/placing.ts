import { type Call, type Mailbox, type Outcome, parseAppointment, parseMailbox, type Receipt } from '@appointed/core';
import { basic, ews, type EwsOptions, type EwsTransport } from '@appointed/transport-ews';

export const ALFRED: Mailbox = parseMailbox('alfred@contoso.com');
export const KEY = '0123456789abcdef0123456789abcdef';
export const SECRET = 'correct horse battery staple';

export const LESSON = parseAppointment({
  subject: 'Tennis lesson',
  body: 'Focus on backhand this week.',
  start: new Date('2027-01-15T09:00:00Z'),
  end: new Date('2027-01-15T10:00:00Z'),
  location: 'Tennis club',
});

/** A transport to a server, with a service account. */
export function transportTo(url: string, options: Partial<EwsOptions> = {}): EwsTransport {
  return ews({ url, credentials: basic({ user: 'svc', password: SECRET }), ...options });
}

/** The limits of a call that has time. */
export function call(limits: Partial<Call> = {}): Call {
  return { signal: new AbortController().signal, sendBy: Date.now() + 10_000, timeoutMs: 10_000, ...limits };
}

/** Saves one lesson for Alfred, and closes the transport. */
export async function saveOne(transport: EwsTransport, limits: Partial<Call> = {}): Promise<Outcome<Receipt>> {
  const request = { mailbox: ALFRED, sendMode: 'none' as const, items: [{ key: KEY, content: LESSON }] };
  try {
    const [outcome, ...more] = await transport.save(request, call(limits));
    if (outcome === undefined || more.length > 0) throw new Error('not one outcome');
    return outcome;
  } finally {
    await transport.close();
  }
}
