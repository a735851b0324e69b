import type { CommonFlags, PlaceFlags } from '../commands/flags.js';

/** The flags that say where the mailboxes are, as another command takes them. */
export function listWords({ mailboxes, column, as, format, encoding }: PlaceFlags): readonly string[] {
  return words({ mailboxes, column, as, format, encoding });
}

/** The flags that say what is placed. */
export function factoryWords({ factory }: Pick<PlaceFlags, 'factory'>): readonly string[] {
  return factory.flatMap((name) => ['--factory', name]);
}

/** The flags without which another command would do something else. */
export function contentWords({
  sendMode,
  exclude,
  timeZone,
  config,
  ledger,
}: PlaceFlags & CommonFlags): readonly string[] {
  return words({ 'send-mode': sendMode, exclude, 'time-zone': timeZone, config, ledger });
}

function words(flags: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}`, value]));
}
