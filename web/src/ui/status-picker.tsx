import { CHOICES, choose, chosen } from '../state/presence.ts';

const WORDS = { ONLINE: 'Online', AWAY: 'Away', BUSY: 'Busy', INVISIBLE: 'Invisible' } as const;

/** How one wants to be seen, on all devices. */
export const StatusPicker = () => {
  if (chosen.value === null) return null;
  return (
    <select
      class="status-picker"
      aria-label="How you are seen"
      value={chosen.value}
      onChange={({ currentTarget: { value } }) => {
        const status = CHOICES.find((each) => each === value);
        if (status) choose(status);
      }}
    >
      {CHOICES.map((status) => (
        <option key={status} value={status}>
          {WORDS[status]}
        </option>
      ))}
    </select>
  );
};
