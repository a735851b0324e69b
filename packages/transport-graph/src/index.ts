export { GRAPH_DIAGNOSIS_CODES, type GraphDiagnosisCode } from './diagnosis/finding.js';
export { graph } from './graph.js';
export { clientCertificate, type ClientCertificateOptions } from './sign-in/client-certificate.js';
export { clientSecret, type ClientSecretOptions } from './sign-in/client-secret.js';
export type { EntraApplication } from './sign-in/entra-application.js';
export type { GraphOptions } from './graph-options.js';
export type { GraphTransport } from './graph-transport.js';
export type { TokenCredential } from './sign-in/token-credential.js';
