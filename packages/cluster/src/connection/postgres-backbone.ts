import type { Backbone } from './backbone.js';
import type { ClusterOptions } from './connection.js';
export async function postgresBackbone(_a: string, _o: ClusterOptions): Promise<Backbone> {
  throw new Error('todo');
}
