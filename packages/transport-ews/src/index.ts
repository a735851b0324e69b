export { basic } from './credentials/basic.js';
export { type AccessToken, bearer, type TokenCredential, type TokenProvider } from './credentials/bearer.js';
export type { EwsCredentials } from './credentials/credentials.js';
export { type ChannelBinding, ntlm, type NtlmOptions } from './credentials/ntlm.js';
export { EWS_DIAGNOSIS_CODES, type EwsDiagnosisCode } from './diagnosis/finding.js';
export { ews } from './ews.js';
export type { EwsOptions } from './ews-options.js';
export type { EwsTransport } from './ews-transport.js';
export type { NativeFactory } from './native/native-factory.js';
