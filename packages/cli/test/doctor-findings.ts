import { type Ended, records } from './workplace.js';

/** `level code subject` of each finding. */
export function inShort(ended: Ended): readonly string[] {
  return findings(ended).map(({ level, code, subject }) => `${String(level)} ${String(code)} ${String(subject)}`);
}

/** What `appointed doctor --json` has found. */
export function findings(ended: Ended): readonly Readonly<Record<string, unknown>>[] {
  return records(ended).filter(({ type }) => type === 'diagnosis');
}

/** What was found under a code. */
export function finding(ended: Ended, code: string): Readonly<Record<string, unknown>> {
  return findings(ended).find((one) => one['code'] === code) ?? { missing: code, found: inShort(ended) };
}
