import { child, type XmlElement } from './xml-tree.js';

/** The version of a server: `15.1.2507.39` is Exchange 2016. */
export interface Build {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  readonly revision: number;
}

/** From the SOAP header of an answer (element ServerVersionInfo). @returns undefined where it is not told */
export function buildOf(header: XmlElement | undefined): Build | undefined {
  const attributes = child(header, 'ServerVersionInfo')?.attributes;
  if (attributes === undefined) return undefined;
  const numbers = ['MajorVersion', 'MinorVersion', 'MajorBuildNumber', 'MinorBuildNumber'].map((name) =>
    Number.parseInt(attributes[name] ?? '', 10),
  );
  const [major = Number.NaN, minor = 0, build = 0, revision = 0] = numbers;
  return numbers.some(Number.isNaN) ? undefined : { major, minor, build, revision };
}
