import type { TLSSocket } from 'node:tls';
import { isLoopback } from '../service-address.js';
import type { Finding } from './finding.js';
import type { Site } from './site.js';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

/** What a server shows of itself, and whether it is believed. */
export interface Certificate {
  /** What is wrong with it, by OpenSSL's or Node's name; absent where nothing is. */
  readonly complaint?: string;
  readonly issuer: string;
  /** The names that it is for. */
  readonly names: string;
  /** Milliseconds since the epoch. */
  readonly validTo: number;
  /** `TLSv1.3` */
  readonly protocol: string;
}

/** The certificate that a connection was made with. */
export function certificateOf(socket: TLSSocket): Certificate {
  const { issuer, subject, subjectaltname, valid_to: validTo } = socket.getPeerCertificate();
  const { authorizationError } = socket;
  return {
    ...(socket.authorized ? {} : { complaint: String(authorizationError ?? 'not trusted') }),
    issuer: firstOf(issuer.CN) ?? firstOf(issuer.O) ?? 'an issuer without a name',
    names: subjectaltname?.replaceAll('DNS:', '') ?? firstOf(subject.CN) ?? 'no name',
    validTo: Date.parse(validTo),
    protocol: socket.getProtocol() ?? 'TLS',
  };
}

/** The typings know one name; a certificate may have several. */
function firstOf(names: string | readonly string[] | undefined): string | undefined {
  return typeof names === 'string' || names === undefined ? names : names[0];
}

/** Is the connection one that nobody else can read? */
export function examineCertificate({ address }: Site, certificate: Certificate | undefined): readonly Finding[] {
  const subject = address.host;
  if (certificate === undefined) return [withoutCertificate(subject, isLoopback(address))];
  const { complaint, issuer, names, validTo, protocol } = certificate;
  const last = new Date(validTo).toISOString().slice(0, 10);
  if (complaint !== undefined) {
    const message = `has a certificate that is not trusted (${complaint}): issued by ${issuer} for ${names}, valid until ${last}.`;
    const advice =
      'Give the certificate of the authority that signed it in the option ca or NODE_EXTRA_CA_CERTS, use an address that ' +
      'it is for, or have it renewed. Nothing was sent to the server.';
    return [{ code: 'certificate_untrusted', level: 'problem', subject, message, advice }];
  }
  const trusted: Finding = {
    code: 'certificate_trusted',
    level: 'ok',
    subject,
    message: `has a certificate of ${issuer} that is trusted, over ${protocol}.`,
  };
  const days = Math.floor((validTo - Date.now()) / DAY_MS);
  if (days >= SOON_DAYS) return [trusted];
  const message = `has a certificate that ends on ${last}, in ${days} days.`;
  const advice = 'Have it renewed before: from then on nothing can be placed.';
  return [trusted, { code: 'certificate_expires', level: 'warning', subject, message, advice }];
}

function withoutCertificate(subject: string, local: boolean): Finding {
  if (local)
    return { code: 'connection_local', level: 'ok', subject, message: 'is this machine: plain HTTP stays on it.' };
  const message = 'is reached over plain HTTP: who listens on the way reads the password and the appointments.';
  return { code: 'connection_plain', level: 'warning', subject, message, advice: 'Use the address with https.' };
}
