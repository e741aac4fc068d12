import type { Output } from '../../../../src/sdk/index.ts';

type Day = Output<'sales.get'>['days'][number];

/** The amount that had come in by the end of a day. */
export interface Point {
  /** ISO date. */
  day: string;
  /** Minor units, or tickets where nothing costs money. */
  total: number;
}

const DAY_MS = 86_400_000;

/** The sum by the end of each day, from nothing on the day before the first sale on, days without one included. */
export const totalsOf = (days: readonly Day[], isFree: boolean): Point[] => {
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last) return [];
  const by = new Map(days.map((each) => [each.day, isFree ? each.tickets : each.taken.amountMinor]));
  const points: Point[] = [];
  let total = 0;
  for (let atMs = Date.parse(first.day) - DAY_MS; atMs <= Date.parse(last.day); atMs += DAY_MS) {
    const day = new Date(atMs).toISOString().slice(0, 10);
    total += by.get(day) ?? 0;
    points.push({ day, total });
  }
  return points;
};

/** The line of two or more points as a path of SVG, within a width and a height. */
export const pathOf = (points: readonly Point[], width: number, height: number): string => {
  const most = Math.max(1, ...points.map(({ total }) => total));
  return points
    .map(({ total }, place) => {
      const x = Math.round((place / (points.length - 1)) * width);
      return `${place === 0 ? 'M' : 'L'}${x} ${height - Math.round((total / most) * (height - 8))}`;
    })
    .join(' ');
};
