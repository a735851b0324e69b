/** Why a request got 401, and what somebody who looks into it is told. */
const REFUSALS = {
  noCredentials: 'Sign in with an account of serviceAccounts.',
  notOffered: 'This way of signing in is not offered; WWW-Authenticate names those that are.',
  malformed: 'What the Authorization header carries is not what its scheme says.',
  unknownAccount: 'No account of serviceAccounts has this name; look at the domain, too.',
  wrongPassword: 'The password is wrong.',
  disabled: 'The account is disabled.',
  noChallenge: 'The answer to a challenge came on a connection that has none, or on another than the challenge.',
  ntlmV1: 'LM and NTLMv1 are refused: answer by NTLMv2.',
  noKerberos: 'The sandbox has no Kerberos: offer NTLM in Negotiate.',
  wrongTargetInfo: 'The names or the time in the answer are not those of the challenge.',
  wrongMic: 'The MIC is wrong: it is made of all three messages, and of the session key that the third one brings.',
  noChannelBinding: 'Extended Protection is required, and there is no channel binding.',
  wrongChannelBinding: "The channel binding is not that of this server's certificate.",
  noTargetName: 'Extended Protection is required, and there is no target name.',
  wrongTargetName: 'The target name is that of another server.',
  invalidToken: 'The token is none of this sandbox, or nobody has it.',
  expiredToken: 'The token has expired.',
  wrongAudience: 'The token is for another audience than this host.',
  applicationToken: 'The token is an application’s own: EWS on premises takes those of users.',
} as const;

/** The name of a reason, as `sandbox.control.signIns()` counts it. */
export type RefusalReason = keyof typeof REFUSALS;

/** Why nobody is signed in. */
export class Refusal extends Error {
  /** @param diagnostics for the x-ms-diagnostics header, by which Exchange says what is wrong with a token */
  constructor(
    readonly reason: RefusalReason,
    readonly diagnostics?: string,
  ) {
    super(REFUSALS[reason]);
    this.name = 'Refusal';
  }
}
