import { bodyAs } from '../../calendar/body-content.js';
import type { Body } from '../../calendar/item.js';
import { escapeText } from '../escape.js';

/**
 * A body as somebody wants it. Real servers rewrite HTML when they store it (a head, a meta element); here it comes
 * back as it was sent, so that tests can compare.
 */
export function bodyXml(name: string, body: Body | undefined, wanted: 'Best' | 'HTML' | 'Text'): string {
  const kind = wanted === 'Best' ? (body?.kind ?? 'Text') : wanted;
  const content = body === undefined ? '' : bodyAs(body, kind);
  return `<t:${name} BodyType="${kind}" IsTruncated="false">${escapeText(content)}</t:${name}>`;
}

/** What people read of a body: what it is searched by. */
export function readable(body: Body | undefined): string | undefined {
  return body && bodyAs(body, 'Text');
}
