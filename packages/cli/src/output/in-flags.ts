const FLAGS: Readonly<Record<string, string>> = {
  maxMailboxes: '--max-mailboxes',
  maxInvitations: '--max-invitations',
  maxOnlineMeetings: '--max-online-meetings',
  maxLeavers: '--max-leavers',
  maxFailureRate: '--stop-at-failures',
  stopAfterRejections: '--stop-after-rejections',
  sendMode: '--send-mode',
  requestTimeoutMs: '--timeout',
  fallbackTimeZone: '--time-zone',
  'with overwrite': 'with --overwrite',
};
const OPTIONS = new RegExp(`\\b(?:${Object.keys(FLAGS).join('|')})\\b`, 'g');

/** A hint that names options of the SDK, with the flags that stand for them. */
export function inFlags(hint: string): string {
  return hint.replaceAll(OPTIONS, (option) => FLAGS[option] ?? option);
}
