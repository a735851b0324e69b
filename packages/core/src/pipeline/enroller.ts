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

interface Listed {
  readonly row: number;
  readonly mailbox: Mailbox;
  readonly firstKey: string;
}

/** Enrols the placements of mailboxes, some at a time. */
export class Enroller {
  readonly #run: Run;
  readonly #slots: readonly [string, ...string[]];
  #listed: Listed[] = [];
  /** Those before it are enrolled. */
  #next = 0;

  constructor(run: Run) {
    this.#run = run;
    this.#slots = run.verb.slots(run.manifest);
  }

  /** How many placements are collected. */
  get size(): number {
    return (this.#listed.length - this.#next) * this.#slots.length;
  }

  /** The key of a mailbox's placement in the first slot, by which the mailbox is known again. */
  firstKey(mailbox: Mailbox): string {
    return placementKey(this.#run.runId, this.#slots[0], mailbox);
  }

  add(row: number, mailbox: Mailbox, firstKey: string): void {
    this.#listed.push({ row, mailbox, firstKey });
  }

  /** What was collected and not enrolled is forgotten. */
  drop(): void {
    this.#listed = [];
    this.#next = 0;
  }

  /** Enrols the first mailboxes of what was collected. @returns how many placements are now there to be worked on */
  async flush(mailboxes: number): Promise<number> {
    let open = 0;
    for (let chunk = this.#take(mailboxes); chunk.length > 0;) {
      const states = await this.#enrol(chunk);
      open += states.filter((state) => state === 'waiting').length;
      if (this.#run.verb.name === 'run') return open;
      // What was taken back has a new key when it is placed anew: the calendars of attendees know the old UID as cancelled.
      chunk = chunk.filter((_one, index) => states[index] === 'removed').map((one) => this.#again(one));
    }
    return open;
  }

  #again({ row, mailbox, slot, generation }: Candidate): Candidate {
    const next = generation + 1;
    return { key: placementKey(this.#run.runId, slot, mailbox, next), row, mailbox, slot, generation: next };
  }

  #take(mailboxes: number): readonly Candidate[] {
    const listed = this.#listed.slice(this.#next, this.#next + mailboxes);
    this.#next += listed.length;
    if (this.#next >= this.#listed.length) this.drop();
    const candidates: Candidate[] = [];
    for (const one of listed) this.#addCandidates(one, candidates);
    return candidates;
  }

  #addCandidates({ row, mailbox, firstKey }: Listed, candidates: Candidate[]): void {
    let key = firstKey;
    for (const slot of this.#slots) {
      if (slot !== this.#slots[0]) key = placementKey(this.#run.runId, slot, mailbox);
      candidates.push({ key, row, mailbox, slot, generation: 0 });
    }
  }

  async #enrol(chunk: readonly Candidate[]): Promise<readonly PlacementState[]> {
    const { runId, verb, parts, isContinued } = this.#run;
    const { task } = verb;
    const enrolments = chunk.map(({ key, row, mailbox, slot }): Enrolment =>
      task === 'place' ? { key, row, mailbox, slot } : { key, row, mailbox, slot, task },
    );
    // First those that are there: those that are enrolled only now have the task already.
    if (task !== 'place' && isContinued) {
      await parts.ledger.assign(runId, task, { keys: enrolments.map(({ key }) => key) });
    }
    return parts.ledger.enrol(runId, enrolments);
  }
}
