import type { Input } from './fault-fields.js';

/** What somebody wrote, as JSON has it; undefined for nothing. What it means is for the sandbox to check. */
export function readField({ kind }: Input, written: string): unknown {
  const text = written.trim();
  if (text === '') return undefined;
  switch (kind) {
    case 'number':
      return numberOr(text);
    case 'numberOrText':
      return numberOr(text);
    case 'delay':
      return text.startsWith('{') ? parsed(text) : numberOr(text);
    case 'list': {
      const words = text.split(/\s*,\s*/);
      return words.length === 1 ? text : words;
    }
    default:
      return text;
  }
}

function numberOr(text: string): number | string {
  return Number.isNaN(Number(text)) ? text : Number(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
