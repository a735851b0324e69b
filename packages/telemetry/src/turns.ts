import type { Placement } from '@appointed/core';

/** When the turns of placements began, for each run. */
export class Turns {
  readonly #begun = new Map<string, Map<string, { readonly placement: Placement; readonly at: number }>>();

  begin(placement: Placement): void {
    const ofRun = this.#begun.get(placement.runId) ?? new Map();
    this.#begun.set(placement.runId, ofRun);
    ofRun.set(placement.key, { placement, at: performance.now() });
  }

  /** @returns how long it took, in milliseconds; undefined where it was not begun */
  end({ runId, key }: Placement): number | undefined {
    const ofRun = this.#begun.get(runId);
    const turn = ofRun?.get(key);
    if (turn === undefined) return undefined;
    ofRun?.delete(key);
    return performance.now() - turn.at;
  }

  /** Ends those of a run that were begun and not ended. */
  endAll(runId: string): readonly Placement[] {
    const left = [...(this.#begun.get(runId)?.values() ?? [])].map(({ placement }) => placement);
    this.#begun.delete(runId);
    return left;
  }
}
