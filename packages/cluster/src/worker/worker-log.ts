/** What a worker tells of itself: what, and what belongs to it. Nothing in it is secret. */
export interface WorkerRecord {
  /**
   * - `ready`: it waits for work, as `worker`.
   * - `order_done`: with `runId`, `verb`, how many have `ended`, how many were `rejected`, and `ms`.
   * - `order_refused`, `order_stopped`: with `runId`, `code` and `message`.
   * - `draining`, `closed`: it ends.
   */
  readonly event: 'ready' | 'order_done' | 'order_refused' | 'order_stopped' | 'draining' | 'closed';
  readonly [detail: string]: string | number;
}
