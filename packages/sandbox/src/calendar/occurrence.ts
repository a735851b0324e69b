/** One occurrence of a series. */
export interface Occurrence {
  /** Counts from 1, deleted occurrences included, as EWS's InstanceIndex does. */
  readonly index: number;
  /** Where the pattern puts it, whatever has been moved since. */
  readonly originalStart: number;
  readonly start: number;
  readonly end: number;
  /** It differs from its series. */
  readonly isException: boolean;
}
