import type { Directory } from '../../directory/directory.js';
import type { Mailbox } from '../../directory/mailbox.js';
import { element, escapeText } from '../escape.js';
import { ItemError } from '../fault.js';
import { eachOf, success, warning } from '../response.js';
import type { Operation } from './operation.js';

const MESSAGE = 'ResolveNamesResponseMessage';
/** What Exchange returns at most. */
const MOST = 100;

export const resolveNames: Operation = (request, call) =>
  eachOf([request], MESSAGE, '', () => {
    const entry = (request.child('m:UnresolvedEntry')?.text ?? '').trim();
    const found = request.attribute('SearchScope') === 'Contacts' ? [] : search(entry, call.directory);
    if (found.length === 0) {
      throw new ItemError('ErrorNameResolutionNoResults', 'No results were found.');
    }
    const isFull = /^(true|1)$/.test(request.attribute('ReturnFullContactData') ?? '');
    const shown = found.slice(0, MOST);
    const set =
      `<m:ResolutionSet TotalItemsInView="${shown.length}" IncludesLastItemInRange="${shown.length === found.length}">` +
      `${shown.map((mailbox) => resolutionXml(mailbox, isFull)).join('')}</m:ResolutionSet>`;
    if (found.length === 1) return success(MESSAGE, set);
    return warning(MESSAGE, 'ErrorNameResolutionMultipleResults', 'Multiple results were found.', set);
  });

/** An exact address (with or without `smtp:`), else the beginning of a name, of a word in it, or of an address. */
function search(entry: string, directory: Directory): Mailbox[] {
  const text = entry.replace(/^smtp:/i, '').toLowerCase();
  if (text === '') return [];
  const exact = directory.byAnyAddress(text) ?? directory.byUserPrincipalName(text);
  if (exact !== undefined) return [exact];
  return [...directory.mailboxes].filter(
    ({ name, address }) =>
      address.toLowerCase().startsWith(text) ||
      name.toLowerCase().startsWith(text) ||
      name
        .toLowerCase()
        .split(/\s+/)
        .some((word) => word.startsWith(text)),
  );
}

function resolutionXml(mailbox: Mailbox, isFull: boolean): string {
  return (
    `<t:Resolution><t:Mailbox>${element('t:Name', mailbox.name)}${element('t:EmailAddress', mailbox.address)}` +
    `<t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType></t:Mailbox>` +
    `${isFull ? contactXml(mailbox) : ''}</t:Resolution>`
  );
}

function contactXml(mailbox: Mailbox): string {
  const addresses = [mailbox.address, ...mailbox.aliases].slice(0, 3).map((address, index) => {
    const kind = index === 0 ? 'SMTP' : 'smtp';
    return `<t:Entry Key="EmailAddress${index + 1}">${kind}:${escapeText(address)}</t:Entry>`;
  });
  return (
    `<t:Contact>${element('t:Culture', mailbox.culture)}${element('t:DisplayName', mailbox.name)}` +
    `<t:EmailAddresses>${addresses.join('')}</t:EmailAddresses><t:ContactSource>ActiveDirectory</t:ContactSource></t:Contact>`
  );
}
