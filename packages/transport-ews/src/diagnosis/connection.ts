import type { DiagnosisRequest } from '@appointed/core';
import { examineCertificate } from './certificate.js';
import { examineClock } from './clock.js';
import type { Finding } from './finding.js';
import { type Knock, knock } from './knock.js';
import { examineSchemes } from './offered-schemes.js';
import { showAddresses, showHealth } from './power-shell.js';
import type { Site } from './site.js';

/**
 * The way to the server, by one GET without credentials: address, certificate, clock, and how one may sign in.
 * @returns whether it makes sense to sign in
 */
export async function* examineConnection(site: Site, request: DiagnosisRequest): AsyncGenerator<Finding, boolean> {
  const { address, credentials } = site;
  const subject = address.host;
  const answer = await knock(site, request).catch((error: unknown) => error as Error);
  if (request.signal.aborted) return false;
  if (answer instanceof Error) {
    yield unreachable(subject, causeOf(answer));
    return false;
  }
  const tls = examineCertificate(site, answer.certificate);
  yield* tls;
  yield examineClock(subject, answer);
  const wrong = examineStatus(site, answer);
  if (wrong !== undefined) {
    yield wrong;
    return false;
  }
  yield examineSchemes(subject, credentials, answer);
  return tls.every(({ level }) => level !== 'problem');
}

/** There is no server, or no way to it. */
export function unreachable(subject: string, why: string): Finding {
  const message = `cannot be reached: ${why}.`;
  const advice = 'Check the address, the name server, the firewall, and whether the server is on.';
  return { code: 'server_unreachable', level: 'problem', subject, message, advice, commands: [showAddresses()] };
}

/** There is a server, and no EWS at this address. */
export function wrongAddress(subject: string, what: string): Finding {
  const advice = 'Give the address of Exchange.asmx itself: https://mail.contoso.com/EWS/Exchange.asmx.';
  return {
    code: 'address_wrong',
    level: 'problem',
    subject,
    message: `${what}.`,
    advice,
    commands: [showAddresses()],
  };
}

/** EWS is there, and down. */
export function unavailable(subject: string, what: string): Finding {
  const advice =
    'Try again; if it stays so, look at the services, the application pools and the event log of the server.';
  return {
    code: 'service_unavailable',
    level: 'problem',
    subject,
    message: `${what}.`,
    advice,
    commands: [showHealth()],
  };
}

function examineStatus({ address }: Site, { status, location }: Knock): Finding | undefined {
  const { host, pathname } = address;
  if (status >= 500) return unavailable(host, `answers ${status}`);
  if (status === 404) return wrongAddress(host, `has nothing at ${pathname} (404)`);
  if (status < 300 || status >= 400) return undefined;
  return wrongAddress(host, `redirects${location === undefined ? '' : ` to ${location}`} (${status})`);
}

/** Where a name has several addresses, what went wrong is said of each. */
function causeOf(error: Error): string {
  const all = error instanceof AggregateError ? (error.errors as readonly Error[]).map(({ message }) => message) : [];
  return all.length > 0 ? all.join(', ') : error.message;
}
