import type {
  Assignees,
  Enrolment,
  LedgerOwner,
  Mark,
  PlacementRow,
  PlacementState,
  SettledCounts,
  Task,
} from '@appointed/core';

/** A placement of the model. */
export interface ModelPlacement {
  readonly enrolment: Enrolment;
  task: Task;
  state: PlacementState;
  attempts: number;
  dueAt: number | undefined;
  /** Who may mark it. */
  owner: string | undefined;
  fence: number;
  receipt: PlacementRow['receipt'];
  written: PlacementRow['written'];
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
      this.placements.push(newPlacement(enrolment, now));
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
  mark({ key, fence, state, task, attempts, dueAt, receipt, written }: Mark): boolean {
    const placement = this.placements.find((placement) => placement.enrolment.key === key);
    if (placement?.owner === undefined || placement.fence !== fence) return false;
    Object.assign(placement, { state, attempts, dueAt, receipt, written, owner: undefined });
    if (task !== undefined) placement.task = task;
    return true;
  }

  reopen(states: readonly PlacementState[], task: Task, now: number): number {
    const settled = this.placements.filter(
      (placement) => placement.dueAt === undefined && placement.task === task && states.includes(placement.state),
    );
    for (const placement of settled) placement.dueAt = now;
    return settled.length;
  }

  assign(task: Task, { slots, keys }: Assignees, now: number): number {
    const assigned = this.placements.filter(
      ({ enrolment: { slot, key } }) => slots?.includes(slot) !== false && keys?.includes(key) !== false,
    );
    const there = assigned.filter(mayBeThere);
    for (const placement of assigned) {
      if (!there.includes(placement)) placement.dueAt = undefined;
      else Object.assign(placement, { task, attempts: 0, owner: undefined, dueAt: placement.dueAt ?? now });
    }
    return there.length;
  }

  settled(): SettledCounts {
    const counts = { waiting: 0, deferred: 0, unknown: 0, rejected: 0, done: 0, removed: 0 };
    for (const { state, dueAt } of this.placements) if (dueAt === undefined && state !== 'claimed') counts[state] += 1;
    return counts;
  }

  rows(states: readonly PlacementState[]): readonly ModelPlacement[] {
    const wanted = this.placements.filter(({ state }) => states.includes(state));
    return wanted.toSorted((one, other) => one.enrolment.row - other.enrolment.row);
  }
}

function newPlacement(enrolment: Enrolment, now: number): ModelPlacement {
  return {
    enrolment,
    task: enrolment.task ?? 'place',
    state: 'waiting',
    attempts: 0,
    dueAt: now,
    owner: undefined,
    fence: 0,
    receipt: undefined,
    written: undefined,
  };
}

function mayBeThere({ state, receipt }: ModelPlacement): boolean {
  return receipt !== undefined || state === 'claimed' || state === 'unknown';
}

function isLeasedTo(owner: LedgerOwner, placement: ModelPlacement, now: number): boolean {
  return placement.owner === owner.id && (placement.dueAt ?? 0) > now;
}

function inOrder(one: ModelPlacement, other: ModelPlacement): number {
  return (one.dueAt ?? 0) - (other.dueAt ?? 0) || one.enrolment.row - other.enrolment.row;
}
