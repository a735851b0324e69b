export { postgresUrl } from './postgres-url.js';
export { type RunningPostgres, startPostgres } from './start-postgres.js';
