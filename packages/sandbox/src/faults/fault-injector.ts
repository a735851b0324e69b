import type { Call } from '../ews/call.js';
import type { Answer } from '../ews/endpoint.js';
import type { XmlElement } from '../ews/xml-element.js';
import type { Outbox } from '../mail/outbox.js';
import { Budgets } from './budget.js';
import { type Draw, sample } from './draw.js';
import { type Asked, busyAnswer, errorAnswer, statusAnswer, tooManyConnections } from './fault-answer.js';
import type { BusyFault, ErrorFault, FaultRule, ResetFault, SilenceFault, StatusFault } from './fault-rule.js';
import { Strikes, type Subject } from './strikes.js';
import type { Timers } from './timers.js';

interface Rule {
  readonly rule: FaultRule;
  readonly name: string;
  readonly strikes: Strikes;
  readonly budgets: Budgets | undefined;
}

/** A request on its way through the rules. */
interface Passage {
  readonly asked: Asked;
  readonly subject: Subject;
  /** Carries the request out, once, however often it is called. */
  store(mailFails?: boolean): Answer;
  /** Logs that a rule has struck. */
  note(rule: Rule): void;
}

type Effect = { readonly answer: Answer } | { readonly waitMs: number };

/** What the rules need of the server around them. */
export interface Surroundings {
  readonly seed: number;
  readonly timers: Timers;
  readonly outbox: Outbox;
  /** Requests at once, this one included: of an account, or of all. */
  inFlight(account: string | undefined): number;
}

/** Puts faults between requests and their answers, as a list of rules says. */
export class FaultInjector {
  private rules: readonly Rule[] = [];
  private added = 0;

  constructor(private readonly surroundings: Surroundings) {}

  list(): readonly FaultRule[] {
    return this.rules.map(({ rule }) => rule);
  }

  /** Replaces all rules; the new ones begin to count at nothing. */
  set(rules: readonly FaultRule[]): void {
    this.added = 0;
    this.rules = rules.map((rule) => this.prepare(rule));
  }

  /** Adds a rule after the others, which go on counting. */
  add(rule: FaultRule): void {
    this.rules = [...this.rules, this.prepare(rule)];
  }

  /** @returns how many rules of that name there were */
  remove(name: string): number {
    const kept = this.rules.filter((rule) => rule.name !== name);
    const removed = this.rules.length - kept.length;
    this.rules = kept;
    return removed;
  }

  /** See `Interceptor`. Answers at once where no rule strikes. */
  intercept(call: Call, proceed: () => Answer, body: XmlElement): Answer | Promise<Answer> {
    const { rules } = this;
    if (rules.length === 0) return proceed();
    const subject = { operation: call.operation, mailbox: call.mailbox?.address ?? '', account: call.account.user };
    for (const [index, rule] of rules.entries()) {
      const draw = rule.strikes.try(subject);
      if (draw !== undefined) return this.pass(this.passage(call, subject, proceed, body), rules.slice(index), draw);
    }
    return proceed();
  }

  private passage(call: Call, subject: Subject, proceed: () => Answer, body: XmlElement): Passage {
    let stored: Answer | undefined;
    const { outbox } = this.surroundings;
    return {
      asked: { operation: call.operation, body },
      subject,
      store: (mailFails = false) => (stored ??= mailFails ? outbox.failing(proceed) : proceed()),
      note: (rule) => call.log.struck(rule.name),
    };
  }

  /** @param rules those that are left: the first has struck, with `first` as its chance */
  private async pass(passage: Passage, rules: readonly Rule[], first: Draw): Promise<Answer> {
    for (const [index, rule] of rules.entries()) {
      const draw = index === 0 ? first : rule.strikes.try(passage.subject);
      if (draw === undefined) continue;
      const effect = strike(rule, draw, passage, this.surroundings);
      if (effect === undefined) continue;
      passage.note(rule);
      if ('answer' in effect) return effect.answer;
      await this.surroundings.timers.wait(effect.waitMs);
    }
    return passage.store();
  }

  private prepare(rule: FaultRule): Rule {
    this.added += 1;
    return {
      rule,
      name: rule.name ?? rule.fault,
      strikes: new Strikes(rule, this.surroundings.seed, rule.name ?? `#${this.added}`),
      budgets: rule.fault === 'throttle' ? new Budgets(rule) : undefined,
    };
  }
}

/** What a rule does to a request; undefined if nothing after all. */
function strike(rule: Rule, draw: Draw, passage: Passage, around: Surroundings): Effect | undefined {
  const fault: FaultRule = rule.rule;
  switch (fault.fault) {
    case 'latency':
      if (fault.stored === 'before') passage.store();
      return { waitMs: sample(fault.ms, draw) };
    case 'throttle':
      return throttle(rule, passage);
    case 'concurrency': {
      const account = fault.per === 'server' ? undefined : passage.subject.account;
      return around.inFlight(account) > fault.limit ? { answer: tooManyConnections() } : undefined;
    }
    case 'invitationsFailed': {
      const answer = passage.store(true);
      return { answer: fault.code === undefined ? answer : errorAnswer({ code: fault.code }, passage.asked) };
    }
    case 'cut':
      return { answer: { ...passage.store(), delivery: { cutAt: fault.at ?? 0.5 } } };
    default:
      if (fault.stored === 'before') passage.store();
      if (fault.stored === 'late') around.timers.later(sample(fault.lateMs ?? 1000, draw), () => passage.store());
      return { answer: answerOf(fault, passage.asked) };
  }
}

function throttle({ budgets, strikes }: Rule, { asked, subject }: Passage): Effect | undefined {
  const grant = budgets?.take(strikes.scopeOf(subject), performance.now());
  if (grant === undefined) return undefined;
  if ('refusedForMs' in grant) return { answer: busyAnswer({ backOffMs: grant.refusedForMs }, asked) };
  return grant.delayMs > 0 ? { waitMs: grant.delayMs } : undefined;
}

function answerOf(fault: BusyFault | ErrorFault | StatusFault | ResetFault | SilenceFault, asked: Asked): Answer {
  switch (fault.fault) {
    case 'busy':
      return busyAnswer(fault, asked);
    case 'error':
      return errorAnswer(fault, asked);
    case 'status':
      return statusAnswer(fault);
    default:
      return { status: 500, headers: {}, body: '', delivery: fault.fault };
  }
}
