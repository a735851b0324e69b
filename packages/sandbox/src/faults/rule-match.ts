import { Scope } from '../directory/scope.js';
import { type Draw, drawFor } from './draw.js';
import type { Match } from './fault-rule.js';

/** What a rule looks at. */
export interface Subject {
  readonly operation: string;
  /** The primary address; empty for a request that is about no mailbox. */
  readonly mailbox: string;
  readonly account: string;
  readonly connection: number;
}

/** Decides whether a rule strikes a request, and counts the requests that get as far as this rule. */
export class RuleMatch {
  private readonly operations: readonly string[] | undefined;
  private readonly mailboxes: Scope | undefined;
  private readonly accounts: Scope | undefined;
  private readonly seen = new Map<string, number>();
  private readonly struck = new Map<string, number>();
  private readonly drawn = new Map<string, number>();

  constructor(
    private readonly match: Match,
    private readonly seed: number,
    private readonly key: string,
    /** The rule leaves something to chance; what does not is spared the counting per mailbox. */
    private readonly isChancy: boolean,
  ) {
    this.operations = match.operation === undefined ? undefined : listed(match.operation);
    this.mailboxes = match.mailbox === undefined ? undefined : new Scope(listed(match.mailbox));
    this.accounts = match.account === undefined ? undefined : new Scope(listed(match.account));
  }

  /** @returns the chance for the fault's own numbers; undefined if the rule does not strike */
  try(subject: Subject): Draw | undefined {
    if (!this.matches(subject)) return undefined;
    const { after = 0, first = Infinity, every = 1, times = Infinity, probability = 1 } = this.match;
    const scope = this.scopeOf(subject);
    const count = increment(this.seen, scope) - after;
    const draw = this.drawFor(subject);
    if (count < 1 || count > first || count % every !== 0) return undefined;
    if (probability < 1 && draw() >= probability) return undefined;
    return times === Infinity || increment(this.struck, scope) <= times ? draw : undefined;
  }

  /** What the rule counts by. */
  scopeOf({ mailbox, account, connection }: Subject): string {
    if (this.match.per === 'mailbox') return mailbox;
    if (this.match.per === 'connection') return String(connection);
    return this.match.per === 'account' ? account : '';
  }

  private matches({ operation, mailbox, account }: Subject): boolean {
    return (
      this.operations?.includes(operation) !== false &&
      this.mailboxes?.includes(mailbox) !== false &&
      this.accounts?.includes(account) !== false
    );
  }

  private drawFor({ mailbox, operation }: Subject): Draw {
    if (!this.isChancy) return never;
    const count = increment(this.drawn, `${mailbox}\0${operation}`);
    // Most rules never draw, and the digest behind it costs more than the rest of the decision.
    let draw: Draw | undefined;
    return () => {
      draw ??= drawFor(this.seed, this.key, mailbox, operation, count);
      return draw();
    };
  }
}

function never(): never {
  throw new Error('a rule that leaves nothing to chance has drawn a number');
}

function listed(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function increment(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}
