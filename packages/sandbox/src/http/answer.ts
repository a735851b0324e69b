/** What goes back over HTTP. */
export interface Answer {
  readonly status: number;
  /** Where they hold a `request-id`, they are the protocol's own; else those by which Exchange traces requests are added. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
  /** How it goes out: as it should, where this is left out; only faults say otherwise. */
  readonly delivery?: 'close' | 'reset' | 'silence' | { readonly cutAt: number };
}
