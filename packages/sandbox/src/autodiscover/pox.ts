import { readXml } from '../ews/reader.js';
import { element } from '../ews/escape.js';
import { localNameOf, namespaceOf } from '../ews/namespaces.js';
import type { XmlElement } from '../ews/xml-element.js';
import { XmlError } from '../ews/xml-error.js';
import type { Whereabouts } from './whereabouts.js';

const REQUEST = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006';
const OUTLOOK = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';
const RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006';

/** The codes of [MS-OXDSCLI] 2.2.4.1.1.3.1, and what servers say with them. */
const ERRORS = {
  500: "The email address can't be found.",
  600: 'Invalid Request',
  601: 'Provider is not available',
} as const;

type ErrorCode = keyof typeof ERRORS;

/** Exchange 2016, as EWS says it: `15.1.2507.39`. */
const SERVER_VERSION = '73C189CB';

/** What a request looks for: an address, or why it cannot be answered. */
export function readPox(source: string): { readonly address: string } | { readonly error: ErrorCode } {
  let root: XmlElement;
  try {
    root = readXml(source);
  } catch (error) {
    if (error instanceof XmlError) return { error: 600 };
    throw error;
  }
  const request = child(root, 'Request');
  const namespace = namespaceOf(root.name);
  if (localNameOf(root.name) !== 'Autodiscover' || request === undefined) return { error: 600 };
  if (namespace !== REQUEST && namespace !== `${REQUEST}a`) return { error: 600 };
  const address = child(request, 'EMailAddress')?.text.trim() ?? '';
  const schema = child(request, 'AcceptableResponseSchema')?.text.trim() ?? '';
  if (address === '' || schema === '') return { error: 600 };
  return schema === OUTLOOK ? { address } : { error: 601 };
}

function child(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((each) => localNameOf(each.name) === name);
}

/** Where EWS is, or, for who asks with the address that a mailbox of Exchange Online has here, whom to ask about. */
export function poxXml(address: string, found: Whereabouts): string {
  const { mailbox, onlineAddress, isOnline } = found;
  const isKnownElsewhere = onlineAddress !== undefined && onlineAddress.toLowerCase() !== address.toLowerCase();
  const account = isKnownElsewhere
    ? `<Action>redirectAddr</Action>${element('RedirectAddr', onlineAddress)}`
    : `<Action>settings</Action><MicrosoftOnline>${isOnline ? 'True' : 'False'}</MicrosoftOnline>${protocolsXml(found)}`;
  const user = isKnownElsewhere
    ? ''
    : `<User>${element('DisplayName', mailbox.name)}${element('LegacyDN', legacyName(address, found))}` +
      `${element('AutoDiscoverSMTPAddress', onlineAddress ?? mailbox.address)}${element('DeploymentId', mailbox.guid)}</User>`;
  return envelope(
    `<Response xmlns="${OUTLOOK}">${user}<Account><AccountType>email</AccountType>${account}</Account></Response>`,
  );
}

function legacyName(address: string, { mailbox }: Whereabouts): string {
  const organization = address.split('@')[1] ?? '';
  return `/o=${organization}/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${mailbox.guid}`;
}

/** EXCH is for those inside, EXPR for those outside, WEB for browsers; all lead to the same server here. */
function protocolsXml({ ewsUrl }: Whereabouts): string {
  const { host, origin, protocol } = new URL(ewsUrl);
  const urls = element('ASUrl', ewsUrl) + element('EwsUrl', ewsUrl) + element('OOFUrl', ewsUrl);
  const ssl = `<SSL>${protocol === 'https:' ? 'On' : 'Off'}</SSL>`;
  const server = element('Server', host);
  return (
    `<Protocol><Type>EXCH</Type>${server}<ServerVersion>${SERVER_VERSION}</ServerVersion>${urls}</Protocol>` +
    `<Protocol><Type>EXPR</Type>${server}${ssl}<AuthPackage>Basic</AuthPackage>${urls}</Protocol>` +
    `<Protocol><Type>WEB</Type><Internal><OWAUrl AuthenticationMethod="Basic">${origin}/owa/</OWAUrl>` +
    `<Protocol><Type>EXCH</Type>${element('ASUrl', ewsUrl)}</Protocol></Internal></Protocol>`
  );
}

/** @param now milliseconds since 1970, UTC */
export function poxErrorXml(code: ErrorCode, now: number): string {
  const time = `${new Date(now).toISOString().slice(11, 23)}0000`;
  return envelope(
    `<Response><Error Time="${time}" Id="1"><ErrorCode>${code}</ErrorCode>${element('Message', ERRORS[code])}` +
      '<DebugData/></Error></Response>',
  );
}

function envelope(response: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${RESPONSE}">${response}</Autodiscover>`;
}
