import type { PlacingResult } from './measure.js';
import { median, shareOfFloor } from './table.js';

const NAMES: Readonly<Record<string, string>> = {
  floor: 'undici alone, fixed bytes',
  appointed: 'Appointed',
  appointedOnDisk: 'Appointed, ledger on disk',
  sampleLoops: 'the sample, 32 at once',
  sampleLoop: 'the sample, as it is',
};
const [WIDTH, LEFT, BAR, ROW, GROUP] = [760, 220, 18, 26, 44];
const LONGEST = 400;

const STYLE =
  'text{font:13px system-ui,sans-serif;fill:#333}.title{font-weight:600}.bar{fill:#0b62c4}.floor{fill:#767676}' +
  '.sample{fill:#c4340b}@media(prefers-color-scheme:dark){.ground{fill:#161b22}text{fill:#ddd}.bar{fill:#6cb2ff}' +
  '.floor{fill:#aaa}.sample{fill:#ff8a66}}';

/** An SVG of appointments a second by latency, 32 in flight, different appointments; on light and on dark ground. */
export function placingChart(results: readonly PlacingResult[]): string {
  const latencies = [...new Set(results.map(({ latencyMs }) => latencyMs))];
  let top = 48;
  const groups = latencies.map((latencyMs) => {
    const shown = results.filter((one) => one.latencyMs === latencyMs && isShown(one));
    const group = bars(`Server answers in ${latencyMs} ms`, shown, results, top);
    top += GROUP + shown.length * ROW;
    return group;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" role="img" aria-labelledby="title desc">`,
    '<title id="title">Appointments saved in a second</title>',
    '<desc id="desc">Bars for undici alone, Appointed and Microsoft’s sample, by how long the server takes; the numbers stand in the table.</desc>',
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${top}" fill="#fff"/>`,
    '<text x="16" y="28" class="title">Appointments saved in a second, 32 requests in flight</text>',
    ...groups,
    '</svg>',
    '',
  ].join('\n');
}

function isShown({ contender, inFlight, isVaried }: PlacingResult): boolean {
  return inFlight <= 32 && (isVaried || contender === 'floor');
}

function bars(title: string, shown: readonly PlacingResult[], all: readonly PlacingResult[], top: number): string {
  const most = Math.max(...shown.map(speed));
  const lines = shown.map((one, index) => {
    const y = top + 16 + index * ROW;
    const width = Math.max(1, (speed(one) / most) * LONGEST).toFixed(1);
    const kind = one.contender === 'floor' ? 'floor' : one.contender.startsWith('sample') ? 'sample' : 'bar';
    const share = one.contender === 'floor' ? '' : ` (${(100 * shareOfFloor(one, all)).toFixed(0)}%)`;
    return [
      `<text x="${LEFT - 10}" y="${y + 14}" text-anchor="end">${NAMES[one.contender] ?? one.contender}</text>`,
      `<rect class="${kind}" x="${LEFT}" y="${y}" width="${width}" height="${BAR}"/>`,
      `<text x="${LEFT + Number(width) + 8}" y="${y + 14}">${Math.round(speed(one)).toLocaleString('en')}${share}</text>`,
    ].join('');
  });
  return [`<text x="16" y="${top + 6}">${title}</text>`, ...lines].join('\n');
}

function speed({ rounds }: PlacingResult): number {
  return median(rounds.map(({ perSecond }) => perSecond));
}
