/**
 * The mailboxes that a service account may impersonate: what `-CustomRecipientWriteScope` is to a management role
 * assignment. Patterns are addresses with `*` for any run of characters; one with `!` before it takes away, whatever
 * the order.
 */
export class Scope {
  private readonly allowed: RegExp[] = [];
  private readonly denied: RegExp[] = [];

  constructor(patterns: readonly string[]) {
    for (const pattern of patterns) {
      if (pattern.startsWith('!')) this.denied.push(glob(pattern.slice(1)));
      else this.allowed.push(glob(pattern));
    }
  }

  includes(address: string): boolean {
    return (
      this.allowed.some((pattern) => pattern.test(address)) && !this.denied.some((pattern) => pattern.test(address))
    );
  }
}

function glob(pattern: string): RegExp {
  const parts = pattern.split(/\*+/).map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^]*?')}$`, 'i');
}
