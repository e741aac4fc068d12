import { client } from '../../client.ts';
import { loadTickets, type Ticket } from '../../state/kept-tickets.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { t } from '../../words.ts';

/** Replaces the code of a ticket, as after a picture of it went around. */
export const NewCode = ({ ticket }: { ticket: Ticket }) => (
  <Confirm
    label={t('New code')}
    title={t('Replace the code?')}
    action={t('Replace it')}
    onConfirm={async () => {
      await client.call('ticket.regenerate', { admissionId: ticket.id });
      await loadTickets();
    }}
  >
    <p>{t('Do it when others have seen your code. The old one stops working at once; the new one is shown here.')}</p>
  </Confirm>
);
