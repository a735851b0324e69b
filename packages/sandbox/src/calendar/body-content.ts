import type { Body } from './item.js';

/** A body's content in another kind: HTML read as text, text put into HTML. */
export function bodyAs(body: Body, kind: Body['kind']): string {
  if (body.kind === kind) return body.content;
  return kind === 'Text' ? textOf(body.content) : `<html><body>${escaped(body.content)}</body></html>`;
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

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
