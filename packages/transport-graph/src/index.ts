export { graph } from './graph.js';
export type { GraphOptions } from './graph-options.js';
export type { GraphTransport } from './graph-transport.js';
export type { TokenCredential } from './sign-in/token-credential.js';
