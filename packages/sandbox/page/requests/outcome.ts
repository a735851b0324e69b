import type { RequestRecord } from '../../src/index.js';

/** It got no answer, or one that says no, or a fault has struck it. */
export function failed({ status, codes, faults }: RequestRecord): boolean {
  return status === undefined || status >= 300 || faults.length > 0 || codes.some((code) => code !== 'NoError');
}

/** `200`, `500 ErrorServerBusy`, `reset` */
export function outcome({ status, codes, ending }: RequestRecord): string {
  const bad = codes.filter((code) => code !== 'NoError');
  const counted = [...new Set(bad)].map((code) => {
    const times = bad.filter((other) => other === code).length;
    return times === 1 && codes.length === 1 ? code : `${times} × ${code}`;
  });
  const parts = codes.length > 1 && bad.length === 0 ? [`${codes.length} parts`] : counted;
  return [status ?? '', ending === 'answered' ? '' : ending, ...parts].filter((part) => part !== '').join(' ');
}

/** `1.2 ms`, `3.4 s` */
export function duration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
