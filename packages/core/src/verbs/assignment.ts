import type { Task } from '../ledger/placement-row.js';
import type { Run } from '../pipeline/run.js';

const ASSIGNED_AT_ONCE = 500;

/** Gives placements a task, many at a time. */
export class Assignment {
  readonly #run: Run;
  readonly #task: Task;
  #keys: string[] = [];

  constructor(run: Run, task: Task) {
    this.#run = run;
    this.#task = task;
  }

  async add(key: string): Promise<void> {
    this.#keys.push(key);
    if (this.#keys.length >= ASSIGNED_AT_ONCE) await this.flush();
  }

  async flush(): Promise<void> {
    const { parts, runId } = this.#run;
    const keys = this.#keys;
    this.#keys = [];
    if (keys.length > 0) await parts.ledger.assign(runId, this.#task, { keys });
  }
}
