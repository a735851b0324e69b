interface Line {
  working: number;
  readonly waiting: (() => void)[];
}

/** Workers by key: so many requests are worked on at once, the others wait in line. */
export class Turns {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly workers: number) {}

  /** Resolves when it is one's turn. Whoever has had a turn must {@link leave}. */
  async take(key: string): Promise<void> {
    const line = this.lines.get(key) ?? { working: 0, waiting: [] };
    this.lines.set(key, line);
    if (line.working < this.workers) line.working += 1;
    else await new Promise<void>((resolve) => line.waiting.push(resolve));
  }

  /** Lets the next one in. */
  leave(key: string): void {
    const line = this.lines.get(key);
    const next = line?.waiting.shift();
    if (next !== undefined) next();
    else if (line !== undefined) line.working -= 1;
  }
}
