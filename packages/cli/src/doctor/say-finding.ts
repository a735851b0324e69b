import type { Diagnosis, DiagnosisLevel } from '@appointed/core';
import type { ExitCode } from '../exit-code.js';
import type { Output, Tone } from '../output/output.js';

/** How often each level was found. */
export type LevelCounts = Readonly<Record<DiagnosisLevel, number>>;

const TONES: Readonly<Record<DiagnosisLevel, Tone>> = {
  ok: 'good',
  warning: 'doubtful',
  problem: 'bad',
  skipped: 'quiet',
};

/** What was found, what to do about it, and the lines to paste. */
export function sayFinding(output: Output, finding: Diagnosis): void {
  const { level, subject, message, code, advice, commands = [] } = finding;
  output.record('diagnosis', finding);
  output.say(`${level.padEnd(7)}  ${subject} ${message} [${code}]`, TONES[level]);
  if (advice !== undefined) output.say(`         ${advice}`, 'quiet');
  for (const command of commands) output.say(`           ${command}`);
}

/** What it all comes to. */
export function sayHealth(output: Output, counts: LevelCounts, exitCode: ExitCode): void {
  const { problem, warning, ok, skipped } = counts;
  output.record('health', { counts, exitCode });
  const text = `${problem} problems, ${warning} warnings, ${ok} as it should be, ${skipped} not examined.`;
  output.say(text, problem > 0 ? 'bad' : 'good');
}
