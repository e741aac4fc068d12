import type { Picture } from '../../../src/sdk/index.ts';

/** The pictures of a message, each at most as wide as the bubble; a click opens the largest there is. */
export const Pictures = ({ media }: { media: readonly Picture[] }) => (
  <div class={`pictures ${media.length > 1 ? 'pictures-many' : ''}`}>
    {media.map((picture) => (
      <PictureLink key={picture.id} picture={picture} />
    ))}
  </div>
);

const PictureLink = ({ picture: { width, height, altText, sources } }: { picture: Picture }) => {
  const [smallest, largest] = [sources[0], sources.at(-1)];
  if (!smallest || !largest) return null;
  return (
    <a href={onThisHost(largest.url)} target="_blank" rel="noreferrer">
      <img
        src={onThisHost(smallest.url)}
        srcset={sources.map((source) => `${onThisHost(source.url)} ${source.width}w`).join(', ')}
        sizes="(max-width: 720px) 75vw, 22rem"
        width={width}
        height={height}
        alt={altText ?? 'Picture'}
        loading="lazy"
      />
    </a>
  );
};

/** Every node serves every picture, and the page asks its own alone. */
const onThisHost = (url: string): string => {
  const { pathname, search } = new URL(url, location.origin);
  return pathname + search;
};
