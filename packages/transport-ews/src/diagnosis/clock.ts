import type { Finding } from './finding.js';
import type { Knock } from './knock.js';

/** More than networks and slow answers explain. */
const NOTABLE_MS = 60_000;
/** Windows domains take no sign-in, and issuers no tokens, beyond five minutes. */
const TOO_MUCH_MS = 300_000;

/** Does the server's clock say the same as ours? */
export function examineClock(subject: string, { serverTime, ownTime }: Knock): Finding {
  if (serverTime === undefined) {
    const message = 'does not say what time it is there (no header Date).';
    return { code: 'clock_unknown', level: 'skipped', subject, message, advice: 'Compare the clocks by hand.' };
  }
  // The header names the second that had begun.
  const ahead = serverTime + 500 - ownTime;
  const seconds = Math.round(Math.abs(ahead) / 1000);
  if (seconds * 1000 <= NOTABLE_MS) {
    return { code: 'clock_right', level: 'ok', subject, message: 'has the same time as this machine.' };
  }
  const level = seconds * 1000 > TOO_MUCH_MS ? 'problem' : 'warning';
  const message = `has a clock that is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the one of this machine.`;
  const advice =
    'Set both by the same time server (w32tm /resync on Windows, timedatectl set-ntp true on Linux). What is counted ' +
    'from now, and sign-in beyond five minutes, goes wrong otherwise.';
  return { code: 'clock_off', level, subject, message, advice };
}
