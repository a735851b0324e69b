import { findZone } from '../../calendar/zone.js';
import type { Mailbox } from '../../directory/mailbox.js';
import { element, escapeAttribute } from '../escape.js';
import { ItemError } from '../fault.js';
import { resolveFolder } from '../folder-reference.js';
import { folderChangeKey, folderId } from '../item-id.js';
import { eachOf, success } from '../response.js';
import type { Operation } from './operation.js';

const MESSAGE = 'GetUserConfigurationResponseMessage';

/** Outlook on the web keeps its options here, among them the owner's time zone: in the root folder, from the first visit on. */
const OWA_OPTIONS = 'OWA.UserOptions';

export const getUserConfiguration: Operation = (request, call) =>
  eachOf([request.required('m:UserConfigurationName')], MESSAGE, '', (name) => {
    const [reference] = name.children;
    if (reference === undefined) throw new Error('the grammar let a UserConfigurationName pass without a folder');
    const { mailbox, folder } = resolveFolder(reference, call);
    const wanted = name.attribute('Name') ?? '';
    if (wanted.toLowerCase() !== OWA_OPTIONS.toLowerCase() || folder.wellKnown !== 'root' || !mailbox.opened) {
      throw new ItemError('ErrorItemNotFound', 'The specified object was not found in the store.');
    }
    const properties = new Set((request.value('m:UserConfigurationProperties') ?? '').split(/\s+/));
    const dictionary = properties.has('Dictionary') || properties.has('All') ? dictionaryXml(mailbox) : '';
    return success(
      MESSAGE,
      `<m:UserConfiguration><t:UserConfigurationName Name="${escapeAttribute(wanted)}">` +
        `<t:FolderId Id="${folderId(mailbox, folder.number)}" ChangeKey="${folderChangeKey(mailbox, folder.number)}"/>` +
        `</t:UserConfigurationName>${dictionary}</m:UserConfiguration>`,
    );
  });

function dictionaryXml(mailbox: Mailbox): string {
  const zone = findZone(mailbox.timeZone)?.id ?? 'UTC';
  return (
    `<t:Dictionary>${entry('timezone', 'String', zone)}${entry('userculture', 'String', mailbox.culture)}` +
    `${entry('firstweekday', 'Integer32', '0')}</t:Dictionary>`
  );
}

function entry(key: string, type: string, value: string): string {
  return (
    `<t:DictionaryEntry><t:DictionaryKey><t:Type>String</t:Type>${element('t:Value', key)}</t:DictionaryKey>` +
    `<t:DictionaryValue><t:Type>${type}</t:Type>${element('t:Value', value)}</t:DictionaryValue></t:DictionaryEntry>`
  );
}
