import type { LedgerOwner, RunLedger } from '@appointed/core';

/** Tells {@link ledgerSuite} how to get at a ledger. */
export interface LedgerHarness {
  readonly name: string;
  /** Does it outlive its process? Adds tests, for which `open` must give `storage`. */
  readonly durable: boolean;
  /** How long one test may take before it has failed, in milliseconds. By default 10,000. */
  readonly patienceMs?: number;
  /** Makes an empty ledger that takes the time from the clock, for one test. */
  open(clock: () => number): Promise<LedgerUnderTest>;
}

/** A ledger, for one test. */
export interface LedgerUnderTest {
  readonly ledger: RunLedger;
  /** For a durable ledger. */
  readonly storage?: LedgerStorage;
  /** Closes the ledger, which may be closed already, and removes what it stored. */
  close(): Promise<void>;
}

/** Where a durable ledger keeps what it knows. */
export interface LedgerStorage {
  /** Opens a ledger on the same storage, as another process would, whether or not the first is closed. */
  openAnother(): Promise<RunLedger>;
  /** Makes another process hold a run, and kills it without a chance to release. */
  holdAndDie(runId: string, owner: LedgerOwner): Promise<void>;
  /** Pretends that a newer version has written the storage. What is opened on it then must be refused. */
  writeNewerFormat(): Promise<void>;
}
