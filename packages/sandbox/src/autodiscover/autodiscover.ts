import type { IncomingMessage } from 'node:http';
import type { Directory } from '../directory/directory.js';
import type { ServiceAccount } from '../directory/service-account.js';
import type { Answer } from '../http/answer.js';
import { originOf } from '../http/origin.js';
import { readBody } from '../http/request-body.js';
import type { LoggedRequest, RequestLog } from '../log/request-log.js';
import type { SignIn } from '../sign-in/sign-in.js';
import { jsonAnswer } from './json.js';
import { poxErrorXml, poxXml, readPox } from './pox.js';
import { type Whereabouts, whereabouts } from './whereabouts.js';

/** In lower case, as all of these paths are compared. */
const POX = '/autodiscover/autodiscover.xml';
const JSON_V2 = '/autodiscover/autodiscover.json';
const MAX_BODY = 64 * 1024;

interface Services {
  readonly directory: Directory;
  readonly signIn: SignIn;
  readonly log: RequestLog;
  readonly clock: { now(): number };
}

/** Tells where a mailbox is: plain old XML for who signs in, and the JSON of V2 for everybody. */
export class Autodiscover {
  constructor(private readonly services: Services) {}

  /** @param path in lower case */
  serves(path: string): boolean {
    return path === POX || path === JSON_V2 || path.startsWith(`${JSON_V2}/`);
  }

  /** @returns undefined where the client goes away before its request has arrived */
  async answer(request: IncomingMessage, path: string, entry: LoggedRequest): Promise<Answer | undefined> {
    if (path === POX) return this.answerPox(request, entry);
    request.resume();
    entry.operation = 'AutodiscoverV2';
    if (request.method !== 'GET') return text(405, 'Autodiscover V2 takes GET.', { allow: 'GET' });
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://sandbox');
    const parameters = new Map([...searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    const [, address = parameters.get('email') ?? ''] = /\/v1\.0\/([^/]*)$/i.exec(pathname) ?? [];
    const find = () => this.find(decoded(address), request, entry);
    const { status, body } = jsonAnswer(parameters.get('protocol'), find);
    return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
  }

  private async answerPox(request: IncomingMessage, entry: LoggedRequest): Promise<Answer | undefined> {
    return this.services.signIn.admit(request, entry, (account) => this.answerTo(account, request, entry));
  }

  private async answerTo(
    account: ServiceAccount,
    request: IncomingMessage,
    entry: LoggedRequest,
  ): Promise<Answer | undefined> {
    const { log, clock } = this.services;
    log.identify(entry, account.user);
    entry.operation = 'Autodiscover';
    if (request.method !== 'POST') {
      request.resume();
      return text(405, 'Autodiscover takes POST.', { allow: 'POST' });
    }
    const body = await readBody(request, MAX_BODY);
    if (body === undefined) return undefined;
    const wanted = body === 'too big' ? ({ error: 600 } as const) : readPox(body.toString('utf8'));
    if ('error' in wanted) return xml(poxErrorXml(wanted.error, clock.now()));
    const found = this.find(wanted.address, request, entry);
    return xml(found === undefined ? poxErrorXml(500, clock.now()) : poxXml(wanted.address, found));
  }

  private find(address: string, request: IncomingMessage, entry: LoggedRequest): Whereabouts | undefined {
    const found = whereabouts(address, this.services.directory, originOf(request));
    entry.mailbox = found?.mailbox.address;
    return found;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function xml(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}

function text(status: number, words: string, headers: Answer['headers']): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body: `${words}\n` };
}
