/** What the sandbox takes for the current time. It can be set, and goes on from there. */
export class SandboxClock {
  private offset = 0;

  /** @param base what time it is where nobody sets it */
  constructor(private readonly base: () => Date) {}

  /** Milliseconds since 1970, UTC. */
  now(): number {
    return this.base().getTime() + this.offset;
  }

  set(time: number): void {
    this.offset = time - this.base().getTime();
  }

  advance(ms: number): void {
    this.offset += ms;
  }

  /** Back to the time that nobody has set. */
  reset(): void {
    this.offset = 0;
  }
}
