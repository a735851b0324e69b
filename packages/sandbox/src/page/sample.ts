import type { LoggedRequest } from '../log/request-log.js';

/** As many as a person can still read while they come in, of either kind. */
const MOST = 12;

/** The first few requests, and the first few of those that somebody would want to see, in their order. */
export function sample(requests: readonly LoggedRequest[]): readonly LoggedRequest[] {
  if (requests.length <= MOST) return requests;
  let plain = 0;
  let notable = 0;
  return requests.filter((request) => (isNotable(request) ? (notable += 1) : (plain += 1)) <= MOST);
}

/** A fault struck it, or it failed. */
function isNotable({ faults, status, codes }: LoggedRequest): boolean {
  return faults.length > 0 || status === undefined || status >= 300 || codes.some((code) => code !== 'NoError');
}
