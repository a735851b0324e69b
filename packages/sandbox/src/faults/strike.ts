import type { Answer } from '../http/answer.js';
import type { Outbox } from '../mail/outbox.js';
import type { Budgets } from './budget.js';
import { type Draw, sample } from './draw.js';
import type { FaultAnswers } from './fault-answers.js';
import type { BusyFault, ErrorFault, FaultRule, ResetFault, SilenceFault, StatusFault, Storing } from './fault-rule.js';
import type { RuleMatch, Subject } from './rule-match.js';
import type { Timers } from './timers.js';
import type { Turns } from './turns.js';

/** A rule at work. */
export interface Rule {
  readonly rule: FaultRule;
  readonly name: string;
  readonly match: RuleMatch;
  readonly budgets: Budgets | undefined;
  readonly turns: Turns | undefined;
}

/** A request on its way through the rules. */
export interface Passage {
  readonly answers: FaultAnswers;
  readonly subject: Subject;
  readonly isStored: boolean;
  /** Carries the request out, once, however often it is called. */
  store(mailFails?: boolean): Answer;
  /** Logs that a rule has struck. */
  note(rule: Rule): void;
}

/** An answer, a delay, or a turn to wait for. */
export type Effect =
  | { readonly answer: Answer }
  | { readonly waitMs: number }
  | { readonly turn: Promise<void>; readonly leave: () => void };

/** What the rules need of the server around them. */
export interface Surroundings {
  readonly seed: number;
  readonly timers: Timers;
  readonly outbox: Outbox;
  /** Requests at once, this one included: of an account, or of all. */
  inFlight(account: string | undefined): number;
}

/** What a rule does to a request; undefined if nothing after all. */
export function strike(rule: Rule, draw: Draw, passage: Passage, around: Surroundings): Effect | undefined {
  const fault: FaultRule = rule.rule;
  switch (fault.fault) {
    case 'latency':
      if (fault.stored === 'before') passage.store();
      return { waitMs: sample(fault.ms, draw) };
    case 'throttle':
      return throttle(rule, passage);
    case 'queue':
      return queue(rule, passage);
    case 'concurrency': {
      const account = fault.per === 'server' ? undefined : passage.subject.account;
      return around.inFlight(account) > fault.limit ? { answer: passage.answers.tooManyAtOnce() } : undefined;
    }
    case 'invitationsFailed': {
      const answer = passage.store(true);
      return { answer: fault.code === undefined ? answer : passage.answers.error({ code: fault.code }) };
    }
    case 'error':
      if (fault.part !== undefined) return strikePart(fault, draw, passage, around);
      return refuse(fault, draw, passage, around);
    case 'close':
      return { answer: { ...passage.store(), delivery: 'close' } };
    case 'cut':
      return { answer: { ...passage.store(), delivery: { cutAt: fault.at ?? 0.5 } } };
    default:
      return refuse(fault, draw, passage, around);
  }
}

type Refusal = BusyFault | ErrorFault | StatusFault | ResetFault | SilenceFault;

function refuse(fault: Refusal, draw: Draw, passage: Passage, around: Surroundings): Effect {
  carryOut(fault, draw, () => passage.store(), around);
  return { answer: answerOf(fault, passage.answers) };
}

/** What has been stored for an earlier rule cannot fail in part any more. */
function strikePart(fault: ErrorFault, draw: Draw, passage: Passage, around: Surroundings): Effect | undefined {
  if (passage.isStored) return undefined;
  const answer = passage.answers.failOnePart(fault, (act) => carryOut(fault, draw, act, around));
  return answer === undefined ? undefined : { answer };
}

/** Carries out now, later or never. */
function carryOut(fault: Storing, draw: Draw, act: () => void, { timers }: Surroundings): void {
  if (fault.stored === 'before') act();
  if (fault.stored === 'late') timers.later(sample(fault.lateMs ?? 1000, draw), act);
}

function queue({ turns, match }: Rule, { subject }: Passage): Effect | undefined {
  if (turns === undefined) return undefined;
  const key = match.scopeOf(subject);
  return { turn: turns.take(key), leave: () => turns.leave(key) };
}

function throttle({ budgets, match }: Rule, { answers, subject }: Passage): Effect | undefined {
  const grant = budgets?.take(match.scopeOf(subject), performance.now());
  if (grant === undefined) return undefined;
  if ('refusedForMs' in grant) return { answer: answers.throttled(grant.refusedForMs) };
  return grant.delayMs > 0 ? { waitMs: grant.delayMs } : undefined;
}

function answerOf(fault: Refusal, answers: FaultAnswers): Answer {
  switch (fault.fault) {
    case 'busy':
      return answers.busy(fault);
    case 'error':
      return answers.error(fault);
    case 'status':
      return answers.status(fault);
    default:
      return { status: 500, headers: {}, body: '', delivery: fault.fault };
  }
}
