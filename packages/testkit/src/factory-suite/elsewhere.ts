/** One at a time: the clock and the zone belong to the whole process. */
let before: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = before.then(work);
  before = mine.catch(() => undefined);
  return mine;
}

/** Does something while the clock of the process shows another time, and goes on from there. */
export function atTime<T>(time: number, work: () => Promise<T>): Promise<T> {
  return inTurn(async () => {
    const usual = globalThis.Date;
    const ahead = time - usual.now();
    const now = (): number => usual.now() + ahead;
    globalThis.Date = new Proxy(usual, {
      construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
      apply: () => new usual(now()).toString(),
      get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
    });
    try {
      return await work();
    } finally {
      globalThis.Date = usual;
    }
  });
}

/** Does something while the process has another time zone. In a worker thread, which cannot have one, nothing changes. */
export function inZone<T>(zone: string, work: () => Promise<T>): Promise<T> {
  return inTurn(async () => {
    const { TZ: usual } = process.env;
    process.env['TZ'] = zone;
    try {
      return await work();
    } finally {
      if (usual === undefined) delete process.env['TZ'];
      else process.env['TZ'] = usual;
    }
  });
}
