import type { RefObject } from 'preact';
import type { Picture } from '../../../src/sdk/index.ts';
import { onThisHost } from '../on-this-host.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { t } from '../words.ts';

interface Props {
  dialog: RefObject<HTMLDialogElement | null>;
  media: readonly Picture[];
  /** Which of them is shown; null while none is. */
  place: number | null;
  onPlace: (place: number | null) => void;
}

/** Pictures one at a time, as large as the window; the arrow keys lead from one to the next. */
export const PictureViewer = ({ dialog, media, place, onPlace }: Props) => {
  const picture = place === null ? undefined : media[place];
  const go = (by: number): void => {
    if (place !== null) onPlace((place + by + media.length) % media.length);
  };
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'ArrowLeft') go(-1);
    if (key === 'ArrowRight') go(1);
  };
  return (
    <dialog
      class="viewer"
      ref={dialog}
      aria-label={t('Pictures, large')}
      onClose={() => onPlace(null)}
      onKeyDown={onKeyDown}
    >
      {picture && (
        <>
          <header>
            <span>{media.length > 1 && `${(place ?? 0) + 1} / ${media.length}`}</span>
            <a href={onThisHost(picture.sources.at(-1)?.url ?? '')} target="_blank" rel="noreferrer">
              {t('Open the file')}
            </a>
            <IconButton icon="close" label={t('Close')} onClick={() => dialog.current?.close()} />
          </header>
          <figure>
            <img
              src={onThisHost(picture.sources.at(-1)?.url ?? '')}
              width={picture.width}
              height={picture.height}
              alt={picture.altText ?? t('Picture')}
            />
            {picture.altText && <figcaption dir="auto">{picture.altText}</figcaption>}
          </figure>
          {media.length > 1 && (
            <nav aria-label={t('From one picture to the next')}>
              <IconButton icon="back" label={t('The one before')} onClick={() => go(-1)} />
              <IconButton icon="next" label={t('The next one')} onClick={() => go(1)} />
            </nav>
          )}
        </>
      )}
    </dialog>
  );
};
