import type { Answer } from '../http/answer.js';
import type { BusyFault, ErrorFault, StatusFault } from './fault-rule.js';

/** What a request is answered by faults, in the words of its protocol. */
export interface FaultAnswers {
  busy(rule: Omit<BusyFault, 'fault'>): Answer;
  /** A budget is used up. */
  throttled(backOffMs: number): Answer;
  error(rule: Omit<ErrorFault, 'fault'>): Answer;
  status(rule: StatusFault): Answer;
  tooManyAtOnce(): Answer;
  /**
   * One part of a batch fails and its neighbours are carried out.
   * @param fail is given how the failing part is carried out, and decides whether and when it is
   * @returns undefined where the request has no such part
   */
  failOnePart(rule: ErrorFault, fail: (carryOut: () => void) => void): Answer | undefined;
}
