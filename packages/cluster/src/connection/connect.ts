import { AppointedError } from '@appointed/core';
import type { Backbone } from './backbone.js';
import type { ClusterOptions } from './connection.js';

/** @throws AppointedError `invalid_options` */
export async function connect(options: ClusterOptions): Promise<Backbone> {
  const { connection } = options;
  if (isAddress(connection, 'redis')) {
    const { redisBackbone } = await import('./redis-backbone.js');
    return redisBackbone(connection.redis, options);
  }
  if (isAddress(connection, 'postgres')) {
    const { postgresBackbone } = await import('./postgres-backbone.js');
    return postgresBackbone(connection.postgres, options);
  }
  throw new AppointedError('invalid_options', 'connection names neither a Redis nor a PostgreSQL server', {
    field: 'connection',
    hint: "Give { redis: 'redis://…' } or { postgres: 'postgres://…' }.",
  });
}

function isAddress<K extends string>(connection: object, kind: K): connection is Readonly<Record<K, string>> {
  return typeof (connection as Readonly<Record<string, unknown>> | undefined)?.[kind] === 'string';
}
