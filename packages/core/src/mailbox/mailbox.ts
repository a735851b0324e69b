/** How a mailbox is named: the kinds of Exchange's ConnectingSID element (SMTP address, user principal name, SID). */
export type MailboxKind = 'smtp' | 'upn' | 'sid';

/** Free text about a mailbox, for factories: a CSV row's other columns. */
export type MailboxAttributes = Readonly<Record<string, string>>;

/**
 * The account acted for. A frozen value that travels with every request made for it: whose calendar is written is
 * never a shared, mutable setting.
 */
export interface Mailbox {
  readonly kind: MailboxKind;
  /** Address, principal name or SID, as given (trimmed). */
  readonly id: string;
  readonly attributes: MailboxAttributes;
}

/** What a list of mailboxes may hold: an SMTP address as a string, or a named identity with attributes. */
export type MailboxInput =
  | string
  | { readonly smtp: string; readonly attributes?: MailboxAttributes }
  | { readonly upn: string; readonly attributes?: MailboxAttributes }
  | { readonly sid: string; readonly attributes?: MailboxAttributes };
