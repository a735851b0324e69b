/** Something in an iCalendar file that no appointment can carry. */
export interface IcsLoss {
  /** The name of the property or component: `EXDATE`. */
  readonly property: string;
  /** What is lost, in words. */
  readonly why: string;
}

/** Collects what cannot be carried. */
export type Lose = (property: string, why: string) => void;
