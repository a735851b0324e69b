/** What is said of a function that decides. */
export interface CombinatorOptions {
  /**
   * Of the function: it cannot be compared with the one that a run was begun with. Change it with what it decides, so that
   * the run is not continued with another one (`factory_changed`).
   */
  readonly version?: string;
}
