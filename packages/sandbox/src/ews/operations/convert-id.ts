import type { Mailbox } from '../../directory/mailbox.js';
import type { Call } from '../call.js';
import { escapeAttribute } from '../escape.js';
import { ItemError } from '../fault.js';
import { parseAnyItemId } from '../item-id.js';
import { eachOf, success } from '../response.js';
import type { XmlElement } from '../xml-element.js';
import type { Operation } from './operation.js';

const MESSAGE = 'ConvertIdResponseMessage';
/** Where the entry id begins in a decoded id, behind the mailbox and two bytes for its length. */
const ENTRY_AT = 43;

export const convertId: Operation = (request, call) => {
  const destination = request.attribute('DestinationFormat') ?? '';
  return eachOf(request.required('m:SourceIds').children, MESSAGE, '', (source) => {
    if (source.name !== 't:AlternateId') {
      throw new ItemError('ErrorInvalidOperation', 'The sandbox has no public folders.');
    }
    const mailbox = mailboxOf(source, call);
    const id = write(read(source, mailbox), destination);
    return success(
      MESSAGE,
      `<m:AlternateId xsi:type="t:AlternateIdType" Format="${destination}" Id="${escapeAttribute(id)}" ` +
        `Mailbox="${escapeAttribute(source.attribute('Mailbox') ?? '')}"/>`,
    );
  });
};

function mailboxOf(source: XmlElement, call: Call): Mailbox {
  const mailbox = call.directory.byAnyAddress(source.attribute('Mailbox') ?? '');
  if (mailbox === undefined || mailbox.remote) {
    throw new ItemError('ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.');
  }
  return mailbox;
}

/** The id in EWS's own format, whatever it came in. @throws ItemError ErrorInvalidIdMalformed */
function read(source: XmlElement, mailbox: Mailbox): Buffer {
  const text = source.attribute('Id') ?? '';
  const format = source.attribute('Format') ?? '';
  const bytes = decode(text, format);
  const ews = format === 'EwsId' || format === 'EwsLegacyId' ? bytes : Buffer.concat([head(mailbox, bytes), bytes]);
  parseAnyItemId(mailbox, ews.toString('base64'));
  return ews;
}

function decode(text: string, format: string): Buffer {
  switch (format) {
    case 'HexEntryId':
      if (!/^([0-9a-f]{2})+$/i.test(text)) throw malformed();
      return Buffer.from(text, 'hex');
    case 'OwaId':
      return Buffer.from(text.replaceAll('-', '/').replaceAll('_', '+'), 'base64');
    default:
      return Buffer.from(text, 'base64');
  }
}

function head(mailbox: Mailbox, entry: Buffer): Buffer {
  if (entry.length === 0 || entry.length > 255) throw malformed();
  const guid = Buffer.from(mailbox.guid, 'latin1');
  return Buffer.concat([Buffer.from([0, 3, guid.length, 0]), guid, Buffer.from([0, entry.length, 0])]);
}

function write(ews: Buffer, format: string): string {
  switch (format) {
    case 'EwsId':
    case 'EwsLegacyId':
      return ews.toString('base64');
    case 'HexEntryId':
      return ews.subarray(ENTRY_AT).toString('hex').toUpperCase();
    case 'OwaId':
      return ews.subarray(ENTRY_AT).toString('base64').replaceAll('/', '-').replaceAll('+', '_');
    default:
      return ews.subarray(ENTRY_AT).toString('base64');
  }
}

function malformed(): ItemError {
  return new ItemError('ErrorInvalidIdMalformed', 'Id is malformed.');
}
