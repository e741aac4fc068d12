import { t } from '../words.ts';

const WIDTH = 720;
const HEIGHT = 160;

/** Entries of each of the last minutes, as a line. */
export const Arrivals = ({ perMinute }: { perMinute: readonly number[] }) => {
  const busiest = Math.max(...perMinute, 0);
  const x = (place: number): number => Math.round((place / Math.max(1, perMinute.length - 1)) * WIDTH);
  const y = (count: number): number => HEIGHT - Math.round((count / Math.max(busiest, 1)) * (HEIGHT - 12));
  const line = perMinute.map((count, place) => `${place === 0 ? 'M' : 'L'}${x(place)} ${y(count)}`).join(' ');
  const ago = perMinute.length - 1 - perMinute.lastIndexOf(busiest);
  const words = busiest === 0 ? t('Nobody came in the last hour.') : busiestInWords(busiest, ago);
  return (
    <figure>
      <svg viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`} preserveAspectRatio="none" role="img" aria-label={words}>
        <path class="area" d={`${line} L${WIDTH} ${HEIGHT} L0 ${HEIGHT} Z`} />
        <path class="curve" d={line} />
      </svg>
      <figcaption>
        <small>{words}</small>
      </figcaption>
    </figure>
  );
};

const busiestInWords = (count: number, minutes: number): string =>
  minutes === 0
    ? t('Busiest: {count} in a minute, right now.', { count })
    : t('Busiest: {count} in a minute, {minutes} min ago.', { count, minutes });
