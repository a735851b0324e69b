import { AppointedError } from '@appointed/core';
import { EwsCredentials } from '../credentials/credentials.js';
import { AllowedHosts } from './allowed-hosts.js';
import { askPox, askV2 } from './ask-host.js';
import type { PoxAnswer } from './pox.js';

const HOUR_MS = 3_600_000;
/** From one server to the next, and from one address to the next. */
const MOST_STEPS = 5;

/** Whose server is looked for, and who may be asked. */
export interface AutodiscoverOptions {
  /** The address of a mailbox there: of one of those that the run is for, say. */
  readonly email: string;
  /** As for the transport. */
  readonly credentials: EwsCredentials;
  /**
   * Hosts that are asked first, and that may be given the credentials, beside the address's domain and hosts below it:
   * `mail.fabrikam.com`, with a port where that is not 443.
   */
  readonly allowHosts?: readonly string[];
  /** As in the transport's options. */
  readonly ca?: string;
}

interface Kept {
  readonly url: Promise<string>;
  readonly until: number;
}

const kept = new WeakMap<EwsCredentials, Map<string, Kept>>();

/**
 * The address of Exchange Web Services for a mailbox, by Autodiscover: the JSON of V2, then plain old XML, both over HTTPS
 * only. Credentials are given to allowed hosts that ask for them. An answer is kept for an hour.
 * @throws AppointedError `invalid_options`; `connection_failed`, when no server that may be asked knows it;
 *   `sign_in_failed`
 */
export async function autodiscover(options: AutodiscoverOptions): Promise<string> {
  const { email, credentials, allowHosts = [] } = options;
  if (!(credentials instanceof EwsCredentials)) throw refuse('credentials', 'are not made by ntlm, basic or another');
  if (domainOf(email) === undefined) throw refuse('email', 'is no address');
  for (const host of allowHosts) if (!isHost(host)) throw refuse('allowHosts', `has ${host}, which is no host`);
  const answers = kept.get(credentials) ?? new Map<string, Kept>();
  kept.set(credentials, answers);
  const key = [email.toLowerCase(), ...allowHosts].join(' ');
  const known = answers.get(key);
  if (known !== undefined && Date.now() < known.until) return known.url;
  const url = search(options);
  answers.set(key, { url, until: Date.now() + HOUR_MS });
  url.catch(() => answers.delete(key));
  return url;
}

async function search(options: AutodiscoverOptions): Promise<string> {
  const { email, allowHosts = [] } = options;
  const allowed = new AllowedHosts(domainOf(email) ?? '', allowHosts);
  const complaints: string[] = [];
  const asked = new Set<string>();
  for (let about: string | undefined = email; about !== undefined && asked.size < MOST_STEPS;) {
    asked.add(about);
    const answer: PoxAnswer | undefined = await firstAnswer({ ...options, email: about }, allowed, complaints);
    if (answer?.kind === 'service') return answer.url;
    if (answer?.kind !== 'address') break;
    complaints.push(`${about} is ${answer.email} elsewhere`);
    about = asked.has(answer.email) ? undefined : answer.email;
  }
  const hint =
    'Give the address of Exchange.asmx itself as url, or name the host that knows it in allowHosts; where a certificate is ' +
    'not trusted, that of the authority that signed it in ca.';
  throw new AppointedError('connection_failed', `no Autodiscover for ${email}: ${complaints.join('; ')}`, { hint });
}

/** Asks one host after the other. @param complaints for what each of them has not answered */
async function firstAnswer(
  question: AutodiscoverOptions,
  allowed: AllowedHosts,
  complaints: string[],
): Promise<PoxAnswer | undefined> {
  const { email, allowHosts = [] } = question;
  const domain = domainOf(email);
  const hosts = domain === undefined ? allowHosts : [...allowHosts, `autodiscover.${domain}`, domain];
  for (const host of hosts.filter(isHost)) {
    for (const ask of [askV2, askPox]) {
      const answer = await follow(host, (address) => ask(address, question), allowed);
      if (answer.kind !== 'nothing') return answer;
      complaints.push(`${host}: ${answer.why}`);
    }
  }
  return undefined;
}

/** From redirect to redirect, as far as they lead to where the credentials may be sent. */
async function follow(
  host: string,
  ask: (address: URL) => Promise<PoxAnswer>,
  allowed: AllowedHosts,
): Promise<PoxAnswer> {
  let address = new URL(`https://${host}/`);
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const complaint = allowed.complaintOf(address);
    if (complaint !== undefined) return { kind: 'nothing', why: complaint };
    const answer = await ask(address);
    if (answer.kind === 'nothing' || answer.kind === 'address') return answer;
    if (!URL.canParse(answer.url, address.href)) return { kind: 'nothing', why: 'names an address that is none' };
    address = new URL(answer.url, address);
    const wrong = allowed.complaintOf(address);
    if (answer.kind === 'service')
      return wrong === undefined ? { kind: 'service', url: address.href } : { kind: 'nothing', why: wrong };
  }
  return { kind: 'nothing', why: 'redirects again and again' };
}

function domainOf(email: string): string | undefined {
  return typeof email === 'string' ? /^[^@\s]+@([^@\s/:]+)$/.exec(email)?.[1] : undefined;
}

function isHost(host: string): boolean {
  return URL.canParse(`https://${host}/`) && new URL(`https://${host}/`).host === host.toLowerCase();
}

function refuse(field: string, complaint: string): AppointedError {
  return new AppointedError('invalid_options', `autodiscover: ${field} ${complaint}`, { field });
}
