import type { Behaviour } from './canned-server.js';

const HEAD =
  '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"' +
  ' xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Body>';
const TAIL = '</s:Body></s:Envelope>';

/** A response message of CreateItem that says that the item was saved. */
export function saved(id: string): string {
  return (
    '<m:CreateItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>' +
    `<m:Items><t:CalendarItem><t:ItemId Id="${id}" ChangeKey="ck-${id}"/></t:CalendarItem></m:Items>` +
    '</m:CreateItemResponseMessage>'
  );
}

/** A response message that reports success, with what it holds. */
export function told(operation: string, content: string): string {
  return (
    `<m:${operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}` +
    `</m:${operation}ResponseMessage>`
  );
}

/** A response message, of CreateItem by default, that says that it was not done. */
export function refused(
  code: string,
  values: Readonly<Record<string, string>> = {},
  operation: string = 'CreateItem',
): string {
  const xml = Object.entries(values).map(([name, value]) => `<t:Value Name="${name}">${value}</t:Value>`);
  return (
    `<m:${operation}ResponseMessage ResponseClass="Error"><m:MessageText>Said the server.</m:MessageText>` +
    `<m:ResponseCode>${code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>` +
    `${xml.length === 0 ? '' : `<m:MessageXml>${xml.join('')}</m:MessageXml>`}<m:Items/></m:${operation}ResponseMessage>`
  );
}

/** A whole response. */
export function responseOf(operation: string, ...messages: readonly string[]): string {
  return (
    `${HEAD}<m:${operation}Response><m:ResponseMessages>${messages.join('')}</m:ResponseMessages>` +
    `</m:${operation}Response>${TAIL}`
  );
}

/** A whole response of CreateItem. */
export function createItemResponse(...messages: readonly string[]): string {
  return responseOf('CreateItem', ...messages);
}

/** A SOAP fault with a response code in its detail. */
export function soapFault(code: string, detail = ''): string {
  return (
    `${HEAD}<s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:${code}</faultcode>` +
    '<faultstring xml:lang="en-US">Said the server.</faultstring><detail>' +
    `<e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${code}</e:ResponseCode>` +
    `<e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">Said the server.</e:Message>${detail}` +
    `</detail></s:Fault>${TAIL}`
  );
}

/** What gromox sends for an operation that it does not know: a fault without a response code. */
export const NOT_SERVED = `${HEAD}<s:Fault><faultcode>SOAP:Client</faultcode><faultstring>E-3021: unknown request</faultstring></s:Fault>${TAIL}`;

/** Answers with a status, a body and headers. */
export function answer(
  status: number,
  body: string,
  headers: Readonly<Record<string, string | string[]>> = {},
): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8', ...headers });
    response.end(body);
  };
}
