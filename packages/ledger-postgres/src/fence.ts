/**
 * A fence is the number of the placement and, below it, how often it was claimed: a mark finds its row without a search,
 * and one for a run that was forgotten and begun again finds none. So many claims fit; of rows, eight thousand million.
 */
const CLAIMS = 1_048_576;

export function fenceOf(placement: number, claims: number): number {
  return placement * CLAIMS + claims;
}

/** What {@link fenceOf} was made of. */
export function readFence(fence: number): { readonly placement: number; readonly claims: number } {
  return { placement: Math.floor(fence / CLAIMS), claims: fence % CLAIMS };
}
