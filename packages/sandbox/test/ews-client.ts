import { schemaViolations } from './schemas.js';

const NAMESPACES =
  'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" ' +
  'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly xml: string;
  /** All ResponseCodes, in order. */
  readonly codes: readonly string[];
  /** The text of every element of that name. */
  texts(name: string): string[];
  /** The text of the first element of that name; fails if there is none. */
  text(name: string): string;
  /** That attribute of every element of that name. */
  attributes(name: string, attribute: string): string[];
}

/**
 * The published schema declares this one response as a bare message; the documentation's examples, servers and clients
 * have ResponseMessages around it, as everywhere else.
 */
const MISDECLARED = '<m:GetUserConfigurationResponse ';

interface As {
  /** Whom to impersonate, by SmtpAddress; or a ConnectingSID element; nobody if null. */
  as?: string | null;
  header?: string;
  authorization?: string;
  version?: string;
}

/** Speaks EWS as tests need it, and remembers every envelope for the schema check. */
export class EwsClient {
  /** Requests that were accepted, and all responses. */
  readonly envelopes: string[] = [];

  constructor(
    private readonly url: string,
    private readonly defaults: As = {},
  ) {}

  call(body: string, options: As = {}): Promise<Reply> {
    const {
      as = 'alfred@contoso.com',
      header = '',
      version = 'Exchange2013_SP1',
      authorization,
    } = { ...this.defaults, ...options };
    const id = as?.startsWith('<') ? as : `<t:SmtpAddress>${as}</t:SmtpAddress>`;
    const impersonation =
      as === null ? '' : `<t:ExchangeImpersonation><t:ConnectingSID>${id}</t:ConnectingSID></t:ExchangeImpersonation>`;
    const versionXml = version === '' ? '' : `<t:RequestServerVersion Version="${version}"/>`;
    return this.post(
      `<?xml version="1.0" encoding="utf-8"?><s:Envelope ${NAMESPACES}>` +
        `<s:Header>${versionXml}${impersonation}${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`,
      authorization === undefined ? {} : { authorization },
    );
  }

  async post(envelope: string, headers: Record<string, string> = {}): Promise<Reply> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', authorization: basic('svc', 'secret'), ...headers },
      body: envelope,
    });
    const xml = await response.text();
    if (xml.startsWith('<?xml') && !xml.includes(MISDECLARED)) this.envelopes.push(xml);
    if (response.status === 200) this.envelopes.push(envelope);
    return reply(response, xml);
  }

  /** Creates calendar items from the elements inside `<t:CalendarItem>`. */
  create(items: readonly string[], options: As & { sending?: string; folder?: string } = {}): Promise<Reply> {
    const folder = options.folder ?? '<t:DistinguishedFolderId Id="calendar"/>';
    const content = items.map((item) => `<t:CalendarItem>${item}</t:CalendarItem>`).join('');
    return this.call(
      `<m:CreateItem SendMeetingInvitations="${options.sending ?? 'SendToNone'}">` +
        `<m:SavedItemFolderId>${folder}</m:SavedItemFolderId><m:Items>${content}</m:Items></m:CreateItem>`,
      options,
    );
  }

  /** Reads items; AllProperties unless the shape says otherwise. */
  get(ids: readonly string[], shape = '<t:BaseShape>AllProperties</t:BaseShape>', options: As = {}): Promise<Reply> {
    const references = ids.map((id) => (id.startsWith('<') ? id : `<t:ItemId Id="${id}"/>`)).join('');
    return this.call(
      `<m:GetItem><m:ItemShape>${shape}</m:ItemShape><m:ItemIds>${references}</m:ItemIds></m:GetItem>`,
      options,
    );
  }

  /** Looks into the calendar: what overlaps a time. */
  view(
    from: string,
    until: string,
    options: As & { shape?: string; folder?: string; limit?: number } = {},
  ): Promise<Reply> {
    const limit = options.limit === undefined ? '' : ` MaxEntriesReturned="${options.limit}"`;
    return this.find(`<m:CalendarView StartDate="${from}" EndDate="${until}"${limit}/>`, options);
  }

  find(parameters: string, options: As & { shape?: string; folder?: string } = {}): Promise<Reply> {
    const shape = options.shape ?? '<t:BaseShape>Default</t:BaseShape>';
    const folder = options.folder ?? '<t:DistinguishedFolderId Id="calendar"/>';
    return this.call(
      `<m:FindItem Traversal="Shallow"><m:ItemShape>${shape}</m:ItemShape>${parameters}` +
        `<m:ParentFolderIds>${folder}</m:ParentFolderIds></m:FindItem>`,
      options,
    );
  }

  /** What Microsoft's schemas have against what was said so far; empty if nothing. */
  schemaViolations(): string {
    return schemaViolations(this.envelopes);
  }
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function reply(response: Response, xml: string): Reply {
  const texts = (name: string) =>
    [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^<]*)</`, 'g'))].map((match) =>
      unescape(match[1] ?? ''),
    );
  return {
    status: response.status,
    headers: response.headers,
    xml,
    codes: texts('ResponseCode'),
    texts,
    text(name) {
      const [first] = texts(name);
      if (first === undefined) throw new Error(`no ${name} in ${xml}`);
      return first;
    },
    attributes: (name, attribute) =>
      [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s[^>]*?\\b${attribute}="([^"]*)"`, 'g'))].map((match) =>
        unescape(match[1] ?? ''),
      ),
  };
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#xD;', '\r')
    .replaceAll('&#x9;', '\t')
    .replaceAll('&#xA;', '\n')
    .replaceAll('&amp;', '&');
}
