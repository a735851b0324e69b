import type { PlacingResult } from './measure.js';

/** For people: medians, and least to most, of the rounds. */
export function placingTable(results: readonly PlacingResult[]): readonly Readonly<Record<string, unknown>>[] {
  return results.map((one) => ({
    contender: one.contender,
    'server, ms': one.latencyMs,
    'in flight': one.inFlight,
    appointments: one.isVaried ? 'different' : 'the same',
    'a second': spread(one.rounds.map(({ perSecond }) => perSecond)),
    'of the floor': percent(shareOfFloor(one, results)),
    'CPU, µs': spread(one.rounds.map(({ cpuMicroseconds }) => cpuMicroseconds)),
  }));
}

/** The median of the rounds, each beside the floor's of the same round. The sample's loop is alone: beside 32 in flight. */
export function shareOfFloor({ latencyMs, inFlight, rounds }: PlacingResult, all: readonly PlacingResult[]): number {
  const floor = all.find(
    (one) => one.contender === 'floor' && one.latencyMs === latencyMs && one.inFlight === Math.max(inFlight, 32),
  );
  return median(rounds.map(({ perSecond }, round) => perSecond / (floor?.rounds[round]?.perSecond ?? Number.NaN)));
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function spread(numbers: readonly number[]): string {
  const [middle, least, most] = [median(numbers), Math.min(...numbers), Math.max(...numbers)].map((number) =>
    number.toLocaleString('en', { maximumFractionDigits: 0 }),
  );
  return `${middle} (${least} to ${most})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}
