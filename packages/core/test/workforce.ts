import { setMaxListeners } from 'node:events';
import {
  type AppointmentTransport,
  createRunner,
  createRunWorker,
  type Distributor,
  DISTRIBUTOR,
  type ImpersonationRunner,
  provide,
  type RunLedger,
  type RunWorker,
  type RunWorkerOptions,
  type WorkOrder,
  type WorkReport,
} from '@appointed/core';

/** What becomes of an order on its way. */
export type Post = (work: RunWorker['work'], order: WorkOrder, nth: number) => Promise<WorkReport | undefined>;

/** A runner whose work is done by two workers in the same process. */
export async function workforce(
  transport: AppointmentTransport,
  ledger: RunLedger,
  factories: RunWorkerOptions['factories'],
  post: Post = (work, order) => work(order),
): Promise<ImpersonationRunner> {
  const workers = await Promise.all([1, 2].map(() => createRunWorker({ transport, ledger, factories })));
  let orders = 0;
  const distributor: Distributor = {
    begin: async (_runId, { onEvent }) => {
      const pause = new AbortController();
      const signal = new AbortController();
      // All orders listen to it.
      setMaxListeners(0, pause.signal, signal.signal);
      return {
        handOut: (order) => {
          orders += 1;
          const worker = workers[orders % 2] as RunWorker;
          const call = { pause: pause.signal, signal: signal.signal, onEvent };
          return post((one) => worker.work(one, call), order, orders);
        },
        stop: (reason, atOnce) => (atOnce ? signal : pause).abort(reason),
        end: async () => undefined,
      };
    },
  };
  const distributed = {
    name: 'distributed',
    register: (container: Parameters<typeof provide>[0]) => provide(container, DISTRIBUTOR, () => distributor),
  };
  return createRunner({ transport, ledger, plugins: [distributed] });
}
