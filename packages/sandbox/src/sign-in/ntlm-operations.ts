/** What the log and fault rules call the two requests of a handshake: MS-NLMP's names for their messages. */
export const NTLM_OPERATIONS = ['NtlmNegotiate', 'NtlmAuthenticate'] as const;
