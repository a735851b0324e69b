// What a terminal shows, as an SVG image: text in a monospaced font, in colours that a dark and a light page can carry.
const CELL = { width: 8.4, height: 18 };
const FONT_SIZE = 14;
const MARGIN = 16;
/** By the number of the terminal's colour: for a light page, and for a dark one. */
const COLOURS = {
  1: ['#b3261e', '#ff8a80'],
  2: ['#146c2e', '#7ee2a0'],
  3: ['#7a5900', '#f2c14e'],
  8: ['#5f6368', '#9aa0a6'],
};
const STYLE = `
  rect { fill: #ffffff; stroke: #d0d7de }
  text { fill: #1f2328; font: ${FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre }
  .b { font-weight: bold }
${Object.entries(COLOURS)
  .map(([number, [light]]) => `  .c${number} { fill: ${light} }`)
  .join('\n')}
  @media (prefers-color-scheme: dark) {
    rect { fill: #0d1117; stroke: #30363d }
    text { fill: #e6edf3 }
${Object.entries(COLOURS)
  .map(([number, [, dark]]) => `    .c${number} { fill: ${dark} }`)
  .join('\n')}
  }`;

/**
 * @param {import('@xterm/headless').IBuffer} buffer
 * @param {{ title: string, description: string }} words for those who cannot see it
 */
export function terminalSvg(buffer, { title, description }) {
  const lines = Array.from({ length: buffer.length }, (_, y) => partsOf(buffer.getLine(y)));
  const height = lines.findLastIndex((parts) => parts.length > 0) + 1;
  const columns = Math.max(...lines.flat().map(({ x, text }) => x + text.length));
  const size = [columns * CELL.width + 2 * MARGIN, height * CELL.height + 2 * MARGIN].map(Math.ceil);
  const text = lines.slice(0, height).flatMap((parts, y) => parts.map((part) => textElement(part, y)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.join(' ')}" role="img" aria-labelledby="title desc">
<title id="title">${escaped(title)}</title>
<desc id="desc">${escaped(description)}</desc>
<style>${STYLE}
</style>
<rect x="0.5" y="0.5" width="${(size[0] ?? 0) - 1}" height="${(size[1] ?? 0) - 1}" rx="8"/>
${text.join('\n')}
</svg>
`;
}

/** @typedef {{ x: number, text: string, look: string }} Part */

/** Letters beside each other that look alike. @param {import('@xterm/headless').IBufferLine | undefined} line @returns {Part[]} */
function partsOf(line) {
  /** @type {Part[]} */
  const parts = [];
  for (let x = 0; x < (line?.length ?? 0); x += 1) {
    const cell = line?.getCell(x);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const look = [cell.isBold() === 0 ? '' : 'b', cell.isFgDefault() ? '' : `c${cell.getFgColor()}`].join(' ').trim();
    const last = parts.at(-1);
    const letters = cell.getChars() || ' ';
    if (last !== undefined && last.look === look) last.text += letters;
    else parts.push({ x, text: letters, look });
  }
  return parts.map((part) => ({ ...part, text: part.text.trimEnd() })).filter(({ text }) => text !== '');
}

/** @param {Part} part @param {number} y */
function textElement({ x, text, look }, y) {
  const left = MARGIN + x * CELL.width;
  const top = MARGIN + y * CELL.height + FONT_SIZE;
  const looks = look === '' ? '' : ` class="${look}"`;
  // So wide that columns stand below each other, whichever font is there.
  return `<text x="${left.toFixed(1)}" y="${top}"${looks} textLength="${(text.length * CELL.width).toFixed(1)}">${escaped(text)}</text>`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
