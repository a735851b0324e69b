import type { Redis } from 'ioredis';
import { type Demand, type PermitStore, UNCERTAIN_MS } from './permit-store.js';

/**
 * One round trip for all lanes of a process, however many requests pass in between: no library shares out permits in
 * lots. A lane is a hash with a field for each process: `permits wanted leaseEnds`. Time is the server's.
 */
const SHARE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local prefix, process, lease, uncertain = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local since = tonumber(redis.call('GET', KEYS[1]))
if not since then
  since = now
  redis.call('SET', KEYS[1], now)
end
local given = {}
for at = 5, #ARGV, 4 do
  local lane, cap, kept, wanted = prefix .. ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local others, sharing, scarce = 0, 1, false
  local fields = redis.call('HGETALL', lane)
  for i = 1, #fields, 2 do
    local has, wants, ends = string.match(fields[i + 1], '(%d+) (%d+) (%d+)')
    has, wants, ends = tonumber(has), tonumber(wants), tonumber(ends)
    if ends <= now then
      redis.call('HDEL', lane, fields[i])
    elseif fields[i] ~= process then
      others = others + has
      if wants > 0 then sharing = sharing + 1 end
      if wants > has then scarce = true end
    end
  end
  local part = scarce and math.ceil(cap / sharing) or cap
  if now - since < uncertain then part = 0 end
  local grant = math.max(kept, math.min(wanted, part, math.max(0, cap - others)))
  if grant == 0 and wanted == 0 then
    redis.call('HDEL', lane, process)
  else
    redis.call('HSET', lane, process, string.format('%d %d %d', grant, wanted, now + lease))
    redis.call('PEXPIRE', lane, math.max(lease, redis.call('PTTL', lane)))
  end
  given[#given + 1] = grant
end
return given
`;

/** Permits in Redis. */
export class RedisPermits implements PermitStore {
  readonly #redis: Redis;
  readonly #prefix: string;

  constructor(redis: Redis, name: string) {
    this.#redis = redis;
    this.#prefix = `${name}:pacer:`;
  }

  async share(process: string, demands: readonly Demand[], leaseMs: number): Promise<readonly number[]> {
    const wanted = demands.flatMap((one) => [one.lane, one.cap, one.kept, one.wanted]);
    const args = [`${this.#prefix}lane:`, process, Math.ceil(leaseMs), UNCERTAIN_MS, ...wanted];
    return (await this.#redis.eval(SHARE, 1, `${this.#prefix}since`, ...args)) as number[];
  }

  async quiet(lane: string, ms: number): Promise<void> {
    const key = `${this.#prefix}quiet`;
    const now = await this.#now();
    // Never shorter than it is.
    await this.#redis
      .multi()
      .zadd(key, 'GT', now + ms, lane)
      .zremrangebyscore(key, 0, now)
      .exec();
  }

  async quietLanes(): Promise<readonly { readonly lane: string; readonly ms: number }[]> {
    const now = await this.#now();
    const found = await this.#redis.zrange(`${this.#prefix}quiet`, now, '+inf', 'BYSCORE', 'WITHSCORES');
    return found.flatMap((lane, at) => (at % 2 === 0 ? { lane, ms: Number(found[at + 1]) - now } : []));
  }

  async #now(): Promise<number> {
    const [seconds, micros] = await this.#redis.time();
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  }
}
