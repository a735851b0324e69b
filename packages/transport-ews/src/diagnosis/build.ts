import type { Build } from '../decode/build.js';
import type { Finding } from './finding.js';

/** Exchange 2013 SP1: the version that requests ask for. */
const OLDEST: Build = { major: 15, minor: 0, build: 847, revision: 0 };
/** From here on 15.2 is the Subscription Edition. */
const SUBSCRIPTION_EDITION = 2562;

/** Is it a version that runs work with? */
export function examineBuild(subject: string, build: Build | undefined): Finding {
  if (build === undefined) {
    const message = 'does not say which version it is.';
    const advice = 'It may be no Exchange, or none of the mailboxes could be opened.';
    return { code: 'build_unknown', level: 'skipped', subject, message, advice };
  }
  const { major, minor, revision } = build;
  const message = `is ${productOf(build)}, build ${major}.${minor}.${build.build}.${revision}.`;
  if (major === 15 && minor === 20) {
    const advice =
      'Exchange Online switches EWS off: since October 2026 for most organisations, for all in April 2027. Mailboxes ' +
      'there need another transport.';
    return { code: 'build_online', level: 'warning', subject, message, advice };
  }
  if (isBefore(build, OLDEST)) {
    const advice = 'Exchange 2013 SP1 (15.0.847) is the oldest that works.';
    return { code: 'build_too_old', level: 'problem', subject, message, advice };
  }
  return { code: 'build_supported', level: 'ok', subject, message };
}

function isBefore(one: Build, other: Build): boolean {
  if (one.major !== other.major) return one.major < other.major;
  return one.minor === other.minor ? one.build < other.build : one.minor < other.minor;
}

function productOf({ major, minor, build }: Build): string {
  if (major === 15 && minor === 20) return 'Exchange Online';
  if (major === 15 && minor === 2)
    return build < SUBSCRIPTION_EDITION ? 'Exchange 2019' : 'Exchange Subscription Edition';
  if (major === 15) return minor === 1 ? 'Exchange 2016' : 'Exchange 2013';
  return major === 14 ? 'Exchange 2010' : 'Exchange';
}
