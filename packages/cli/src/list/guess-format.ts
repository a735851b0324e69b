import type { ListFormat } from './list-options.js';

/** How the rows of a list are separated into cells. */
export interface Layout {
  readonly format: ListFormat;
  readonly delimiter: string;
  /** How many lines stand before the rows: Excel's `sep=;`. */
  readonly skippedLines: number;
}

const SEPARATORS = [';', '\t', ','] as const;
/** Stands in no list: each line is one cell. */
const NO_DELIMITER = '\u001f';
const EXCELS_HINT = /^sep=(.)\r?$/i;
const QUOTED = /"(?:[^"]|"")*"/g;

/** How a list is written down, by its first line; the format that is named wins. */
export function guessLayout(firstLine: string, secondLine: string, named: ListFormat | undefined): Layout {
  const told = EXCELS_HINT.exec(firstLine)?.[1];
  if (told !== undefined && (named ?? 'csv') === 'csv') return { format: 'csv', delimiter: told, skippedLines: 1 };
  if (named !== undefined) return { format: named, delimiter: delimiterOf(named, firstLine), skippedLines: 0 };
  if (/^\s*[{"].*[}"]\s*$/.test(firstLine) && isJson(firstLine)) return layout('jsonl', NO_DELIMITER);
  const separator = mostFrequent(firstLine) ?? mostFrequent(secondLine);
  if (separator === undefined) return layout('list', NO_DELIMITER);
  return layout(separator === '\t' ? 'tsv' : 'csv', separator);
}

function layout(format: ListFormat, delimiter: string): Layout {
  return { format, delimiter, skippedLines: 0 };
}

function delimiterOf(format: ListFormat, line: string): string {
  if (format === 'tsv') return '\t';
  return format === 'csv' ? (mostFrequent(line) ?? ',') : NO_DELIMITER;
}

/** `"alfred@contoso.com"` alone is JSON as much as a quoted cell; that it is read as JSON makes no difference. */
function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function mostFrequent(line: string): string | undefined {
  const bare = line.replaceAll(QUOTED, '');
  const [best] = SEPARATORS.map((sign) => ({ sign, count: bare.split(sign).length - 1 })).sort(
    (a, b) => b.count - a.count,
  );
  return best === undefined || best.count === 0 ? undefined : best.sign;
}
