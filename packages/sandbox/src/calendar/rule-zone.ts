import type { Zone } from './zone.js';

/** When clocks change, every year: on a day of a month, or on the n-th (or last, 5) day of a week in it. */
export interface ClockChange {
  /** Milliseconds ahead of UTC from then on. */
  readonly offset: number;
  /** From 1. */
  readonly month: number;
  readonly day: { readonly date: number } | { readonly weekday: number; readonly occurrence: number };
  /** Milliseconds after midnight, on the clocks as they are before. */
  readonly time: number;
}

const DAY = 86_400_000;

/** A zone that somebody describes by its rules, and that need not have a name. */
export class RuleZone implements Zone {
  readonly iana = undefined;
  private readonly years = new Map<number, readonly { at: number; offset: number }[]>();

  constructor(
    readonly id: string,
    private readonly standardOffset: number,
    private readonly changes: readonly ClockChange[],
  ) {}

  offsetAt(instant: number): number {
    if (this.changes.length === 0) return this.standardOffset;
    const year = new Date(instant).getUTCFullYear();
    let offset = this.standardOffset;
    for (const candidate of [year - 1, year, year + 1]) {
      for (const change of this.changesOf(candidate)) if (change.at <= instant) offset = change.offset;
    }
    return offset;
  }

  /** The year's changes in order; each is told on the clocks that the one before has left. */
  private changesOf(year: number): readonly { at: number; offset: number }[] {
    let known = this.years.get(year);
    if (known === undefined) {
      const walls = this.changes.map((change) => ({ wall: wallOf(change, year), offset: change.offset }));
      walls.sort((a, b) => a.wall - b.wall);
      known = walls.map(({ wall, offset }, index) => {
        const before = walls.at(index - 1)?.offset ?? this.standardOffset;
        return { at: wall - before, offset };
      });
      this.years.set(year, known);
    }
    return known;
  }
}

function wallOf({ month, day, time }: ClockChange, year: number): number {
  if ('date' in day) return dateOf(year, month - 1, day.date) + time;
  const isLast = day.occurrence < 1 || day.occurrence > 4;
  if (isLast) {
    const end = dateOf(year, month, 0);
    return end - ((new Date(end).getUTCDay() - day.weekday + 7) % 7) * DAY + time;
  }
  const first = dateOf(year, month - 1, 1);
  const ahead = (day.weekday - new Date(first).getUTCDay() + 7) % 7;
  return first + (ahead + (day.occurrence - 1) * 7) * DAY + time;
}

/** Milliseconds since 1970. `Date.UTC` takes the years 0 to 99 for 1900 to 1999. */
function dateOf(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}
