import type { Output } from '../../../src/sdk/index.ts';
import { onThisHost } from '../on-this-host.ts';

interface Props {
  event: Pick<Output<'event.get'>, 'id' | 'cover'>;
  class?: string;
}

/** The picture of an event; one drawn from its id where it has none. The title stands beside it, so it is not read out. */
export const Cover = ({ event: { id, cover }, class: more = '' }: Props) => {
  const [smallest] = cover?.sources ?? [];
  if (cover && smallest) {
    const sources = cover.sources.map(({ url, width }) => `${onThisHost(url)} ${width}w`).join(', ');
    return (
      <img
        class={`cover ${more}`}
        src={onThisHost(smallest.url)}
        srcset={sources}
        sizes="(max-width: 720px) 100vw, 46rem"
        alt=""
      />
    );
  }
  const [first, second, third] = huesOf(id);
  return (
    <div class={`cover drawn ${more}`} style={`--h1: ${first}; --h2: ${second}; --h3: ${third}`} aria-hidden="true" />
  );
};

/** Three hues of 360, the same for the same event everywhere. The end of an id is random, its beginning a time. */
const huesOf = (id: string): [number, number, number] => {
  const first = Number.parseInt(id.slice(-6), 16) % 360;
  return [first, (first + 105) % 360, (first + 340) % 360];
};
