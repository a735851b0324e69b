import type { FaultAnswers } from '../faults/fault-answers.js';
import type { BusyFault, ErrorFault, StatusFault } from '../faults/fault-rule.js';
import type { Answer } from '../http/answer.js';
import { GraphError } from './graph-error.js';
import { overConcurrency, throttled } from './mailbox-concurrency.js';
import type { Trace } from './trace.js';

const HTML =
  '<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h2>Service Unavailable</h2></body></html>';

/** Graph's words for what faults answer. */
export class GraphFaultAnswers implements FaultAnswers {
  constructor(private readonly trace: Trace) {}

  busy({ backOffMs, status = 429 }: Omit<BusyFault, 'fault'>): Answer {
    const headers = backOffMs === undefined ? {} : { 'retry-after': String(backOffMs / 1000) };
    return this.trace.refusal(new GraphError(status, 'TooManyRequests', 'Please retry again later.', { headers }));
  }

  throttled(backOffMs: number): Answer {
    return this.trace.refusal(throttled('Application is over its RequestCount limit.', backOffMs / 1000));
  }

  error({ code, message = 'The operation failed.', status = 500 }: Omit<ErrorFault, 'fault'>): Answer {
    return this.trace.refusal(new GraphError(status, code, message));
  }

  status({ status, retryAfter, body = 'empty' }: StatusFault): Answer {
    const headers: Record<string, string> = { ...this.trace.headers };
    if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
    if (status === 401) headers['www-authenticate'] = 'Bearer realm=""';
    const [type, text] = this.bodyOf(body);
    if (type !== undefined) headers['content-type'] = type;
    return { status, headers, body: text };
  }

  tooManyAtOnce(): Answer {
    return this.trace.refusal(overConcurrency());
  }

  /** A request is one part: those of a batch come here one by one. */
  failOnePart(rule: ErrorFault, fail: (carryOut: () => void) => void): Answer | undefined {
    if (rule.part !== 1) return undefined;
    fail(() => {});
    return this.error(rule);
  }

  private bodyOf(kind: NonNullable<StatusFault['body']>): [type: string | undefined, text: string] {
    if (kind === 'empty') return [undefined, ''];
    if (kind === 'html') return ['text/html; charset=utf-8', HTML];
    if (kind === 'text') return ['text/plain', 'The service is unavailable.'];
    const { headers, body } = this.trace.refusal(
      new GraphError(503, 'ServiceUnavailable', 'The service is unavailable.'),
    );
    return [String(headers['content-type']), body.slice(0, Math.floor(body.length / 2))];
  }
}
