import type { Call } from '../ews/call.js';
import type { Proceed } from '../ews/endpoint.js';
import type { XmlElement } from '../ews/xml-element.js';
import type { Answer } from '../http/answer.js';
import { Budgets } from './budget.js';
import type { Draw } from './draw.js';
import type { FaultRule } from './fault-rule.js';
import { type Passage, type Rule, type Surroundings, strike } from './strike.js';
import { RuleMatch, type Subject } from './rule-match.js';
import { Turns } from './turns.js';

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
  intercept(call: Call, proceed: Proceed, body: XmlElement): Answer | Promise<Answer> {
    const { rules } = this;
    if (rules.length === 0) return proceed();
    const subject = { operation: call.operation, mailbox: call.mailbox?.address ?? '', account: call.account.user };
    for (const [index, rule] of rules.entries()) {
      const draw = rule.match.try(subject);
      if (draw !== undefined) return this.pass(this.passage(call, subject, proceed, body), rules.slice(index), draw);
    }
    return proceed();
  }

  private passage(call: Call, subject: Subject, proceed: Proceed, body: XmlElement): Passage {
    let stored: Answer | undefined;
    const { outbox } = this.surroundings;
    return {
      asked: { operation: call.operation, body },
      subject,
      proceed,
      get isStored() {
        return stored !== undefined;
      },
      store: (mailFails = false) => (stored ??= mailFails ? outbox.failing(proceed) : proceed()),
      note: (rule) => call.log.struck(rule.name),
    };
  }

  /** @param rules those that are left: the first has struck, with `first` as its chance */
  private async pass(passage: Passage, rules: readonly Rule[], first: Draw): Promise<Answer> {
    const leaving: (() => void)[] = [];
    try {
      for (const [index, rule] of rules.entries()) {
        const draw = index === 0 ? first : rule.match.try(passage.subject);
        if (draw === undefined) continue;
        const effect = strike(rule, draw, passage, this.surroundings);
        if (effect === undefined) continue;
        passage.note(rule);
        if ('answer' in effect) return effect.answer;
        if ('turn' in effect) {
          await effect.turn;
          leaving.push(effect.leave);
        } else await this.surroundings.timers.wait(effect.waitMs);
      }
      return passage.store();
    } finally {
      for (const leave of leaving) leave();
    }
  }

  private prepare(rule: FaultRule): Rule {
    this.added += 1;
    return {
      rule,
      name: rule.name ?? rule.fault,
      match: new RuleMatch(rule, this.surroundings.seed, rule.name ?? `#${this.added}`, isChancy(rule)),
      budgets: rule.fault === 'throttle' ? new Budgets(rule) : undefined,
      turns: rule.fault === 'queue' ? new Turns(rule.workers) : undefined,
    };
  }
}

function isChancy(rule: FaultRule): boolean {
  const delay = 'ms' in rule ? rule.ms : 'lateMs' in rule ? rule.lateMs : undefined;
  return typeof delay === 'object' || (rule.probability !== undefined && rule.probability < 1);
}
