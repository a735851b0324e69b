import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Delay } from './fault-rule.js';

/** Numbers from 0 to 1 that depend on nothing but what they are drawn for. */
export type Draw = () => number;

/**
 * Chance that can be repeated: the numbers for one request follow from the sandbox's seed, the rule, the mailbox, the
 * operation, and how many requests of that mailbox and operation the rule has seen. Which mailbox's request comes
 * first does therefore not matter, and concurrent clients meet the same faults again.
 */
export function drawFor(seed: number, rule: string, mailbox: string, operation: string, count: number): Draw {
  const key = [seed, rule, mailbox.toLowerCase(), operation, count].join('\0');
  const generator = xoroshiro128plus(createHash('sha256').update(key).digest().readInt32LE(0));
  return () => uniformFloat64(generator);
}

/** A delay in milliseconds. */
export function sample(delay: Delay, draw: Draw): number {
  if (typeof delay === 'number') return delay;
  if ('min' in delay) return delay.min + (delay.max - delay.min) * draw();
  if ('mean' in delay) return Math.max(0, delay.mean + delay.deviation * gauss(draw));
  return delay.median * Math.exp(delay.sigma * gauss(draw));
}

/** A number of the standard normal distribution, by Box and Muller. */
function gauss(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
