/** What a server throttles together: an identity, a host, a mailbox. */
export interface Lane {
  /** Stable and unique within a run: `ews:mailbox:alfred@contoso.com`. */
  readonly id: string;
  /** The most requests in flight on this lane. */
  readonly maxInFlight?: number;
}

/** How a request went, told to the pacer when its permit is given back. */
export interface Feedback {
  /** From sending to the end of the response, in milliseconds. */
  readonly latencyMs: number;
  /** The server asked for less. `lane` must be quiet for `ms`. */
  readonly pause?: { readonly lane: string; readonly ms: number };
}

/** Leave to send one request. Give it back once. */
export interface Permit {
  release(feedback: Feedback): void;
}

/** Decides, lane by lane, how many requests may be in flight and when to wait. */
export interface Pacer {
  /**
   * Resolves when a request on all these lanes may be sent.
   * @throws the signal's reason when it is aborted first
   */
  acquire(lanes: readonly Lane[], signal: AbortSignal): Promise<Permit>;
}
