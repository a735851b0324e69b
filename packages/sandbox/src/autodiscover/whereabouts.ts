import type { Directory } from '../directory/directory.js';
import type { Mailbox } from '../directory/mailbox.js';

const ONLINE = 'https://outlook.office365.com';
const EWS = '/EWS/Exchange.asmx';

/** Where a mailbox is, for those who look for it. */
export interface Whereabouts {
  readonly mailbox: Mailbox;
  readonly ewsUrl: string;
  /** Where the mailbox's own Autodiscover is. */
  readonly autodiscoverUrl: string;
  readonly isOnline: boolean;
  /** The address under which Exchange Online knows the mailbox: what one is sent on to from here. */
  readonly onlineAddress: string | undefined;
}

/**
 * Where the mailbox of an address is: here, or in Exchange Online, unless its seed points elsewhere. A mailbox of
 * Exchange Online is known by its address there as well. @param origin of this server: `http://127.0.0.1:8025`
 */
export function whereabouts(address: string, directory: Directory, origin: string): Whereabouts | undefined {
  const mailbox = directory.byAnyAddress(address) ?? byOnlineAddress(address, directory);
  if (mailbox === undefined) return undefined;
  const ewsUrl = mailbox.ewsUrl ?? (mailbox.remote ? ONLINE : origin) + EWS;
  return {
    mailbox,
    ewsUrl,
    autodiscoverUrl: `${new URL(ewsUrl).origin}/autodiscover/autodiscover.xml`,
    isOnline: mailbox.remote,
    onlineAddress: mailbox.remote ? onlineAddress(mailbox) : undefined,
  };
}

function byOnlineAddress(address: string, directory: Directory): Mailbox | undefined {
  const wanted = address.toLowerCase();
  if (!wanted.endsWith('.mail.onmicrosoft.com')) return undefined;
  return directory.mailboxes.find((mailbox) => mailbox.remote && onlineAddress(mailbox).toLowerCase() === wanted);
}

/** `cloud@contoso.mail.onmicrosoft.com` for `cloud@contoso.com`: how a hybrid routes mail to its tenant. */
function onlineAddress({ address }: Mailbox): string {
  const [local = '', domain = ''] = address.split('@');
  const [tenant = ''] = domain.split('.');
  return `${local}@${tenant}.mail.onmicrosoft.com`;
}
