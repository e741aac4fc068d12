import { hueOf, initialsOf } from '../format.ts';
import { presenceOf } from '../state/presence.ts';

interface Props {
  id: string;
  name: string;
  size?: 'small' | 'medium';
  /** Shows a dot for a person who is here; the words for it stand beside. */
  showsPresence?: boolean;
}

/** A person or group by initials and colour; the name stands beside it, so it is not read out. */
export const Avatar = ({ id, name, size = 'medium', showsPresence = false }: Props) => {
  const status = showsPresence ? presenceOf(id)?.status : undefined;
  return (
    <span class={`avatar avatar-${size} hue-${hueOf(id)}`} aria-hidden="true">
      {initialsOf(name)}
      {status !== undefined && status !== 'OFFLINE' && <span class={`presence-dot presence-${status.toLowerCase()}`} />}
    </span>
  );
};
