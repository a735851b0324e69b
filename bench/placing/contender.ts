/** Something that saves appointments, and is measured. */
export interface Contender {
  /** Saves that many, one in each of as many mailboxes. @throws where one was not saved */
  save(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Under which circumstances. */
export interface Conditions {
  readonly port: number;
  readonly inFlight: number;
  /** Every mailbox gets another appointment. */
  readonly isVaried: boolean;
}

export type MakeContender = (conditions: Conditions) => Promise<Contender>;
