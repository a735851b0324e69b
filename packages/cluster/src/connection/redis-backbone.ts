import { Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { RedisPermits } from '../pacer/redis-permits.js';
import type { WorkProgress } from '../queue/work-job.js';
import type { Backbone, Work } from './backbone.js';
import type { ClusterOptions } from './connection.js';
import { Listeners } from './listeners.js';
import type { Message, Messages } from './messages.js';
import { QUEUE, QUEUEING, WORKING } from './queue-settings.js';
import { quietly } from './quietly.js';

/** What the machines of a cluster have in common in Redis. */
export async function redisBackbone(
  address: string,
  { name = 'appointed', telemetry }: ClusterOptions,
): Promise<Backbone> {
  // A command waits for Redis to come back, however long that takes.
  const connect = (): Redis => quietly(new Redis(address, { maxRetriesPerRequest: null }));
  const [redis, subscriber, eventStream] = [connect(), connect(), connect()];
  const messages = new RedisMessages(redis, `${name}:messages`);
  subscriber.on('message', (_channel, text: string) => messages.listeners.tell(text));
  await subscriber.subscribe(`${name}:messages`);
  const common = { prefix: name, ...(telemetry && { telemetry: telemetry as never }) };
  const queue = quietly(new Queue(QUEUE, { ...common, ...QUEUEING, connection: redis }));
  const events = quietly(new QueueEvents(QUEUE, { ...common, connection: eventStream }));
  await events.waitUntilReady();
  const own: Redis[] = [redis, subscriber, eventStream];
  return {
    queue,
    withdraw: async (jobId: string) => (await queue.remove(jobId)) === 1,
    events,
    messages,
    permits: new RedisPermits(redis, name),
    worker: (work: Work, atOnce: number) => {
      const connection = connect();
      own.push(connection);
      const settings = { ...common, ...WORKING, connection, concurrency: atOnce };
      return quietly(
        new Worker(QUEUE, (job) => work(job.data, (text) => job.updateProgress(progress(text))), settings),
      );
    },
    isReachable: async () => redis.status === 'ready',
    close: async () => {
      await Promise.all([queue.close(), events.close()]);
      for (const connection of own) connection.disconnect();
    },
  };
}

function progress(events: string): WorkProgress {
  return { events };
}

class RedisMessages implements Messages {
  readonly listeners = new Listeners();
  readonly #redis: Redis;
  readonly #channel: string;

  constructor(redis: Redis, channel: string) {
    this.#redis = redis;
    this.#channel = channel;
  }

  tell(message: Message): void {
    void this.#redis.publish(this.#channel, JSON.stringify(message)).catch(() => undefined);
  }

  listen(listener: (message: Message) => void): () => void {
    return this.listeners.listen(listener);
  }
}
