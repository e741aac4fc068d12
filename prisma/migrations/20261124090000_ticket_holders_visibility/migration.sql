SET LOCAL lock_timeout = '5s';

-- Who was invited is who holds a ticket: there is no other list of invitations.
ALTER TYPE "event_visibility" RENAME VALUE 'INVITE_ONLY' TO 'TICKET_HOLDERS';
