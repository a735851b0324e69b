/** One occurrence of a series. */
export interface Occurrence {
  /** Its date in the pattern, as days since 1970: what identifies it, wherever it is moved. */
  readonly day: number;
  /** Where the pattern puts it, whatever has been moved since. */
  readonly originalStart: number;
  readonly start: number;
  readonly end: number;
  /** It differs from its series. */
  readonly isException: boolean;
}
