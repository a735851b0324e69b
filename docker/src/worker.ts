// The options of a worker, for appointed-worker.
import type { ClusterWorkerOptions } from '@appointed/cluster';
import { settings } from './settings.js';

export default (): ClusterWorkerOptions => ({ ...settings(), health: { port: 8080, host: '0.0.0.0' } });
