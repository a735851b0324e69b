import type { Answer } from '../http/answer.js';
import { requestId } from '../http/request-id.js';
import type { GraphError } from './graph-error.js';
import type { Reply } from './call.js';
import type { GraphRequest } from './request.js';

const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
const DIAGNOSTIC =
  '{"ServerInfo":{"DataCenter":"Sandbox","Slice":"E","Ring":"1","ScaleUnit":"000","RoleInstance":"SANDBOX"}}';

/** What lets a request be traced: it stands in the headers of every answer, and in the body of every error. */
export class Trace {
  private readonly id = requestId();
  private readonly clientId: string;

  constructor(
    { header }: Pick<GraphRequest, 'header'>,
    private readonly now: () => number,
  ) {
    this.clientId = header('client-request-id') ?? this.id;
  }

  get headers(): Readonly<Record<string, string>> {
    return { 'request-id': this.id, 'client-request-id': this.clientId, 'x-ms-ags-diagnostic': DIAGNOSTIC };
  }

  reply({ status, body }: Reply, headers: Readonly<Record<string, string>>): Answer {
    if (body === undefined) return { status, headers: { ...this.headers, ...headers }, body: '' };
    const text = JSON.stringify(body);
    return { status, headers: { 'content-type': JSON_TYPE, ...this.headers, ...headers }, body: text };
  }

  refusal({ status, code, message, more }: GraphError): Answer {
    const date = new Date(this.now()).toISOString().slice(0, 19);
    const innerError = { date, 'request-id': this.id, 'client-request-id': this.clientId };
    return this.reply({ status, body: { error: { code, message, ...more.members, innerError } } }, more.headers ?? {});
  }
}
