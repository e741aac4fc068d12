import type { Catalogue } from '../translate.ts';

/** The guest's first page, news, invoices. */
export const guestHome: Catalogue = {
  'Hello {name}': 'Hallo {name}',
  'Nothing planned yet': 'Noch nichts vor',
  'After that': 'Danach',
  'Show my {count} tickets': { one: 'Mein Ticket zeigen', other: 'Meine {count} Tickets zeigen' },
  '{count} new messages': { one: '{count} neue Nachricht', other: '{count} neue Nachrichten' },
  '{count} pieces of news': { one: '{count} Neuigkeit', other: '{count} Neuigkeiten' },
  Saved: 'Gemerkt',
  'No longer save {title}': '{title} nicht mehr merken',
  'Going on now': 'Läuft gerade',
  Over: 'Vorbei',
  'Seats that you waited for are yours to take': 'Plätze, auf die du gewartet hast, sind für dich da',
  'Take them': 'Nehmen',
  '{count} tickets kept: {title}': {
    one: '{count} Ticket zurückgelegt: {title}',
    other: '{count} Tickets zurückgelegt: {title}',
  },
  'Pay now': 'Jetzt bezahlen',
  'Your credit': 'Dein Guthaben',
  '{amount} more are set aside': '{amount} mehr sind zurückgelegt',
  'Choose it when you pay for a booking.': 'Wähle es, wenn du eine Buchung bezahlst.',
  Invoices: 'Rechnungen',
  'None yet. One comes with everything you pay for.': 'Noch keine. Zu allem, was du bezahlst, kommt eine.',
  'Credit note {number}': 'Gutschrift {number}',
  'Invoice {number}': 'Rechnung {number}',
  Download: 'Herunterladen',
  'Nothing new': 'Nichts Neues',
  'Here you read of your bookings, of who writes to you, and of what changes.':
    'Hier liest du von deinen Buchungen, wer dir schreibt, und was sich ändert.',
  'Mark all as read': 'Alles als gelesen markieren',
  'What reaches me': 'Was mich erreicht',
  'not read yet': 'noch nicht gelesen',
  'Mark as read': 'Als gelesen markieren',
};
