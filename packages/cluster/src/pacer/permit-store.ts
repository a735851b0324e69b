/** What a process wants of a lane. */
export interface Demand {
  readonly lane: string;
  /** The most requests in flight on it, over all processes. */
  readonly cap: number;
  /** Permits that it does not give back now: requests that are under way. */
  readonly kept: number;
  /** How many it would use, `kept` included; 0: it leaves the lane. */
  readonly wanted: number;
}

/** Where all processes of a cluster see who has how many permits of a lane. */
export interface PermitStore {
  /**
   * Says what a process has and wants, and shares out: never more than a lane's cap over all; each at least what it keeps;
   * where it is not enough for all, to each its part. What a process has is free for others when it did not ask again for
   * `leaseMs`.
   * @returns how many permits of each lane the process has from now on, in the order of the demands
   */
  share(process: string, demands: readonly Demand[], leaseMs: number): Promise<readonly number[]>;
  /** Remembers that a lane is to be quiet, for those who come later. */
  quiet(lane: string, ms: number): Promise<void>;
  /** The lanes that are quiet now, and for how many milliseconds. */
  quietLanes(): Promise<readonly { readonly lane: string; readonly ms: number }[]>;
}

/** Where nobody knows who had permits, those who are alive have so long to say so before any is given. */
export const UNCERTAIN_MS = 300;
