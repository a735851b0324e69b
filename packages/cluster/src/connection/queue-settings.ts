/** The name of the queue within its cluster. */
export const QUEUE = 'work';

/** A worker that has died is noticed within 7 seconds, however often that happens: by default it may happen once. */
export const WORKING = { lockDuration: 5000, stalledInterval: 2000, maxStalledCount: 1_000_000 };

/**
 * What an ended job was is known for a minute, for those who ask late. The stream of events has lots of up to a thousand
 * in one entry: it must not fill the server.
 */
export const QUEUEING = {
  defaultJobOptions: { removeOnComplete: { age: 60 }, removeOnFail: { age: 60 } },
  streams: { events: { maxLen: 500 } },
};
