import { readFileSync } from 'node:fs';
import type { FaultRule } from './fault-rule.js';
import { readFaultRules } from './read-fault-rules.js';

/** Reads a file with a JSON list of fault rules. @throws TypeError that names the file, the rule and the field */
export function readFaultFile(file: string): readonly FaultRule[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new TypeError(`${file}: cannot be read; give --faults the path of a JSON file`, { cause });
  }
  try {
    return readFaultRules(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (cause) {
    throw new TypeError(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
