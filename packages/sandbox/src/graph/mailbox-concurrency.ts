import { GraphError } from './graph-error.js';

/** Documented: so many requests of one application at once, for one mailbox. */
const MOST = 4;

/** Requests that are under way, by application and mailbox. */
export class MailboxConcurrency {
  private readonly underWay = new Map<string, number>();

  /** @returns what ends it @throws GraphError ApplicationThrottled */
  enter(clientId: string, mailbox: string): () => void {
    const key = `${clientId.toLowerCase()}\0${mailbox}`;
    const count = this.underWay.get(key) ?? 0;
    if (count >= MOST) throw overConcurrency();
    this.underWay.set(key, count + 1);
    return () => {
      const left = (this.underWay.get(key) ?? 1) - 1;
      if (left === 0) this.underWay.delete(key);
      else this.underWay.set(key, left);
    };
  }
}

export function overConcurrency(): GraphError {
  return throttled('Application is over its MailboxConcurrency limit.', 1);
}

/** @param seconds what Retry-After says; it may have a fraction */
export function throttled(message: string, seconds: number): GraphError {
  return new GraphError(429, 'ApplicationThrottled', message, { headers: { 'retry-after': String(seconds) } });
}
