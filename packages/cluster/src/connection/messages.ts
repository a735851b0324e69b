/** What the machines of a cluster tell each other at once. Whoever does not listen at that moment misses it. */
export type Message =
  /** A lane must be quiet, for so many milliseconds from now on. */
  | { readonly kind: 'quiet'; readonly from: string; readonly lane: string; readonly ms: number }
  /** Nothing more is begun of a call; with `atOnce` what is under way is given up. */
  | { readonly kind: 'stop'; readonly call: string; readonly atOnce: boolean }
  /** Whoever coordinates a run is asked to pause it. */
  | { readonly kind: 'cancel'; readonly runId: string };

/** A way to tell all. */
export interface Messages {
  /** Does not wait, and does not fail: who must be sure tells it again. */
  tell(message: Message): void;
  /** @returns ends it */
  listen(listener: (message: Message) => void): () => void;
}
