import { useEffect } from 'preact/hooks';
import { client } from '../../client.ts';
import { loadTickets, noteEntered, ticketsError } from '../../state/kept-tickets.ts';

/** Keeps the tickets of this device as the server has them while a page of them is open. */
export const useTickets = (): void => {
  useEffect(() => {
    void loadTickets();
    const stops = [
      client.on('booking.changed', () => void loadTickets()),
      client.on('checkin.admitted', ({ admissionId }) => noteEntered(admissionId)),
      client.onStatus(({ phase }) => {
        if (phase === 'online' && ticketsError.value) void loadTickets();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
};
