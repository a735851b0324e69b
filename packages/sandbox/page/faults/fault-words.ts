import type { FaultRule } from '../../src/index.js';

/** What a rule says besides its kind and its name: `operation CreateItem, probability 0.1`. */
export function faultWords(rule: FaultRule): string {
  return Object.entries(rule)
    .filter(([key]) => key !== 'fault' && key !== 'name' && key !== 'off')
    .map(([key, value]) => `${key} ${valueWords(value)}`)
    .join(', ');
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, part]) => `${key} ${String(part)}`)
    .join(' ');
}
