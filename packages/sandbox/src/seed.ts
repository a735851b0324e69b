import { readFileSync } from 'node:fs';
import type { ApplicationSeed } from './directory/application.js';
import type { MailboxSeed } from './directory/mailbox.js';
import type { ServiceAccountSeed } from './directory/service-account.js';

/** What a seed file holds, as JSON. */
export interface Seed {
  mailboxes: MailboxSeed[];
  serviceAccounts: ServiceAccountSeed[];
  applications: ApplicationSeed[];
}

type Kind = 'string' | 'boolean' | 'strings';

const MAILBOX: Record<keyof MailboxSeed, Kind> = {
  address: 'string',
  name: 'string',
  timeZone: 'string',
  culture: 'string',
  aliases: 'strings',
  principalName: 'string',
  sid: 'string',
  room: 'boolean',
  userPurpose: 'string',
  remote: 'boolean',
  ewsUrl: 'string',
  onPremises: 'boolean',
  opened: 'boolean',
};

const SERVICE_ACCOUNT: Record<keyof ServiceAccountSeed, Kind> = {
  user: 'string',
  password: 'string',
  token: 'string',
  impersonates: 'strings',
  disabled: 'boolean',
};

const APPLICATION: Record<keyof ApplicationSeed, Kind> = {
  clientId: 'string',
  clientSecret: 'string',
  secretEnds: 'string',
  certificate: 'string',
  tenant: 'string',
  disabled: 'boolean',
  mailboxes: 'strings',
  mailboxPermissions: 'strings',
  permissions: 'strings',
};

/** What a seed has; applications may be left out, as long as nobody uses Microsoft Graph. */
const LISTS = new Set(['mailboxes', 'serviceAccounts', 'applications']);

/** Reads a seed file. @throws TypeError that names the file, the entry and the field. */
export function readSeed(file: string): Seed {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new TypeError(`${file}: cannot be read; give --seed the path of a JSON file`, { cause });
  }
  try {
    return parseSeed(text);
  } catch (cause) {
    throw new TypeError(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Reads a seed from JSON text. @throws TypeError that names the entry and the field. */
function parseSeed(text: string): Seed {
  const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  if (!isObject(json)) throw new TypeError('the seed must be an object with "mailboxes" and "serviceAccounts"');
  for (const key of Object.keys(json)) {
    if (!LISTS.has(key)) {
      throw new TypeError(`"${key}" is unknown; a seed has "mailboxes", "serviceAccounts" and "applications"`);
    }
  }
  return {
    mailboxes: entries<MailboxSeed>(json['mailboxes'], 'mailboxes', MAILBOX, ['address']),
    serviceAccounts: entries<ServiceAccountSeed>(json['serviceAccounts'], 'serviceAccounts', SERVICE_ACCOUNT, ['user']),
    applications: entries<ApplicationSeed>(json['applications'] ?? [], 'applications', APPLICATION, ['clientId']),
  };
}

function entries<T>(list: unknown, where: string, fields: Record<string, Kind>, required: readonly string[]): T[] {
  if (!Array.isArray(list)) throw new TypeError(`"${where}" must be a list`);
  for (const [index, entry] of list.entries()) {
    const at = `${where}[${index}]`;
    if (!isObject(entry)) throw new TypeError(`${at} must be an object`);
    for (const field of required) if (entry[field] === undefined) throw new TypeError(`${at} needs "${field}"`);
    for (const [key, value] of Object.entries(entry)) {
      const kind = fields[key];
      if (kind === undefined)
        throw new TypeError(`${at}: "${key}" is unknown; known are ${Object.keys(fields).join(', ')}`);
      if (!isOfKind(value, kind)) {
        throw new TypeError(`${at}: "${key}" must be ${kind === 'strings' ? 'a list of strings' : `a ${kind}`}`);
      }
    }
  }
  return list as T[];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfKind(value: unknown, kind: Kind): boolean {
  if (kind === 'strings') return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
  return typeof value === kind;
}
