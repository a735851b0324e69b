import type { Queue, QueueEvents, Worker } from 'bullmq';
import type { PermitStore } from '../pacer/permit-store.js';
import type { WorkJob } from '../queue/work-job.js';
import type { Messages } from './messages.js';

/** Works on a job. @param tell tells events, encoded @returns the report, encoded */
export type Work = (job: WorkJob, tell: (events: string) => Promise<unknown>) => Promise<string>;

/** What the machines of a cluster have in common, on one kind of server. */
export interface Backbone {
  readonly queue: Pick<Queue, 'add' | 'getJob' | 'getJobs'>;
  /** Takes a job out of the queue, unless somebody works on it. @returns whether it was there and is not any more */
  withdraw(jobId: string): Promise<boolean>;
  /** Ended and failed jobs, and what was told while they were worked on. */
  readonly events: Pick<QueueEvents, 'on'>;
  readonly messages: Messages;
  readonly permits: PermitStore;
  /** Begins to work on jobs, so many at once. */
  worker(work: Work, atOnce: number): Pick<Worker, 'close'>;
  /** Does the server answer? */
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}
