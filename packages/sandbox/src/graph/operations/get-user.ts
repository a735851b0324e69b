import type { GraphOperation } from '../call.js';
import { userJson, usersContext } from '../user-json.js';

export const getUser: GraphOperation = ({ query, mailbox, request }) => {
  query.allow('$select');
  const select = query.get('$select');
  const context = `${usersContext(request.base, select)}/$entity`;
  return { status: 200, body: { '@odata.context': context, ...userJson(mailbox, select) } };
};
