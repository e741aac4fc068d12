import { coverClasses, faceClass } from './hue.ts';
import type { Picture } from './shapes.ts';

interface CoverProps {
  id: string;
  cover: Picture | null;
  /** The width at which the picture is shown; the browser chooses a size by it. */
  sizes: string;
  /** It is what the reader sees first. */
  isFirst?: boolean;
}

/** The picture of an event; where it has none, one that is drawn from its id. */
export const Cover = ({ id, cover, sizes, isFirst = false }: CoverProps) => {
  const largest = cover?.sources.at(-1);
  if (!cover || !largest) return <div class={`cover ${coverClasses(id)}`} aria-hidden="true" />;
  return (
    <img
      class="cover"
      src={largest.url}
      srcset={cover.sources.map(({ url, width }) => `${url} ${width}w`).join(', ')}
      sizes={sizes}
      width={cover.width}
      height={cover.height}
      alt={cover.altText ?? ''}
      loading={isFirst ? 'eager' : 'lazy'}
      fetchpriority={isFirst ? 'high' : 'auto'}
      decoding="async"
    />
  );
};

interface FaceProps {
  id: string;
  firstName: string;
  lastName: string;
  url: string | null;
  class?: string;
}

/** Somebody's picture, or the first letters of their name. It says nothing by itself: the name stands beside it. */
export const Face = ({ id, firstName, lastName, url, class: more = '' }: FaceProps) => {
  if (url !== null) return <img class={`face ${more}`} src={url} alt="" width={96} height={96} loading="lazy" />;
  const letters = [firstName, lastName].flatMap((name) => [...name.trim()][0] ?? []).join('');
  return (
    <span class={`face ${faceClass(id)} ${more}`} aria-hidden="true">
      {letters.toUpperCase()}
    </span>
  );
};
