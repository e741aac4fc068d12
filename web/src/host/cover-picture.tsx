import type { Picture } from '../../../src/sdk/index.ts';
import { hueOf } from '../format.ts';
import { onThisHost } from '../on-this-host.ts';

interface Props {
  picture: Picture | null;
  /** Gives an event without a picture a colour of its own, the same everywhere. */
  seed: string;
  isLarge?: boolean;
}

/** An event's picture, or its colour. */
export const CoverPicture = ({ picture, seed, isLarge = false }: Props) => {
  const source = picture?.sources[0];
  if (!picture || !source) return <span class={`host-cover hue-${hueOf(seed)}`} aria-hidden="true" />;
  return (
    <img
      class={`host-cover ${isLarge ? 'host-cover-large' : ''}`}
      src={onThisHost(source.url)}
      srcset={picture.sources.map(({ url, width }) => `${onThisHost(url)} ${width}w`).join(', ')}
      sizes={isLarge ? '26rem' : '8rem'}
      alt={picture.altText ?? ''}
      loading="lazy"
    />
  );
};
