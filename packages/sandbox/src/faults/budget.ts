import type { ThrottleFault } from './fault-rule.js';

interface Balance {
  requests: number;
  /** Milliseconds of `performance.now()`. */
  at: number;
}

/** What a request gets from a budget. */
export type Grant = { readonly delayMs: number } | { readonly refusedForMs: number };

/** Budgets by key, each with its own balance, as Exchange keeps one for every mailbox and every service account. */
export class Budgets {
  private readonly balances = new Map<string, Balance>();

  constructor(private readonly rule: ThrottleFault) {}

  /** Takes one request out of a budget. A refused one costs nothing. */
  take(key: string, now: number): Grant {
    const { burst, perSecond, maxDelayMs = 0 } = this.rule;
    const balance = this.balances.get(key) ?? { requests: burst, at: now };
    this.balances.set(key, balance);
    balance.requests = Math.min(burst, balance.requests + ((now - balance.at) * perSecond) / 1000);
    balance.at = now;
    const delayMs = Math.max(0, ((1 - balance.requests) * 1000) / perSecond);
    if (delayMs > maxDelayMs) return { refusedForMs: this.rule.backOffMs ?? Math.ceil(delayMs - maxDelayMs) };
    balance.requests -= 1;
    return { delayMs };
  }
}
