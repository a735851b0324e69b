import type { Enrolment, LedgerOwner, Mark, PlacementState } from '@appointed/core';

/** A placement of the model. */
export interface ModelPlacement {
  readonly enrolment: Enrolment;
  state: PlacementState;
  attempts: number;
  dueAt: number | undefined;
  owner: string | undefined;
  fence: number;
}

/**
 * The contract of a ledger in the simplest form that can be thought of: a list that is searched from its beginning.
 * Ledgers are compared with it.
 */
export class LedgerModel {
  readonly placements: ModelPlacement[] = [];

  enrol(enrolments: readonly Enrolment[], now: number): readonly PlacementState[] {
    return enrolments.map((enrolment) => {
      const known = this.placements.find((placement) => placement.enrolment.key === enrolment.key);
      if (known !== undefined) return known.state;
      this.placements.push({ enrolment, state: 'waiting', attempts: 0, dueAt: now, owner: undefined, fence: 0 });
      return 'waiting';
    });
  }

  /** What must be claimed, and the state of each before. */
  claim(owner: LedgerOwner, limit: number, leaseMs: number, now: number): ReadonlyMap<ModelPlacement, PlacementState> {
    const due = this.placements.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now).toSorted(inOrder);
    const claimed = new Map<ModelPlacement, PlacementState>();
    for (const { enrolment } of due) {
      if (claimed.size >= limit) break;
      for (const placement of due) {
        if (placement.enrolment.row === enrolment.row) claimed.set(placement, placement.state);
      }
    }
    for (const placement of claimed.keys()) {
      Object.assign(placement, { state: 'claimed', owner: owner.id, dueAt: now + leaseMs });
    }
    return claimed;
  }

  nextDueAt(owner: LedgerOwner, now: number): number | undefined {
    const others = this.placements.filter(
      (placement) => placement.dueAt !== undefined && !isLeasedTo(owner, placement, now),
    );
    return others.toSorted(inOrder)[0]?.dueAt;
  }

  /** @returns whether the mark must be made */
  mark({ key, fence, state, attempts, dueAt }: Mark): boolean {
    const placement = this.placements.find((placement) => placement.enrolment.key === key);
    if (placement?.state !== 'claimed' || placement.fence !== fence) return false;
    Object.assign(placement, { state, attempts, dueAt });
    return true;
  }

  reopen(states: readonly PlacementState[], now: number): number {
    const settled = this.placements.filter(({ dueAt, state }) => dueAt === undefined && states.includes(state));
    for (const placement of settled) placement.dueAt = now;
    return settled.length;
  }

  rows(states: readonly PlacementState[]): readonly ModelPlacement[] {
    const wanted = this.placements.filter(({ state }) => states.includes(state));
    return wanted.toSorted((one, other) => one.enrolment.row - other.enrolment.row);
  }
}

function isLeasedTo(owner: LedgerOwner, placement: ModelPlacement, now: number): boolean {
  return placement.state === 'claimed' && placement.owner === owner.id && (placement.dueAt ?? 0) > now;
}

function inOrder(one: ModelPlacement, other: ModelPlacement): number {
  return (one.dueAt ?? 0) - (other.dueAt ?? 0) || one.enrolment.row - other.enrolment.row;
}
