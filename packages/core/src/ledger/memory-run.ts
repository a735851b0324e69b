import { DueQueue } from './due-queue.js';
import { keptReceipt } from './kept-receipt.js';
import { MemoryPlacement } from './memory-placement.js';
import type { Enrolment, PlacementRow, PlacementState, Task } from './placement-row.js';
import type { Assignees, Claim, Claims, LedgerOwner, Mark, RowFilter, SettledCounts } from './run-ledger.js';
import type { ManifestChange, RunManifest } from './run-manifest.js';

/** One run in the ledger in memory. */
export class MemoryRun {
  holder: LedgerOwner | undefined;
  readonly #keepSettled: boolean;
  #manifest: RunManifest;
  readonly #placements = new Map<string, MemoryPlacement>();
  /** Only where a row can have several. */
  #byRow: Map<number, MemoryPlacement[]> | undefined;
  readonly #open = new DueQueue<MemoryPlacement>();
  /** What each owner has claimed, in the order in which the leases end. */
  readonly #leased = new Map<string, DueQueue<MemoryPlacement>>();
  #enrolled = 0;

  constructor(manifest: RunManifest, keepSettled: boolean) {
    this.#manifest = manifest;
    this.#keepSettled = keepSettled;
    this.#byRow = manifest.slots.length > 1 ? new Map() : undefined;
  }

  get manifest(): RunManifest {
    return this.#manifest;
  }

  amend(change: ManifestChange): void {
    this.#manifest = { ...this.#manifest, ...change };
    if (this.#byRow !== undefined || this.#manifest.slots.length < 2) return;
    this.#byRow = new Map();
    for (const placement of this.#placements.values()) this.#addToRow(placement);
  }

  enrol(enrolment: Enrolment, now: number): PlacementState {
    const known = this.#placements.get(enrolment.key);
    if (known !== undefined) return known.state;
    const placement = new MemoryPlacement(enrolment, this.#enrolled, now);
    this.#enrolled += 1;
    this.#placements.set(enrolment.key, placement);
    this.#addToRow(placement);
    this.#open.add(placement);
    return 'waiting';
  }

  claim(owner: LedgerOwner, limit: number, leaseMs: number, now: number): Claims {
    this.#endLeases(now);
    const leased = this.#leased.get(owner.id) ?? new DueQueue<MemoryPlacement>();
    this.#leased.set(owner.id, leased);
    const claims: Claim[] = [];
    while (claims.length < limit) {
      const { first } = this.#open;
      if (first === undefined || first.dueAt > now) break;
      for (const placement of this.#dueInRow(first, now)) {
        const before = placement.state;
        this.#open.remove(placement);
        placement.claim(now, leaseMs);
        leased.add(placement);
        claims.push({ placement: placement.toRow(), before, fence: placement.fence });
      }
    }
    const nextDueAt = this.#nextDueAt(leased);
    return nextDueAt === undefined ? { claims } : { claims, nextDueAt };
  }

  /** @returns false when the fence is stale */
  mark(mark: Mark): boolean {
    const placement = this.#placements.get(mark.key);
    if (placement === undefined || placement.state !== 'claimed' || placement.fence !== mark.fence) return false;
    placement.queue?.remove(placement);
    placement.mark(
      this.#keepSettled && mark.receipt !== undefined ? { ...mark, receipt: keptReceipt(mark.receipt) } : mark,
    );
    if (mark.dueAt !== undefined) this.#makeDue(placement, mark.dueAt);
    else this.#forgetUnlessKept(placement);
    return true;
  }

  reopen(states: readonly PlacementState[], task: Task, now: number): number {
    let reopened = 0;
    for (const placement of this.#placements.values()) {
      if (placement.queue !== undefined || placement.task !== task || !states.includes(placement.state)) continue;
      this.#makeDue(placement, now);
      reopened += 1;
    }
    return reopened;
  }

  assign(task: Task, assignees: Assignees, now: number): number {
    let assigned = 0;
    for (const placement of this.#assigned(assignees)) {
      const { queue, dueAt } = placement;
      queue?.remove(placement);
      if (placement.mayBeThere) {
        placement.assign(task);
        // Nobody's claim any more, but not due before its lease has ended.
        this.#makeDue(placement, queue === undefined ? now : dueAt);
        assigned += 1;
      } else this.#forgetUnlessKept(placement);
    }
    return assigned;
  }

  settled(): SettledCounts {
    const counts = { waiting: 0, deferred: 0, unknown: 0, rejected: 0, done: 0, removed: 0 };
    for (const { queue, state } of this.#placements.values()) {
      if (queue === undefined && state !== 'claimed') counts[state] += 1;
    }
    return counts;
  }

  *rows({ states }: RowFilter): Generator<PlacementRow> {
    const inOrder = [...this.#placements.values()].sort((one, other) => one.row - other.row || one.order - other.order);
    for (const placement of inOrder) {
      if (states === undefined || states.includes(placement.state)) yield placement.toRow();
    }
  }

  *#assigned({ slots, keys }: Assignees): Generator<MemoryPlacement> {
    for (const key of keys === undefined ? this.#placements.keys() : new Set(keys)) {
      const placement = this.#placements.get(key);
      if (placement === undefined) continue;
      if (slots === undefined || slots.includes(placement.enrolment.slot)) yield placement;
    }
  }

  #addToRow(placement: MemoryPlacement): void {
    const inRow = this.#byRow?.get(placement.row);
    if (inRow === undefined) this.#byRow?.set(placement.row, [placement]);
    else inRow.push(placement);
  }

  #makeDue(placement: MemoryPlacement, dueAt: number): void {
    placement.dueAt = dueAt;
    this.#open.add(placement);
  }

  #endLeases(now: number): void {
    for (const [id, leased] of this.#leased) {
      for (let { first } = leased; first !== undefined && first.dueAt <= now; { first } = leased) {
        leased.remove(first);
        this.#open.add(first);
      }
      if (leased.first === undefined) this.#leased.delete(id);
    }
  }

  #dueInRow(placement: MemoryPlacement, now: number): readonly MemoryPlacement[] {
    const inRow = this.#byRow?.get(placement.row);
    if (inRow === undefined || inRow.length === 1) return [placement];
    return inRow.filter(({ queue, dueAt }) => queue === placement.queue && dueAt <= now);
  }

  #nextDueAt(own: DueQueue<MemoryPlacement>): number | undefined {
    let next = this.#open.first?.dueAt;
    for (const leased of this.#leased.values()) {
      const dueAt = leased === own ? undefined : leased.first?.dueAt;
      if (dueAt !== undefined && (next === undefined || dueAt < next)) next = dueAt;
    }
    return next;
  }

  /** What is held back waits to be asked for. */
  #forgetUnlessKept(placement: MemoryPlacement): void {
    if (this.#keepSettled || placement.state === 'waiting') return;
    this.#placements.delete(placement.enrolment.key);
    const inRow = this.#byRow?.get(placement.row);
    if (inRow === undefined) return;
    inRow.splice(inRow.indexOf(placement), 1);
    if (inRow.length === 0) this.#byRow?.delete(placement.row);
  }
}
