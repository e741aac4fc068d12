import { client } from '../../client.ts';
import { attempt } from '../../state/notice.ts';
import { t } from '../../words.ts';
import { saveFile } from '../save-file.ts';

/** Puts the evening into the calendar of who holds the ticket. */
export const CalendarButton = ({ ticketId }: { ticketId: string }) => {
  const save = async (): Promise<void> => {
    const { filename, text } = await client.call('ticket.calendar', { admissionId: ticketId });
    saveFile(filename, [text], 'text/calendar');
  };
  return (
    <button type="button" class="quiet" onClick={() => void attempt(save())}>
      {t('Add to calendar')}
    </button>
  );
};
