import type { Proceed } from '../ews/endpoint.js';
import type { Answer } from '../http/answer.js';
import { type Asked, busyAnswer, errorAnswer, statusAnswer, tooManyConnections } from './fault-answer.js';
import type { FaultAnswers } from './fault-answers.js';
import { failOnePart } from './fault-in-batch.js';
import type { BusyFault, ErrorFault, StatusFault } from './fault-rule.js';

/** EWS's words for what faults answer. */
export class EwsFaultAnswers implements FaultAnswers {
  constructor(
    private readonly asked: Asked,
    private readonly proceed: Proceed,
  ) {}

  busy(rule: Omit<BusyFault, 'fault'>): Answer {
    return busyAnswer(rule, this.asked);
  }

  throttled(backOffMs: number): Answer {
    return busyAnswer({ backOffMs }, this.asked);
  }

  error(rule: Omit<ErrorFault, 'fault'>): Answer {
    return errorAnswer(rule, this.asked);
  }

  status(rule: StatusFault): Answer {
    return statusAnswer(rule);
  }

  tooManyAtOnce(): Answer {
    return tooManyConnections();
  }

  failOnePart(rule: ErrorFault, fail: (carryOut: () => void) => void): Answer | undefined {
    return failOnePart(rule, this.asked, this.proceed, (part) => fail(() => this.proceed(part)));
  }
}
