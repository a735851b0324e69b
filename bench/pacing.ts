/** Draws docs/pacing.svg: what the adaptive pacer does when the limit of a server changes while it works. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { adaptivePacer } from '@appointed/core';
import { Exchange } from './pacing/exchange.js';
import { refused } from './pacing/measure.js';
import { picture } from './pacing/picture.js';
import { place } from './pacing/place.js';

const SVG = fileURLToPath(new URL('../docs/pacing.svg', import.meta.url));
/** From when on it has which limit, in milliseconds. */
const changes = [
  { at: 0, limit: 27 },
  { at: 8000, limit: 8 },
  { at: 16_000, limit: 60 },
];
const LATENCY_MS = 50;
const DURATION_MS = 24_000;
const CAP = 150;

const exchange = await Exchange.start();
await exchange.limit(27, LATENCY_MS);
for (const { at, limit } of changes) setTimeout(() => void exchange.limit(limit, LATENCY_MS), at);
const samples = await place(exchange, adaptivePacer({ maxInFlight: CAP }), CAP, DURATION_MS);
writeFileSync(SVG, picture({ samples, changes, durationMs: DURATION_MS }));
console.log(`${SVG} shows ${samples.length} requests, ${(100 * refused(samples)).toFixed(2)} % of them refused.`);
await exchange.stop();
