/** The few that say most. */
const EMOJI: readonly (readonly [emoji: string, name: string])[] = [
  ['👍', 'Thumbs up'],
  ['❤️', 'Heart'],
  ['😂', 'Laughing'],
  ['🎉', 'Party'],
  ['🔥', 'Fire'],
  ['👏', 'Applause'],
  ['😮', 'Surprised'],
  ['😢', 'Sad'],
  ['🙏', 'Thanks'],
  ['🚀', 'Rocket'],
  ['💡', 'Idea'],
  ['✅', 'Done'],
  ['👀', 'Looking'],
  ['🤔', 'Thinking'],
  ['😍', 'In love'],
  ['💯', 'Hundred'],
];

/** Sixteen emoji to pick from. */
export const EmojiGrid = ({ onPick }: { onPick: (emoji: string) => void }) => (
  <fieldset class="emoji-grid" aria-label="Emoji">
    {EMOJI.map(([emoji, name]) => (
      <button key={emoji} type="button" aria-label={name} title={name} onClick={() => onPick(emoji)}>
        {emoji}
      </button>
    ))}
  </fieldset>
);
