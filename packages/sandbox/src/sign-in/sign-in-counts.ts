import type { Connection } from './connections.js';
import type { RefusalReason } from './refusal.js';

/** How clients have signed in to EWS and Autodiscover since the start or the last reset. */
export interface SignInSummary {
  /** Connections that have brought a request there. */
  readonly connections: number;
  /** Challenges of NTLM that were sent: one for each connection is what a good client needs. */
  readonly challenges: number;
  /** Connections that have been signed in by NTLM, counted anew for each time. */
  readonly signedIn: number;
  /** Requests that got 401, by reason: `noCredentials` and the challenges of NTLM are how every sign-in may begin. */
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
}

/** Counts how clients sign in. */
export class SignInCounts {
  private connections = new WeakSet<Connection>();
  private readonly refused = new Map<RefusalReason, number>();
  private readonly totals = { connections: 0, challenges: 0, signedIn: 0 };

  seen(connection: Connection): void {
    if (this.connections.has(connection)) return;
    this.connections.add(connection);
    this.totals.connections += 1;
  }

  challenged(): void {
    this.totals.challenges += 1;
  }

  signedIn(): void {
    this.totals.signedIn += 1;
  }

  turnedAway(reason: RefusalReason): void {
    this.refused.set(reason, (this.refused.get(reason) ?? 0) + 1);
  }

  summary(): SignInSummary {
    return { ...this.totals, refused: Object.fromEntries(this.refused) };
  }

  clear(): void {
    this.connections = new WeakSet();
    this.refused.clear();
    Object.assign(this.totals, { connections: 0, challenges: 0, signedIn: 0 });
  }
}
