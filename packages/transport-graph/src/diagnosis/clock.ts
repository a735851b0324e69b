import type { Finding } from './finding.js';

/** More than networks and slow answers explain. */
const NOTABLE_MS = 60_000;
/** Tokens, and what certificates sign, are not valid beyond five minutes. */
const TOO_MUCH_MS = 300_000;

/**
 * Does Microsoft's clock say the same as ours?
 * @param date the header Date, which names the second that had begun
 * @param ownTime here, in the middle between the question and the answer; milliseconds since the epoch
 */
export function examineClock(subject: string, date: string | undefined, ownTime: number): Finding {
  const ahead = Date.parse(date ?? '') + 500 - ownTime;
  if (Number.isNaN(ahead)) {
    const message = 'does not say what time it is there (no header Date).';
    return { code: 'clock_unknown', level: 'skipped', subject, message, advice: 'Compare the clocks by hand.' };
  }
  if (Math.abs(ahead) <= NOTABLE_MS) {
    return { code: 'clock_right', level: 'ok', subject, message: 'has the same time as this machine.' };
  }
  const seconds = Math.round(Math.abs(ahead) / 1000);
  const message = `has a clock that is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the one of this machine.`;
  const advice = 'Set the clock of this machine by a time server: the one of Microsoft is right.';
  return { code: 'clock_off', level: Math.abs(ahead) > TOO_MUCH_MS ? 'problem' : 'warning', subject, message, advice };
}
