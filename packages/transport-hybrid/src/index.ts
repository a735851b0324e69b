export { hybrid } from './hybrid.js';
export type { HybridOptions, Side } from './hybrid-options.js';
export type { HybridTransport } from './hybrid-transport.js';
