export { HYBRID_DIAGNOSIS_CODES, type HybridDiagnosisCode } from './diagnosis/finding.js';
export { hybrid } from './hybrid.js';
export type { HybridOptions, Side } from './hybrid-options.js';
export type { HybridTransport } from './hybrid-transport.js';
