import { all, element, textElement } from '../encode/element.js';
import { child, parseXml, type XmlElement } from '../decode/xml-tree.js';

const REQUEST = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006';
const RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

/** What a server answers: where EWS is, or whom or whom else to ask. */
export type PoxAnswer =
  | { readonly kind: 'service' | 'redirect'; readonly url: string }
  | { readonly kind: 'address'; readonly email: string }
  | { readonly kind: 'nothing'; readonly why: string };

/** The request of Autodiscover in plain old XML (MS-OXDSCLI 2.2.3). */
export function poxRequest(email: string): string {
  return element(
    'Autodiscover',
    { xmlns: REQUEST },
    element(
      'Request',
      {},
      all([textElement('EMailAddress', email), textElement('AcceptableResponseSchema', RESPONSE)]),
    ),
  );
}

/** Its response (MS-OXDSCLI 2.2.4). */
export function poxAnswer(body: string): PoxAnswer {
  const response = responseIn(body);
  if (response === undefined) return { kind: 'nothing', why: 'answers what is no Autodiscover' };
  const account = child(response, 'Account');
  const [email, url] = [
    textIn(account, 'RedirectAddr'),
    textIn(account, 'RedirectUrl') ?? textIn(account, 'RedirectURL'),
  ];
  if (email !== undefined) return { kind: 'address', email };
  if (url !== undefined) return { kind: 'redirect', url };
  const service = serviceIn(account);
  if (service !== undefined) return { kind: 'service', url: service };
  const said = textIn(child(response, 'Error'), 'Message');
  return { kind: 'nothing', why: said === undefined ? 'knows no EWS for it' : `says: ${said}` };
}

/** For clients from outside (EXPR) rather than from inside (EXCH): it is not known where this one is. */
function serviceIn(account: XmlElement | undefined): string | undefined {
  const protocols = account?.children.filter(({ name }) => name === 'Protocol') ?? [];
  const of = (type: string): string | undefined =>
    textIn(
      protocols.find((protocol) => textIn(protocol, 'Type') === type),
      'EwsUrl',
    );
  return of('EXPR') ?? of('EXCH');
}

function responseIn(body: string): XmlElement | undefined {
  try {
    const root = parseXml(body);
    return root.name === 'Autodiscover' ? child(root, 'Response') : undefined;
  } catch {
    // Not XML, or not all of it.
    return undefined;
  }
}

function textIn(parent: XmlElement | undefined, name: string): string | undefined {
  const text = child(parent, name)?.text.trim() ?? '';
  return text === '' ? undefined : text;
}
