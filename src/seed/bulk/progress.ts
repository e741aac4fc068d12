/** Told after every batch. */
export type OnBatch = (done: number) => void;

/** A terminal, or whatever takes lines. */
export interface Output {
  write: (text: string) => unknown;
  isTTY?: boolean;
}

const BAR_WIDTH = 30;
/** Where no terminal rubs out the line before, a line each so often. */
const LINE_EVERY_MS = 10_000;

/**
 * Shows how far the rows of one kind have come: one line that moves on a terminal, else a line every 10 s and a last one.
 * @param from how many were there before
 */
export const showProgress = (
  output: Output,
  { what, from, to }: { what: string; from: number; to: number },
): OnBatch => {
  const startedAt = performance.now();
  let toldAt = startedAt;
  return (done) => {
    const now = performance.now();
    const isLast = done >= to;
    if (!output.isTTY && !isLast && now - toldAt < LINE_EVERY_MS) return;
    toldAt = now;
    const line = progressLine({ what, done, to, perSecond: ((done - from) * 1_000) / Math.max(now - startedAt, 1) });
    output.write(output.isTTY ? `\r\x1b[2K${line}${isLast ? '\n' : ''}` : `${line}\n`);
  };
};

const progressLine = (at: { what: string; done: number; to: number; perSecond: number }): string => {
  const { what, done, to, perSecond } = at;
  const filled = Math.round((done / to) * BAR_WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  const left = done >= to ? '' : `, ${duration((to - done) / Math.max(perSecond, 0.001))} left`;
  return `${what.padEnd(8)} ${bar} ${counted(done)} of ${counted(to)}, ${counted(perSecond)}/s${left}`;
};

const counted = (value: number): string => Math.round(value).toLocaleString('en-US');

const duration = (seconds: number): string =>
  seconds < 100 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
