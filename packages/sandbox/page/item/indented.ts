const TAG = /<[^>]*>|[^<]+/g;

/** XML with a line for each element that holds others, or JSON behind a request line: made to be read. */
export function indented(text: string): string {
  return text.startsWith('<') ? indentedXml(text) : indentedJson(text);
}

function indentedJson(text: string): string {
  const [line = '', ...rest] = text.split('\n\n');
  try {
    return `${line}\n\n${JSON.stringify(JSON.parse(rest.join('\n\n')), undefined, 2)}`;
  } catch {
    return text;
  }
}

function indentedXml(xml: string): string {
  const lines: string[] = [];
  let depth = 0;
  let line = '';
  const flush = (at: number) => {
    if (line.trim() !== '') lines.push('  '.repeat(at) + line.trim());
    line = '';
  };
  let hasText = false;
  for (const [part] of xml.matchAll(TAG)) {
    if (!part.startsWith('<')) {
      hasText = part.trim() !== '';
      line += hasText ? part : '';
    } else if (part.startsWith('</')) {
      depth = Math.max(0, depth - 1);
      // An end tag stays with its text, or with the start tag that it follows.
      if (line === '') line = part;
      else line += part;
      flush(depth);
      hasText = false;
    } else {
      flush(Math.max(0, depth - 1));
      line = part;
      if (part.startsWith('<?') || part.startsWith('<!') || part.endsWith('/>')) flush(depth);
      else depth += 1;
    }
  }
  flush(depth);
  return lines.join('\n');
}
