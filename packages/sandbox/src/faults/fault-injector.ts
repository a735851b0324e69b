import type { Answer } from '../http/answer.js';
import type { LoggedRequest } from '../log/request-log.js';
import { Budgets } from './budget.js';
import type { Draw } from './draw.js';
import type { FaultAnswers } from './fault-answers.js';
import type { FaultRule } from './fault-rule.js';
import { type Passage, type Rule, type Surroundings, strike } from './strike.js';
import { RuleMatch, type Subject } from './rule-match.js';
import { Turns } from './turns.js';

/** A request that everything is known about and nothing has been stored of, whatever its protocol. */
export interface Interceptable {
  readonly subject: Subject;
  readonly log: LoggedRequest;
  /** Carries it out, and gives the answer. */
  proceed(): Answer;
  /** Asked only where a rule strikes. */
  answers(): FaultAnswers;
}

/** Puts faults between requests and their answers, as a list of rules says. */
export class FaultInjector {
  /** All of them, and those that are not switched off. */
  private rules: readonly Rule[] = [];
  private active: readonly Rule[] = [];
  private added = 0;

  constructor(private readonly surroundings: Surroundings) {}

  list(): readonly FaultRule[] {
    return this.rules.map(({ rule }) => rule);
  }

  /** Replaces all rules; the new ones begin to count at nothing. */
  set(rules: readonly FaultRule[]): void {
    this.added = 0;
    this.keep(rules.map((rule) => this.prepare(rule)));
  }

  /** Adds a rule after the others, which go on counting. */
  add(rule: FaultRule): void {
    this.keep([...this.rules, this.prepare(rule)]);
  }

  /** @returns how many rules of that name there were */
  remove(name: string): number {
    const kept = this.rules.filter((rule) => rule.name !== name);
    const removed = this.rules.length - kept.length;
    this.keep(kept);
    return removed;
  }

  /** Removes the rule at a place in the list. @returns false if there is none */
  removeAt(index: number): boolean {
    const isThere = this.rules[index] !== undefined;
    this.keep(this.rules.filter((_, place) => place !== index));
    return isThere;
  }

  /** Switches the rule at a place in the list on or off. @returns false if there is none */
  switchAt(index: number, on: boolean): boolean {
    const switched = this.rules[index];
    if (switched === undefined) return false;
    const { off: _, ...rule } = switched.rule;
    const entry: Rule = { ...switched, rule: on ? rule : { ...rule, off: true } };
    this.keep(this.rules.with(index, entry));
    return true;
  }

  /** Answers at once where no rule strikes. */
  intercept(request: Interceptable): Answer | Promise<Answer> {
    const rules = this.active;
    if (rules.length === 0) return request.proceed();
    const { subject } = request;
    for (const [index, rule] of rules.entries()) {
      const draw = rule.match.try(subject);
      if (draw !== undefined) return this.pass(this.passage(request), rules.slice(index), draw);
    }
    return request.proceed();
  }

  private passage({ subject, log, proceed, answers }: Interceptable): Passage {
    let stored: Answer | undefined;
    const { outbox } = this.surroundings;
    return {
      answers: answers(),
      subject,
      get isStored() {
        return stored !== undefined;
      },
      store: (mailFails = false) => (stored ??= mailFails ? outbox.failing(proceed) : proceed()),
      note: (rule) => log.struck(rule.name),
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

  private keep(rules: readonly Rule[]): void {
    this.rules = rules;
    this.active = rules.filter(({ rule }) => rule.off !== true);
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
