export { NO_REDIS, startRedis, type TestRedis } from './start-redis.js';
