/** NegotiateFlags (MS-NLMP 2.2.2.5), those that matter here. */
export const NtlmFlag = {
  unicode: 0x00000001,
  requestTarget: 0x00000004,
  sign: 0x00000010,
  ntlm: 0x00000200,
  alwaysSign: 0x00008000,
  extendedSessionSecurity: 0x00080000,
  targetInfo: 0x00800000,
  version: 0x02000000,
  encryption128: 0x20000000,
  keyExchange: 0x40000000,
  encryption56: 0x80000000,
} as const;

/** What is asked for: session security of the best kind, although HTTP goes on without it. */
export const OFFERED_FLAGS: number = Object.values(NtlmFlag).reduce((all, flag) => (all | flag) >>> 0, 0);
