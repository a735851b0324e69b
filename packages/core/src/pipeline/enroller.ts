import type { Enrolment, PlacementState } from '../ledger/placement-row.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { placementKey } from '../placement/placement-key.js';
import type { Run } from './run.js';

interface Candidate {
  readonly key: string;
  readonly row: number;
  readonly mailbox: Mailbox;
  readonly slot: string;
  /** How often it was taken back before. */
  readonly generation: number;
}

/** Enrols the placements of mailboxes, some at a time. */
export class Enroller {
  readonly #run: Run;
  readonly #slots: readonly [string, ...string[]];
  #chunk: Candidate[] = [];

  constructor(run: Run) {
    this.#run = run;
    this.#slots = run.verb.slots(run.manifest);
  }

  /** How many placements are collected. */
  get size(): number {
    return this.#chunk.length;
  }

  /** The key of a mailbox's placement in the first slot, by which the mailbox is known again. */
  firstKey(mailbox: Mailbox): string {
    return placementKey(this.#run.runId, this.#slots[0], mailbox);
  }

  add(row: number, mailbox: Mailbox, firstKey: string): void {
    const { runId } = this.#run;
    for (const [index, slot] of this.#slots.entries()) {
      const key = index === 0 ? firstKey : placementKey(runId, slot, mailbox);
      this.#chunk.push({ key, row, mailbox, slot, generation: 0 });
    }
  }

  /** What was collected and not enrolled is forgotten. */
  drop(): void {
    this.#chunk = [];
  }

  /** Enrols what was collected. @returns how many placements are now there to be worked on */
  async flush(): Promise<number> {
    let open = 0;
    for (let chunk = this.#take(); chunk.length > 0;) {
      const states = await this.#enrol(chunk);
      open += states.filter((state) => state === 'waiting').length;
      // What was taken back is placed under a new key: the calendars of attendees know the old one as cancelled.
      chunk = chunk.filter((_one, index) => states[index] === 'removed').map((one) => this.#again(one));
    }
    return open;
  }

  #again({ row, mailbox, slot, generation }: Candidate): Candidate {
    const next = generation + 1;
    return { key: placementKey(this.#run.runId, slot, mailbox, next), row, mailbox, slot, generation: next };
  }

  #take(): readonly Candidate[] {
    const chunk = this.#chunk;
    this.#chunk = [];
    return chunk;
  }

  async #enrol(chunk: readonly Candidate[]): Promise<readonly PlacementState[]> {
    const { runId, verb, parts, isContinued } = this.#run;
    const { task } = verb;
    const enrolments = chunk.map(({ key, row, mailbox, slot }): Enrolment => ({
      key,
      row,
      mailbox,
      slot,
      ...(task === 'place' ? {} : { task }),
    }));
    const states = await parts.ledger.enrol(runId, enrolments);
    if (task === 'place' || !isContinued) return states;
    await parts.ledger.assign(runId, task, { keys: enrolments.map(({ key }) => key) });
    return states;
  }
}
