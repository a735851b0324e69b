export { clusterRunner, type ClusterRunner, type ClusterRunnerOptions } from './cluster-runner.js';
export type { ClusterConnection, ClusterOptions } from './connection/connection.js';
export { migrateCluster } from './connection/migrate-cluster.js';
export type { PacingOptions } from './pacer/pacing-options.js';
export type { Health, HealthOptions } from './worker/health-server.js';
export type { WorkerFactory } from './worker/load-factories.js';
export { type ClusterWorker, type ClusterWorkerOptions, startWorker } from './worker/start-worker.js';
export type { WorkerRecord } from './worker/worker-log.js';
