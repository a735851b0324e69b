import type { Directory } from '../../directory/directory.js';
import type { Mailbox } from '../../directory/mailbox.js';
import type { Reply } from '../call.js';
import { GraphError } from '../graph-error.js';
import type { QueryOptions } from '../query/query-options.js';
import { Tokens } from '../query/tokens.js';
import { userJson, usersContext } from '../user-json.js';

/** The one operation that is about no single user. */
export const LIST_USERS = 'GET /users';

/** Whoever has an address or another name; everybody is not listed. @throws GraphError */
export function listUsers(query: QueryOptions, directory: Directory, base: string): Reply {
  query.allow('$filter', '$select');
  const filter = query.get('$filter');
  if (filter === undefined) throw new GraphError(400, 'BadRequest', 'A $filter is needed here.');
  const select = query.get('$select');
  const holds = readUserFilter(filter);
  const value = directory.mailboxes.filter(holds).map((mailbox) => userJson(mailbox, select));
  return { status: 200, body: { '@odata.context': usersContext(base, select), value } };
}

const NAMES: ReadonlyMap<string, (mailbox: Mailbox) => string> = new Map([
  ['mail', ({ address }: Mailbox) => address],
  ['userprincipalname', ({ principalName }: Mailbox) => principalName],
  ['onpremisessecurityidentifier', ({ sid }: Mailbox) => sid],
]);

/** `mail eq 'x'` and the like, or `proxyAddresses/any(a:a eq 'smtp:x')`. */
function readUserFilter(text: string): (mailbox: Mailbox) => boolean {
  const tokens = new Tokens(text, 'filter');
  const path = tokens.take('word').toLowerCase();
  const holds = path === 'proxyaddresses/any' ? anyAddress(tokens) : comparison(path, tokens);
  if (!tokens.isAtEnd) throw tokens.unexpected();
  return holds;
}

function anyAddress(tokens: Tokens): (mailbox: Mailbox) => boolean {
  tokens.expect('(');
  const variable = tokens.take('word');
  tokens.expect(':', variable, 'eq');
  const [, address = ''] = /^smtp:(.*)$/i.exec(tokens.take('string')) ?? [];
  tokens.expect(')');
  return ({ address: primary, aliases }) => [primary, ...aliases].some((one) => isSame(one, address));
}

function comparison(path: string, tokens: Tokens): (mailbox: Mailbox) => boolean {
  const nameOf = NAMES.get(path);
  if (nameOf === undefined) {
    throw new GraphError(400, 'Request_UnsupportedQuery', `Unsupported or invalid query filter clause: '${path}'.`);
  }
  tokens.expect('eq');
  const wanted = tokens.take('string');
  return (mailbox) => isSame(nameOf(mailbox), wanted);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
