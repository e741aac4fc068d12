import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { t } from '../words.ts';
import { MessageSearch } from './message-search.tsx';
import type { RoomModel } from './use-room.ts';

/** Finds messages of one chat and leads to them. */
export const SearchDialog = ({ room, dialog }: { room: RoomModel; dialog: RefObject<HTMLDialogElement | null> }) => {
  const [words, setWords] = useState('');
  return (
    <Dialog dialog={dialog} title={t('Search this chat')} onClose={() => setWords('')}>
      <Field label={t('Words')} type="search" autocomplete="off" maxLength={200} value={words} onInput={setWords} />
      <MessageSearch
        words={words}
        chatId={room.chatId}
        onOpen={({ seq }) => {
          dialog.current?.close();
          room.goTo(seq);
        }}
      />
    </Dialog>
  );
};
