import type { Body } from '../../calendar/item.js';
import { escapeText } from '../escape.js';

/**
 * A body as somebody wants it. Real servers rewrite HTML when they store it (a head, a meta element); here it comes
 * back as it was sent, so that tests can compare.
 */
export function bodyXml(name: string, body: Body | undefined, wanted: 'Best' | 'HTML' | 'Text'): string {
  const kind = wanted === 'Best' ? (body?.kind ?? 'Text') : wanted;
  const content = body === undefined ? '' : convert(body, kind);
  return `<t:${name} BodyType="${kind}" IsTruncated="false">${escapeText(content)}</t:${name}>`;
}

/** What people read of a body: what it is searched by. */
export function readable(body: Body | undefined): string | undefined {
  return body && convert(body, 'Text');
}

function convert(body: Body, kind: 'HTML' | 'Text'): string {
  if (body.kind === kind) return body.content;
  return kind === 'Text' ? textOf(body.content) : `<html><body>${escapeText(body.content)}</body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', nbsp: '\u00A0', apos: "'", amp: '&' };

function textOf(html: string): string {
  return html
    .replaceAll(/<(style|script|head)\b[^]*?<\/\1>/gi, '')
    .replaceAll(/<(br|\/p|\/div)\b[^>]*>/gi, '\r\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(lt|gt|quot|nbsp|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .trim();
}
