import { useRef } from 'preact/hooks';
import { IconButton } from '../ui/icon-button.tsx';
import { t } from '../words.ts';
import { EmojiGrid } from './emoji-grid.tsx';
import { placeBeside } from './place-beside.ts';

/** Opens the emoji to pick one for the draft. */
export const EmojiButton = ({ onPick }: { onPick: (emoji: string) => void }) => {
  const popover = useRef<HTMLDivElement>(null);
  const open = ({ currentTarget }: MouseEvent): void => {
    popover.current?.showPopover();
    if (popover.current) placeBeside(popover.current, currentTarget as HTMLElement);
  };
  return (
    <>
      <IconButton icon="smile" label={t('Emoji')} onClick={open} />
      <div class="popover" popover="auto" ref={popover}>
        <EmojiGrid
          onPick={(emoji) => {
            popover.current?.hidePopover();
            onPick(emoji);
          }}
        />
      </div>
    </>
  );
};
