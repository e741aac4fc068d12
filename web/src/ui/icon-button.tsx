import { Icon, type IconName } from './icon.tsx';

interface Props {
  icon: IconName;
  /** Read out, and shown when the pointer rests. */
  label: string;
  onClick: (click: MouseEvent) => void;
  class?: string;
  disabled?: boolean;
}

export const IconButton = ({ icon, label, onClick, class: more = '', disabled = false }: Props) => (
  <button
    type="button"
    class={`icon-button ${more}`}
    aria-label={label}
    title={label}
    onClick={onClick}
    disabled={disabled}
  >
    <Icon name={icon} />
  </button>
);
