import type { Sample } from './recording-pacer.js';

/** What a picture shows. */
export interface Shown {
  readonly samples: readonly Sample[];
  /** From when on the server had which limit, in milliseconds. */
  readonly changes: readonly { readonly at: number; readonly limit: number }[];
  readonly durationMs: number;
}

/** One of the charts, which stand one above the other. */
interface Chart {
  readonly title: string;
  readonly top: number;
  readonly most: number;
  readonly kind: 'line' | 'bars';
  readonly values: readonly number[];
  /** The server's limit, drawn behind. */
  readonly changes?: Shown['changes'];
}

const BUCKET_MS = 200;
const [LEFT, RIGHT, HEIGHT, GAP] = [56, 704, 110, 52];
const [FIRST_TOP, WIDTH] = [64, 760];

const STYLE =
  'text{font:13px system-ui,sans-serif;fill:#333}.title{font-weight:600}.axis{stroke:#888;stroke-width:1}' +
  '.line{fill:none;stroke:#0b62c4;stroke-width:2}.bars{fill:#c4340b}.limit{fill:none;stroke:#767676;stroke-width:1.5;' +
  'stroke-dasharray:5 4}@media(prefers-color-scheme:dark){.ground{fill:#161b22}text{fill:#ddd}.line{stroke:#6cb2ff}' +
  '.bars{fill:#ff8a66}.limit{stroke:#aaa}}';

/** An SVG of concurrency, latency and refusals over time, to be read on light and on dark ground. */
export function picture({ samples, changes, durationMs }: Shown): string {
  const buckets = bucketsOf(samples, durationMs);
  const inFlight = buckets.map((bucket) => Math.max(0, ...bucket.map((sample) => sample.inFlight)));
  const latencies = buckets.map((bucket) =>
    median(bucket.flatMap((each) => (each.went === 'well' ? each.latencyMs : []))),
  );
  const refusals = buckets.map((bucket) => bucket.filter(({ went }) => went === 'busy').length);
  const tops = [0, 1, 2].map((index) => FIRST_TOP + index * (HEIGHT + GAP)) as [number, number, number];
  const charts: Chart[] = [
    {
      title: 'Requests in flight (dashed: the limit)',
      top: tops[0],
      kind: 'line',
      values: inFlight,
      most: roundUp(inFlight),
      changes,
    },
    { title: 'Latency, ms (median)', top: tops[1], kind: 'line', values: latencies, most: roundUp(latencies) },
    {
      title: `Refused requests, each ${BUCKET_MS} ms`,
      top: tops[2],
      kind: 'bars',
      values: refusals,
      most: roundUp(refusals),
    },
  ];
  const height = tops[2] + HEIGHT + GAP;
  const limits = changes.map(({ at, limit }) => `${limit} from second ${at / 1000}`).join(', ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">`,
    '<title id="title">The adaptive pacer at work</title>',
    `<desc id="desc">Requests in flight, their latency and refusals over ${durationMs / 1000} seconds. The limit of the server, which is simulated and unknown to the pacer, is ${limits}.</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${height}" fill="#fff"/>`,
    '<text x="56" y="28" class="title">A run against a server whose limit changes</text>',
    ...charts.map((chart) => drawn(chart, durationMs)),
    ...secondsAxis(durationMs, tops[2] + HEIGHT),
    '</svg>',
    '',
  ].join('\n');
}

function bucketsOf(samples: readonly Sample[], durationMs: number): Sample[][] {
  const buckets = Array.from({ length: Math.ceil(durationMs / BUCKET_MS) }, (): Sample[] => []);
  for (const sample of samples) buckets[Math.floor(sample.at / BUCKET_MS)]?.push(sample);
  return buckets;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** A round number that is at least as great as all values. */
function roundUp(values: readonly number[]): number {
  const most = Math.max(1, ...values);
  const unit = 10 ** Math.floor(Math.log10(most));
  return Math.ceil(most / unit) * unit;
}

function drawn({ title, top, most, kind, values, changes = [] }: Chart, durationMs: number): string {
  const x = (at: number): string => (LEFT + (at / durationMs) * (RIGHT - LEFT)).toFixed(1);
  const y = (value: number): string => (top + HEIGHT - (Math.min(value, most) / most) * HEIGHT).toFixed(1);
  const width = ((BUCKET_MS / durationMs) * (RIGHT - LEFT) * 0.8).toFixed(1);
  const line = values.map((value, index) => `${x((index + 0.5) * BUCKET_MS)},${y(value)}`).join(' ');
  const bars = values.map((value, index) => {
    const barTop = Number(y(value));
    return value === 0
      ? ''
      : `<rect class="bars" x="${x(index * BUCKET_MS)}" y="${barTop}" width="${width}" height="${(top + HEIGHT - barTop).toFixed(1)}"/>`;
  });
  const limits = changes.flatMap(({ at, limit }, index) => {
    const end = changes[index + 1]?.at ?? durationMs;
    return [`${x(at)},${y(limit)}`, `${x(end)},${y(limit)}`];
  });
  return [
    `<text x="${LEFT}" y="${top - 10}">${title}</text>`,
    `<text x="${LEFT - 8}" y="${top + 5}" text-anchor="end">${most}</text>`,
    `<text x="${LEFT - 8}" y="${top + HEIGHT + 4}" text-anchor="end">0</text>`,
    `<path class="axis" fill="none" d="M${LEFT} ${top}V${top + HEIGHT}H${RIGHT}"/>`,
    limits.length === 0 ? '' : `<polyline class="limit" points="${limits.join(' ')}"/>`,
    kind === 'line' ? `<polyline class="line" points="${line}"/>` : bars.join(''),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function secondsAxis(durationMs: number, bottom: number): string[] {
  const ends = [0, 0.25, 0.5, 0.75, 1].map((share) => share * durationMs);
  return ends.map((at) => {
    const x = LEFT + (at / durationMs) * (RIGHT - LEFT);
    return `<text x="${x.toFixed(1)}" y="${bottom + 20}" text-anchor="middle">${at / 1000} s</text>`;
  });
}
