import { t } from '../words.ts';

/** The few that say most. */
const emojiNames = (): readonly (readonly [emoji: string, name: string])[] => [
  ['👍', t('Thumbs up')],
  ['❤️', t('Heart')],
  ['😂', t('Laughing')],
  ['🎉', t('Party')],
  ['🔥', t('Fire')],
  ['👏', t('Applause')],
  ['😮', t('Surprised')],
  ['😢', t('Sad')],
  ['🙏', t('Thanks')],
  ['🚀', t('Rocket')],
  ['💡', t('Idea')],
  ['✅', t('Done')],
  ['👀', t('Looking')],
  ['🤔', t('Thinking')],
  ['😍', t('In love')],
  ['💯', t('Hundred')],
];

/** Sixteen emoji to pick from. */
export const EmojiGrid = ({ onPick }: { onPick: (emoji: string) => void }) => (
  <fieldset class="emoji-grid" aria-label={t('Emoji')}>
    {emojiNames().map(([emoji, name]) => (
      <button key={emoji} type="button" aria-label={name} title={name} onClick={() => onPick(emoji)}>
        {emoji}
      </button>
    ))}
  </fieldset>
);
