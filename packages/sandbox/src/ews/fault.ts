import { escapeText } from './escape.js';
import { ERRORS, SOAP, TYPES } from './namespaces.js';

/** The whole request is refused: HTTP 500 and a SOAP fault with Exchange's code. */
export class SoapFault extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** Children of `t:MessageXml`, as XML. */
    readonly messageXml: string = '',
    /** What `e:Message` says where it is shorter than the fault's own text. */
    readonly summary: string = message,
  ) {
    super(message);
    this.name = 'SoapFault';
  }
}

/** One item of a request fails; the others do not. */
export class ItemError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** Children of `m:MessageXml`, as XML. */
    readonly messageXml: string = '',
  ) {
    super(message);
    this.name = 'ItemError';
  }
}

/** The envelope of a fault. Like Exchange's it has no SOAP header. */
export function faultEnvelope(fault: SoapFault): string {
  const e = `xmlns:e="${ERRORS}"`;
  const extra = fault.messageXml === '' ? '' : `<t:MessageXml xmlns:t="${TYPES}">${fault.messageXml}</t:MessageXml>`;
  return (
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${SOAP}"><s:Body><s:Fault>` +
    `<faultcode xmlns:a="${TYPES}">a:${fault.code}</faultcode>` +
    `<faultstring xml:lang="en-US">${escapeText(fault.message)}</faultstring><detail>` +
    `<e:ResponseCode ${e}>${fault.code}</e:ResponseCode><e:Message ${e}>${escapeText(fault.summary)}</e:Message>${extra}` +
    `</detail></s:Fault></s:Body></s:Envelope>`
  );
}

/** `<t:Value Name="…">…</t:Value>`, of which MessageXml is made. */
export function messageValue(name: string, value: string): string {
  return `<t:Value Name="${name}">${escapeText(value)}</t:Value>`;
}
