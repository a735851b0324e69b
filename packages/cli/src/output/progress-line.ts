import type { Progress } from './progress.js';

const LONGEST_BAR = 30;
const WIDEST = 120;

/** What a terminal shows of a progress: a bar with rate and time left, and the counts; no line is longer than it is wide. */
export function progressLines(progress: Progress, columns: number): string {
  const width = Math.min(columns, WIDEST) - 1;
  const rate = progress.rate();
  const counts = [
    `${progress.inFlight} in flight`,
    `${progress.refused} refused`,
    `${progress.retried} retried`,
    ...(progress.skipped > 0 ? [`${progress.skipped} skipped`] : []),
  ].join(' · ');
  return [barOf(progress, rate, width), counts].map((line) => line.slice(0, width)).join('\n');
}

function barOf({ ended, total }: Progress, rate: number, width: number): string {
  const speed = `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`;
  if (total === undefined) return `${ended} · ${speed}`;
  const part = total === 0 ? 1 : Math.min(ended / total, 1);
  const left = rate > 0 ? ` · ${timeOf((total - ended) / rate)} left` : '';
  const text = ` ${Math.floor(part * 100)}% · ${ended} of ${total} · ${speed}${left}`;
  const length = Math.max(0, Math.min(LONGEST_BAR, width - text.length));
  const full = Math.round(part * length);
  return '█'.repeat(full) + '░'.repeat(length - full) + text;
}

function timeOf(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
