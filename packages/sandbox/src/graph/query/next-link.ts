import type { GraphCall } from '../call.js';

/** The address of the page of a list that begins at an entry. */
export function nextLink({ request, query }: GraphCall, skip: number): string {
  const search = new URLSearchParams(query.search);
  for (const name of query.search.keys()) if (name.toLowerCase() === '$skip') search.delete(name);
  search.set('$skip', String(skip));
  const [path = ''] = request.url.split('?', 1);
  return `${request.base}${path}?${search.toString().replaceAll('%24', '$')}`;
}
