/** The values of `type` in the lines that `--json` prints; described in `docs/cli-json.md`. */
export const RECORD_TYPES = [
  'started',
  'row-skipped',
  'placement',
  'report',
  'difference',
  'comparison',
  'finding',
  'planned',
  'plan',
  'run',
  'row',
  'written',
  'forgotten',
  'sandbox',
  'diagnosis',
  'health',
  'error',
] as const;

/** One of {@link RECORD_TYPES}. */
export type RecordType = (typeof RECORD_TYPES)[number];
