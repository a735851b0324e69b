let requests = 0;
const started = Date.now().toString(16).padStart(12, '0');

/** Unique, and in the order of the requests, which helps reading logs. */
export function requestId(): string {
  requests += 1;
  return `${requests.toString(16).padStart(8, '0')}-0000-4000-8000-${started}`;
}
