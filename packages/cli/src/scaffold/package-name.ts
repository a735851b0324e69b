import validate from 'validate-npm-package-name';
import { CommandError } from '../command-error.js';

/** A package's name, and what follows from it. */
export interface PackageName {
  /** As npm knows it: `@contoso/first-aid`. */
  readonly full: string;
  /** Without the scope; also the name of its folder. */
  readonly short: string;
  /** What it exports: `firstAidFactory`. */
  readonly identifier: string;
}

/**
 * @param kind what the package is, and the last word of what it exports
 * @throws CommandError `usage` where npm takes no such name
 */
export function packageName(full: string, kind: string): PackageName {
  const { errors = [], validForNewPackages, warnings = [] } = validate(full);
  if (!validForNewPackages) {
    const hint = 'Take small letters, digits and hyphens: first-aid, or @contoso/first-aid.';
    throw new CommandError('usage', `${full.slice(0, 100)}: ${[...errors, ...warnings].join('; ')}`, hint);
  }
  const short = full.slice(full.indexOf('/') + 1);
  return { full, short, identifier: identifierOf(short, kind) };
}

/** The last word makes it no reserved one. */
function identifierOf(short: string, kind: string): string {
  const words = short.split(/[^a-z0-9]+/).filter((word) => word !== '');
  const all = words.length > 1 && words.at(-1) === kind ? words : [...words, kind];
  const joined = all.map((word, n) => (n === 0 ? word : capitalized(word))).join('');
  return /^\d/.test(joined) ? `_${joined}` : joined;
}

/** Its first letter in upper case, as in the name of a type. */
export function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
