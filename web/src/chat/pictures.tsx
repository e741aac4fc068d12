import { useRef, useState } from 'preact/hooks';
import type { Picture } from '../../../src/sdk/index.ts';
import { onThisHost } from '../on-this-host.ts';
import { t } from '../words.ts';
import { PictureViewer } from './picture-viewer.tsx';

/** The pictures of a message, each at most as wide as the bubble; a click shows them large. */
export const Pictures = ({ media }: { media: readonly Picture[] }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [place, setPlace] = useState<number | null>(null);
  const open = (at: number): void => {
    setPlace(at);
    dialog.current?.showModal();
  };
  return (
    <div class={`pictures ${media.length > 1 ? 'pictures-many' : ''}`}>
      {media.map((picture, at) => (
        <PictureButton key={picture.id} picture={picture} onOpen={() => open(at)} />
      ))}
      <PictureViewer dialog={dialog} media={media} place={place} onPlace={setPlace} />
    </div>
  );
};

const PictureButton = ({ picture, onOpen }: { picture: Picture; onOpen: () => void }) => {
  const { width, height, altText, sources } = picture;
  const [smallest] = sources;
  if (!smallest) return null;
  return (
    <button type="button" class="picture" onClick={onOpen}>
      <img
        src={onThisHost(smallest.url)}
        srcset={sources.map((source) => `${onThisHost(source.url)} ${source.width}w`).join(', ')}
        sizes="(max-width: 720px) 75vw, 22rem"
        width={width}
        height={height}
        // The place is kept before the picture is there.
        style={{ aspectRatio: `${width} / ${height}` }}
        alt={altText ?? t('Picture')}
        loading="lazy"
      />
    </button>
  );
};
