/** Measures one contender, in a process of its own. Arguments: name, port, in flight, varied or not, how many. */
import { appointed, appointedOnDisk } from './appointed.js';
import type { MakeContender } from './contender.js';
import { floor } from './floor.js';
import { sampleLoop, sampleLoops } from './sample.js';

const CONTENDERS: Readonly<Record<string, MakeContender>> = {
  floor,
  appointed,
  appointedOnDisk,
  sampleLoop,
  sampleLoops,
};

const [name = '', port, inFlight, isVaried, count] = process.argv.slice(2);
const make = CONTENDERS[name];
if (make === undefined) throw new Error(`there is no contender ${name}`);
const contender = await make({ port: Number(port), inFlight: Number(inFlight), isVaried: isVaried === 'true' });
// What is loaded and compiled first should not be measured.
await contender.save(Math.min(Number(count), 20_000));
const before = process.cpuUsage();
const began = performance.now();
await contender.save(Number(count));
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ perSecond: Number(count) / seconds, cpuMicroseconds: (user + system) / Number(count) }));
await contender.close();
