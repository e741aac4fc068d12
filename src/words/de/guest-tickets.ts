import type { Catalogue } from '../translate.ts';

/** Tickets in one's hands, and bookings. */
export const guestTickets: Catalogue = {
  'Your tickets': 'Deine Tickets',
  'Bookings and payments': 'Buchungen und Zahlungen',
  'No tickets yet': 'Noch keine Tickets',
  'Once you have one it is here, also without network.': 'Sobald du eines hast, ist es hier, auch ohne Netz.',
  'See what is on': 'Sieh, was läuft',
  '{count} tickets': { one: '{count} Ticket', other: '{count} Tickets' },
  'Where you have been': 'Wo du warst',
  'No network: your tickets are shown as this device has kept them, and work.':
    'Kein Netz: Deine Tickets sind so zu sehen, wie dieses Gerät sie aufbewahrt hat, und gelten.',
  'Your ticket': 'Dein Ticket',
  'All tickets': 'Alle Tickets',
  'This ticket is not yours any more': 'Dieses Ticket gehört dir nicht mehr',
  'It was passed on or given back, or the event is over.':
    'Es wurde weiter- oder zurückgegeben, oder das Event ist vorbei.',
  'Your tickets of this event': 'Deine Tickets für dieses Event',
  '{number} of {count}': '{number} von {count}',
  'The booking': 'Die Buchung',
  For: 'Für',
  Kind: 'Art',
  Price: 'Preis',
  You: 'Dich',
  'You are in': 'Du bist drin',
  'There is no code while the payment is disputed at the bank.':
    'Solange die Zahlung bei der Bank beanstandet ist, gibt es keinen Code.',
  'The code of your ticket': 'Der Code deines Tickets',
  'Turn the screen bright and hold it out at the door. It works without network.':
    'Stell den Bildschirm hell und halte ihn am Einlass hin. Das geht ohne Netz.',
  'Pass on': 'Weitergeben',
  'Pass this ticket on': 'Dieses Ticket weitergeben',
  'The ticket was passed on. Its old code no longer works.':
    'Das Ticket ist weitergegeben. Der alte Code gilt nicht mehr.',
  'They get a ticket and a code of their own. Yours stops working at once, and you cannot take it back.':
    'Die Person bekommt ein eigenes Ticket und einen eigenen Code. Deiner gilt sofort nicht mehr, und du kannst es nicht zurücknehmen.',
  'Or somebody without an account': 'Oder jemand ohne Konto',
  'Where their ticket goes. Without it you keep their code and show it for them.':
    'Dorthin geht das Ticket. Ohne Adresse behältst du den Code und zeigst ihn für die Person.',
  'Choose somebody': 'Wähle jemanden',
  'Pass it on to {name}': 'An {name} weitergeben',
  'Give back': 'Zurückgeben',
  'Give this ticket back?': 'Dieses Ticket zurückgeben?',
  'Asking what comes back…': 'Frage, was zurückkommt…',
  'Give it back': 'Zurückgeben',
  'Keep it': 'Behalten',
  'The code stops working at once, and the seat goes to somebody else.':
    'Der Code gilt sofort nicht mehr, und der Platz geht an jemand anderen.',
  'You get {amount} back, the way you paid.': 'Du bekommst {amount} zurück, auf dem Weg, auf dem du bezahlt hast.',
  'That much until {when}.': 'So viel bis {when}.',
  'You get no money back any more.': 'Du bekommst kein Geld mehr zurück.',
  '{amount} stay with the host.': '{amount} bleiben bei den Veranstaltern.',
  'It cost nothing, so nothing comes back.': 'Es hat nichts gekostet, also kommt nichts zurück.',
  'New code': 'Neuer Code',
  'Replace the code?': 'Den Code ersetzen?',
  'Replace it': 'Ersetzen',
  'Do it when others have seen your code. The old one stops working at once; the new one is shown here.':
    'Tu das, wenn andere deinen Code gesehen haben. Der alte gilt sofort nicht mehr; der neue steht dann hier.',
  'Your bookings': 'Deine Buchungen',
  'Invoices and credit': 'Rechnungen und Guthaben',
  'You have booked nothing yet': 'Du hast noch nichts gebucht',
};
