import { type CallOptions, readCallOptions } from './call-options.js';
import { checkOptions } from './known-options.js';
import { readRunId } from './run-name.js';
import { NOTHING_SPECIAL, type RunSettings } from './run-settings.js';

/** How a run is compared with the server. */
export interface VerifyOptions extends Pick<CallOptions, 'signal' | 'pause' | 'requestTimeoutMs' | 'exclude'> {
  /** Removes, silently, all but one of several items of one placement. By default false. */
  readonly repair?: boolean;
}

const OPTIONS: readonly (keyof VerifyOptions)[] = ['signal', 'pause', 'requestTimeoutMs', 'exclude', 'repair'];

/** @throws AppointedError `invalid_options` */
export function readVerifyOptions(runId: string, options: VerifyOptions): RunSettings {
  checkOptions(options, OPTIONS);
  return { ...NOTHING_SPECIAL, ...readCallOptions(options), runId: readRunId(runId), mailboxes: undefined, slots: [] };
}
