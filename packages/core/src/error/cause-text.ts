/** What was thrown, in words. Never throws itself, whatever somebody threw: an object without a prototype, a revoked proxy. */
export function causeText(cause: unknown): string {
  try {
    return cause instanceof Error ? cause.message : String(cause);
  } catch {
    return 'something that cannot be put into words';
  }
}
