import { IconButton } from '../ui/icon-button.tsx';
import { t } from '../words.ts';
import { briefly } from './said.ts';
import type { RoomModel } from './use-room.ts';

/** Says which message is answered or changed, and gives the way out. */
export const IntentLine = ({ room, onCancel }: { room: RoomModel; onCancel: () => void }) => {
  const intent = room.intent.value;
  if (intent.kind === 'write') return null;
  const isEdit = intent.kind === 'edit';
  return (
    <div class="intent-line">
      <p>
        <strong>
          {isEdit ? t('Edit message') : t('Reply to {name}', { name: room.nameOf(intent.message.senderId) })}
        </strong>
        <span dir="auto">{briefly(intent.message)}</span>
      </p>
      <IconButton icon="close" label={t('Cancel')} onClick={onCancel} />
    </div>
  );
};
