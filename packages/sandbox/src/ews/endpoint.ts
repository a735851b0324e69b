import type { CalendarStore } from '../calendar/calendar-store.js';
import type { Directory } from '../directory/directory.js';
import type { ServiceAccount } from '../directory/service-account.js';
import type { Answer } from '../http/answer.js';
import type { LoggedRequest } from '../log/request-log.js';
import type { Meetings } from '../meetings/meetings.js';
import type { Call } from './call.js';
import { findCaller } from './caller.js';
import { SoapFault, faultEnvelope } from './fault.js';
import { readEnvelope } from './request.js';
import { operations } from './operations/operations.js';
import { envelope } from './response.js';
import type { XmlElement } from './xml-element.js';

/**
 * The seam for faults on demand. It is asked when everything is known about a call (who asks, as whom, which
 * operation) and nothing has been stored. It may answer by itself, wait, call `proceed` (which stores, and gives the
 * answer; all of the request, or the one that it is given) at once or later, and change or withhold the answer. Requests that Exchange would refuse unseen (no
 * credentials, not well-formed, not as the grammar says, no right to impersonate) do not get here.
 */
export type Interceptor = (call: Call, proceed: Proceed, request: XmlElement) => Answer | Promise<Answer>;

/** Carries a request out. @param body in its stead, with fewer parts */
export type Proceed = (body?: XmlElement) => Answer;

const XML = { 'content-type': 'text/xml; charset=utf-8' };

/** EWS: takes the XML of a request, gives the XML of an answer. Knows nothing of sockets. */
export class EwsEndpoint {
  /** Replaced by whoever makes faults; by default every call proceeds. */
  intercept: Interceptor | undefined = undefined;

  constructor(
    private readonly directory: Directory,
    private readonly store: CalendarStore,
    private readonly now: () => number,
    private readonly meetings: Meetings,
  ) {}

  /** One request, from an account that has signed in. */
  answer(source: string, account: ServiceAccount, log: LoggedRequest): Answer | Promise<Answer> {
    try {
      const request = readEnvelope(source);
      const operation = operations.get(request.operation);
      if (operation === undefined) throw new SoapFault('ErrorInvalidRequest', 'The request is invalid.');
      log.operation = request.operation;
      const call: Call = {
        operation: request.operation,
        account,
        mailbox: findCaller(request.impersonation, account, this.directory),
        impersonates: request.impersonation !== undefined,
        store: this.store,
        directory: this.directory,
        zone: request.zone,
        version: request.version,
        now: this.now,
        meetings: this.meetings,
        log,
      };
      log.mailbox = call.mailbox?.address;
      const proceed: Proceed = (body = request.body) => {
        this.store.cause = log.number;
        const answer = guard(() => ok(envelope(call.operation, operation(body, call))));
        this.store.cause = undefined;
        return answer;
      };
      return this.intercept === undefined ? proceed() : this.intercept(call, proceed, request.body);
    } catch (error) {
      return refusal(error);
    }
  }
}

function ok(body: string): Answer {
  return { status: 200, headers: XML, body };
}

function guard(act: () => Answer): Answer {
  try {
    return act();
  } catch (error) {
    return refusal(error);
  }
}

/** SOAP faults travel with HTTP 500. A defect of the sandbox is one of Exchange's internal errors to the client. */
function refusal(error: unknown): Answer {
  if (error instanceof SoapFault) return { status: 500, headers: XML, body: faultEnvelope(error) };
  process.emitWarning(error instanceof Error ? error : String(error));
  const fault = new SoapFault('ErrorInternalServerError', 'An internal server error occurred. The operation failed.');
  return { status: 500, headers: XML, body: faultEnvelope(fault) };
}
