import { hueOf, initialsOf } from '../format.ts';

/** A person or group by initials and colour; the name stands beside it, so it is not read out. */
export const Avatar = ({ id, name, size = 'medium' }: { id: string; name: string; size?: 'small' | 'medium' }) => (
  <span class={`avatar avatar-${size} hue-${hueOf(id)}`} aria-hidden="true">
    {initialsOf(name)}
  </span>
);
