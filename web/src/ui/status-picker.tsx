import { CHOICES, type Choice, choose, chosen } from '../state/presence.ts';
import { t } from '../words.ts';

const wordFor = (choice: Choice): string =>
  ({ ONLINE: t('Online'), AWAY: t('Away'), BUSY: t('Busy'), INVISIBLE: t('Invisible') })[choice];

/** How one wants to be seen, on all devices. */
export const StatusPicker = () => {
  if (chosen.value === null) return null;
  return (
    <select
      class="status-picker"
      aria-label={t('How you are seen')}
      value={chosen.value}
      onChange={({ currentTarget: { value } }) => {
        const status = CHOICES.find((each) => each === value);
        if (status) choose(status);
      }}
    >
      {CHOICES.map((status) => (
        <option key={status} value={status}>
          {wordFor(status)}
        </option>
      ))}
    </select>
  );
};
