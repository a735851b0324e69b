import { randomUUID } from 'node:crypto';

/** The class id that opens every GlobalObjectId. */
const CLASS_ID = '040000008200e00074c5b7101a82e008';
const NO_DATE = '00000000';
const FILETIME_EPOCH = 11_644_473_600_000n;

/** The last moment that was written, since many items are made in one millisecond and writing it costs. */
let lastMoment = { now: Number.NaN, filetime: '' };

/** A new UID for an item that came without one: a GlobalObjectId in hexadecimal, as Exchange makes them. */
export function newUid(now: number): string {
  if (lastMoment.now !== now) lastMoment = { now, filetime: filetimeOf(now) };
  const random = randomUUID().replaceAll('-', '');
  return `${CLASS_ID}${NO_DATE}${lastMoment.filetime}0000000000000000${'10000000'}${random}`.toUpperCase();
}

/** The GlobalObjectId of a UID, Base64: the UID itself where it is one, else the UID wrapped as Outlook wraps it. */
export function globalObjectId(uid: string): string {
  if (uid.toLowerCase().startsWith(CLASS_ID) && /^[0-9a-f]+$/i.test(uid) && uid.length % 2 === 0) {
    return Buffer.from(uid, 'hex').toString('base64');
  }
  const data = Buffer.concat([Buffer.from('vCal-Uid\u0001\0\0\0', 'latin1'), Buffer.from(`${uid}\0`, 'utf8')]);
  const head = Buffer.alloc(24);
  head.writeUInt32LE(data.length, 20);
  return Buffer.concat([Buffer.from(CLASS_ID, 'hex'), head.subarray(4), data]).toString('base64');
}

function filetimeOf(now: number): string {
  return swapBytes(((BigInt(Math.trunc(now)) + FILETIME_EPOCH) * 10_000n).toString(16).padStart(16, '0'));
}

function swapBytes(hex: string): string {
  return Buffer.from(Buffer.from(hex, 'hex').toReversed()).toString('hex');
}
