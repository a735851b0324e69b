import { DueQueue } from './due-queue.js';
import { MemoryPlacement } from './memory-placement.js';
import type { Enrolment, PlacementRow, PlacementState } from './placement-row.js';
import type { Claim, Claims, LedgerOwner, Mark, RowFilter } from './run-ledger.js';
import type { RunManifest } from './run-manifest.js';

/** One run in the ledger in memory. */
export class MemoryRun {
  manifest: RunManifest;
  holder: LedgerOwner | undefined;
  readonly #keepSettled: boolean;
  readonly #placements = new Map<string, MemoryPlacement>();
  /** Only where a row can have several. */
  readonly #byRow: Map<number, MemoryPlacement[]> | undefined;
  readonly #open = new DueQueue<MemoryPlacement>();
  /** What each owner has claimed, in the order in which the leases end. */
  readonly #leased = new Map<string, DueQueue<MemoryPlacement>>();
  #enrolled = 0;

  constructor(manifest: RunManifest, keepSettled: boolean) {
    this.manifest = manifest;
    this.#keepSettled = keepSettled;
    this.#byRow = manifest.slots.length > 1 ? new Map() : undefined;
  }

  enrol(enrolment: Enrolment, now: number): PlacementState {
    const known = this.#placements.get(enrolment.key);
    if (known !== undefined) return known.state;
    const placement = new MemoryPlacement(enrolment, this.#enrolled, now);
    this.#enrolled += 1;
    this.#placements.set(enrolment.key, placement);
    const inRow = this.#byRow?.get(enrolment.row);
    if (inRow === undefined) this.#byRow?.set(enrolment.row, [placement]);
    else inRow.push(placement);
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
    placement.mark(mark);
    if (mark.dueAt !== undefined) this.#makeDue(placement, mark.dueAt);
    else if (!this.#keepSettled) this.#forget(placement);
    return true;
  }

  reopen(states: readonly PlacementState[], now: number): number {
    let reopened = 0;
    for (const placement of this.#placements.values()) {
      if (placement.queue !== undefined || !states.includes(placement.state)) continue;
      this.#makeDue(placement, now);
      reopened += 1;
    }
    return reopened;
  }

  *rows({ states }: RowFilter): Generator<PlacementRow> {
    const inOrder = [...this.#placements.values()].sort((one, other) => one.row - other.row || one.order - other.order);
    for (const placement of inOrder) {
      if (states === undefined || states.includes(placement.state)) yield placement.toRow();
    }
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

  #forget(placement: MemoryPlacement): void {
    this.#placements.delete(placement.enrolment.key);
    const inRow = this.#byRow?.get(placement.row);
    if (inRow === undefined) return;
    inRow.splice(inRow.indexOf(placement), 1);
    if (inRow.length === 0) this.#byRow?.delete(placement.row);
  }
}
