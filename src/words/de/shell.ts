import type { Catalogue } from '../translate.ts';

/** What stands around every page: places, sign-in, outcomes. */
export const shell: Catalogue = {
  '{count} unread': '{count} ungelesen',
  Chats: 'Chats',
  Home: 'Start',
  Hosting: 'Veranstalten',
  'It may have moved, or the link is not complete.':
    'Sie wurde vielleicht verschoben, oder der Link ist unvollständig.',
  'Loading…': 'Wird geladen…',
  News: 'Neues',
  'Pick a chat, or start a new one.': 'Wähle einen Chat, oder beginne einen neuen.',
  'Not now': 'Jetzt nicht',
  'One moment…': 'Einen Moment…',
  Places: 'Bereiche',
  Settings: 'Einstellungen',
  'Show more': 'Mehr anzeigen',
  'Sign out': 'Abmelden',
  'There is no such page': 'Diese Seite gibt es nicht',
  Tickets: 'Tickets',
  'To your start page': 'Zur Startseite',
  'Try again': 'Noch einmal versuchen',
};
