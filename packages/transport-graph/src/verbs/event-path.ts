/** Where an event is, below its mailbox. */
export function eventPath(itemId: string): string {
  return `/events/${encodeURIComponent(itemId)}`;
}
