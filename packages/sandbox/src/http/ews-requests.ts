import type { IncomingMessage } from 'node:http';
import { isUtf8 } from 'node:buffer';
import type { ServiceAccount } from '../directory/service-account.js';
import { encodingFault } from '../ews/encoding.js';
import type { EwsEndpoint } from '../ews/endpoint.js';
import { SoapFault, faultEnvelope } from '../ews/fault.js';
import type { LoggedRequest, RequestLog } from '../log/request-log.js';
import type { SignIn } from '../sign-in/sign-in.js';
import type { Answer } from './answer.js';
import { refusal } from './refusal.js';
import { readBody } from './request-body.js';

/** Where EWS is on every Exchange. */
export const EWS_PATH = '/EWS/Exchange.asmx';

/** What Exchange ships with for EWS. */
const MAX_BODY = 64 * 1024 * 1024;

/** Requests to EWS, from whoever signs in. */
export class EwsRequests {
  constructor(
    private readonly endpoint: EwsEndpoint,
    private readonly signIn: SignIn,
    private readonly log: RequestLog,
  ) {}

  /** @returns undefined where the client goes away before its request has arrived */
  answer(request: IncomingMessage, entry: LoggedRequest): Promise<Answer | undefined> {
    return this.signIn.admit(request, entry, (account) => this.answerTo(account, request, entry));
  }

  private async answerTo(
    account: ServiceAccount,
    request: IncomingMessage,
    entry: LoggedRequest,
  ): Promise<Answer | undefined> {
    this.log.identify(entry, account.user);
    if (request.method !== 'POST') return refusal(request, 405, 'EWS takes POST.', { allow: 'POST' });
    if (!isSoap(request.headers['content-type'])) {
      return refusal(request, 415, 'EWS takes content-type: text/xml; charset=utf-8.');
    }
    const body = await readBody(request, MAX_BODY);
    if (body === undefined) return undefined;
    if (body === 'too big') {
      return faulty(new SoapFault('ErrorRequestStreamTooBig', 'The request is too big: 64 MB is the limit.'));
    }
    if (!isUtf8(body)) return faulty(encodingFault(body));
    this.log.keep(entry, body);
    return this.endpoint.answer(body.toString('utf8'), account, entry);
  }
}

/** SOAP 1.1, and no encoding but UTF-8. */
function isSoap(contentType: string | undefined): boolean {
  if (contentType === 'text/xml; charset=utf-8') return true;
  if (contentType === undefined || !/^\s*text\/xml\s*(;|$)/i.test(contentType)) return false;
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType) ?? [];
  return charset.toLowerCase() === 'utf-8';
}

function faulty(fault: SoapFault): Answer {
  const headers = { 'content-type': 'text/xml; charset=utf-8' };
  return { status: 500, headers, body: faultEnvelope(fault) };
}
