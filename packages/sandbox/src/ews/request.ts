import type { Zone } from '../calendar/zone.js';
import { ItemError, SoapFault } from './fault.js';
import { readZone } from './fields/zone-fields.js';
import { XmlError, readXml } from './reader.js';
import type { XmlElement } from './xml-element.js';

export interface EwsRequest {
  readonly operation: string;
  readonly body: XmlElement;
  readonly impersonation: XmlElement | undefined;
  readonly zone: Zone | undefined;
  readonly version: string | undefined;
}

const VERSIONS =
  /^(Exchange2007(_SP1)?|Exchange2010(_SP[12])?|Exchange2013(_SP1)?|Exchange2015|Exchange2016|Exchange2019|V\d+_\d+(_\d+)?)$/;

/** Reads an envelope. @throws SoapFault ErrorSchemaValidation, ErrorInvalidRequest */
export function readEnvelope(source: string): EwsRequest {
  const root = parse(source);
  const header = root.child('s:Header');
  const [body] = root.child('s:Body')?.children ?? [];
  if (root.name !== 's:Envelope' || body === undefined || !body.name.startsWith('m:')) throw invalid();
  const version = header?.child('t:RequestServerVersion')?.attribute('Version');
  if (version !== undefined && !VERSIONS.test(version)) throw invalid();
  return {
    operation: body.localName,
    body,
    impersonation: header?.child('t:ExchangeImpersonation'),
    zone: readContext(header?.child('t:TimeZoneContext')),
    version,
  };
}

function parse(source: string): XmlElement {
  try {
    return readXml(source);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new SoapFault('ErrorSchemaValidation', `The request failed schema validation: ${error.message}`);
  }
}

function readContext(context: XmlElement | undefined): Zone | undefined {
  if (context === undefined) return undefined;
  try {
    return readZone(context.required('t:TimeZoneDefinition'));
  } catch (error) {
    if (error instanceof ItemError) throw new SoapFault(error.code, error.message);
    throw error;
  }
}

function invalid(): SoapFault {
  return new SoapFault('ErrorInvalidRequest', 'The request is invalid.');
}
