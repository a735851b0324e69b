/** What the command ends with, for scripts. Explained in `docs/cli.md`. */
export const EXIT = {
  /** Everything that was asked for is done. */
  done: 0,
  /** Some placements or rows failed for good. */
  someFailed: 1,
  /** The command line, the configuration or a file makes no sense; nothing was begun. */
  usage: 2,
  /** It ended before the list did, or could not begin: a guard, a lost server, a run that somebody else holds. */
  stopped: 3,
  /** All had their turn, and of some it is still open (deferred) or not known (unknown) how they ended: resume. */
  leftOpen: 4,
  /** A defect of the command. */
  defect: 70,
  /** Ctrl-C, or the terminal was closed. */
  interrupted: 130,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
