import { hash } from 'node:crypto';

/** What Microsoft Graph says that mailboxes are for. */
export const USER_PURPOSES = ['user', 'linked', 'shared', 'room', 'equipment', 'others'] as const;

/** What may be said about a mailbox when the sandbox starts: in code, or as an entry of the seed file's `mailboxes`. */
export interface MailboxSeed {
  /** The primary SMTP address. */
  address: string;
  /** The display name; the part before the @ where it is left out. */
  name?: string;
  /** The owner's time zone, IANA or Windows; UTC where it is left out. */
  timeZone?: string;
  /** The owner's language as in `en-US`, which is the default. */
  culture?: string;
  /** Further SMTP addresses of the same mailbox. */
  aliases?: readonly string[];
  /** The user principal name; the address where it is left out. */
  principalName?: string;
  /** The security identifier (`S-1-5-21-…`); made up from the address where it is left out. */
  sid?: string;
  /** A room: other people's meetings are booked into it. */
  room?: boolean;
  /** What Microsoft Graph says that it is for: `shared`, `equipment`; `room` or `user` where it is left out. */
  userPurpose?: (typeof USER_PURPOSES)[number];
  /** The mailbox lives in Exchange Online: this server knows its address and answers ErrorNonExistentMailbox. */
  remote?: boolean;
  /** The mailbox lives on premises only: Microsoft Graph answers MailboxNotEnabledForRESTAPI for it. */
  onPremises?: boolean;
  /** Where Autodiscover says that its EWS is; this server, or Exchange Online for what is `remote`, where it is left out. */
  ewsUrl?: string;
  /** False for a mailbox that nobody has opened yet: it has no OWA.UserOptions. */
  opened?: boolean;
}

/** A mailbox as the directory knows it. */
export interface Mailbox {
  readonly address: string;
  readonly name: string;
  readonly timeZone: string;
  readonly culture: string;
  readonly aliases: readonly string[];
  readonly principalName: string;
  readonly sid: string;
  readonly room: boolean;
  readonly userPurpose: (typeof USER_PURPOSES)[number];
  readonly remote: boolean;
  readonly onPremises: boolean;
  readonly ewsUrl: string | undefined;
  readonly opened: boolean;
  /** Stable between starts, so that item ids are. */
  readonly guid: string;
}

const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+$/;
const SID = /^S-1-\d+(-\d+)+$/;

export function isSmtpAddress(text: string): boolean {
  return ADDRESS.test(text);
}

export function isSid(text: string): boolean {
  return SID.test(text.toUpperCase());
}

export function makeMailbox(seed: MailboxSeed): Mailbox {
  if (!isSmtpAddress(seed.address)) {
    throw new TypeError(`mailboxes: "${seed.address}" is not an SMTP address; write name@example.com`);
  }
  for (const alias of seed.aliases ?? []) {
    if (!isSmtpAddress(alias)) {
      throw new TypeError(`mailboxes: alias "${alias}" of ${seed.address} is not an SMTP address`);
    }
  }
  if (seed.sid !== undefined && !isSid(seed.sid)) {
    throw new TypeError(`mailboxes: sid "${seed.sid}" of ${seed.address} is not a SID; write S-1-5-21-1-2-3-1001`);
  }
  if (seed.userPurpose !== undefined && !USER_PURPOSES.includes(seed.userPurpose)) {
    const known = USER_PURPOSES.join(', ');
    throw new TypeError(`mailboxes: userPurpose "${seed.userPurpose}" of ${seed.address} is none of ${known}`);
  }
  if (seed.remote === true && seed.onPremises === true) {
    throw new TypeError(`mailboxes: ${seed.address} is both remote and onPremises; leave out one, or both`);
  }
  if (seed.ewsUrl !== undefined && !URL.canParse(seed.ewsUrl)) {
    throw new TypeError(`mailboxes: ewsUrl "${seed.ewsUrl}" of ${seed.address} is no address; write https://host/path`);
  }
  const digest = hash('sha256', seed.address.toLowerCase());
  return {
    address: seed.address,
    name: seed.name ?? seed.address.slice(0, seed.address.indexOf('@')),
    timeZone: seed.timeZone ?? 'UTC',
    culture: seed.culture ?? 'en-US',
    aliases: seed.aliases ?? [],
    principalName: seed.principalName ?? seed.address,
    sid: seed.sid?.toUpperCase() ?? sidOf(digest),
    room: seed.room ?? false,
    userPurpose: seed.userPurpose ?? (seed.room === true ? 'room' : 'user'),
    remote: seed.remote ?? false,
    onPremises: seed.onPremises ?? false,
    ewsUrl: seed.ewsUrl,
    opened: seed.opened ?? true,
    guid: guidOf(digest),
  };
}

function sidOf(hex: string): string {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 8), 16);
  return `S-1-5-21-${part(0)}-${part(8)}-${part(16)}-${part(24)}`;
}

function guidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
