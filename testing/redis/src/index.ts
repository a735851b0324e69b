export { NO_OWN_REDIS, NO_REDIS, startRedis, type TestRedis } from './start-redis.js';
