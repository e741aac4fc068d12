import type { Catalogue } from '../translate.ts';

/** Choosing tickets, paying, waiting in line. */
export const guestBooking: Catalogue = {
  Free: 'Kostenlos',
  Discount: 'Rabatt',
  'Booking fee': 'Buchungsgebühr',
  Tax: 'Steuer',
  Total: 'Summe',
  'of it tax': 'davon Steuer',
  'Somebody was quicker: not that many seats are left. Choose fewer, another kind of ticket, or wait in line.':
    'Jemand war schneller: So viele Plätze gibt es nicht mehr. Wähle weniger, eine andere Art von Ticket, oder stell dich in die Warteschlange.',
  'These tickets are not on sale at the moment. Nothing was booked.':
    'Diese Tickets werden gerade nicht verkauft. Es wurde nichts gebucht.',
  'You have such a ticket already, and there is one for each person.':
    'Du hast schon ein solches Ticket, und es gibt eines für jede Person.',
  'This code does not work here. Check its spelling, or go on without it.':
    'Dieser Code gilt hier nicht. Prüfe die Schreibweise, oder mach ohne ihn weiter.',
  'This code has been used up. You can go on without it.':
    'Dieser Code ist aufgebraucht. Du kannst ohne ihn weitermachen.',
  'The time to pay is over and the seats are free again. Nothing was charged. You can choose again.':
    'Die Zeit zum Bezahlen ist um, und die Plätze sind wieder frei. Es wurde nichts abgebucht. Du kannst neu wählen.',
  'The offer has ended and the seats went to the next in line.':
    'Das Angebot ist abgelaufen, und die Plätze gingen an die Nächsten in der Schlange.',
  'For you: {when}': 'Bei dir: {when}',
  'Get tickets': 'Tickets holen',
  'I have a code': 'Ich habe einen Code',
  'Use it': 'Einlösen',
  'Without code': 'Ohne Code',
  'Say who comes with you': 'Sag, wer mitkommt',
  'You may leave this empty. A guest with an address gets their ticket by mail.':
    'Das darf leer bleiben. Ein Gast mit Adresse bekommt sein Ticket per Mail.',
  'Ticket {number}': 'Ticket {number}',
  Name: 'Name',
  'You have asked to come; the host decides.': 'Du hast angefragt; die Veranstalter entscheiden.',
  '{count} tickets are kept for you': {
    one: '{count} Ticket ist für dich zurückgelegt',
    other: '{count} Tickets sind für dich zurückgelegt',
  },
  'Look at it': 'Ansehen',
  'Go on and pay': 'Weiter zum Bezahlen',
  Guest: 'Gast',
  'What it costs': 'Was es kostet',
  'Not that many seats are left. Choose fewer, or another kind of ticket.':
    'So viele Plätze gibt es nicht mehr. Wähle weniger, oder eine andere Art von Ticket.',
  'Ask to come': 'Anfragen',
  'Get {count} tickets': { one: '{count} Ticket holen', other: '{count} Tickets holen' },
  'Keep {count} tickets for {price}': {
    one: '{count} Ticket für {price} zurücklegen',
    other: '{count} Tickets für {price} zurücklegen',
  },
  'The host looks at each request. You pay nothing until you are let in.':
    'Die Veranstalter sehen jede Anfrage an. Du zahlst nichts, bis du zugelassen bist.',
  'Nothing to pay: the tickets are yours at once.': 'Nichts zu bezahlen: Die Tickets gehören gleich dir.',
  'The tickets are kept for you while you pay.': 'Die Tickets bleiben für dich zurückgelegt, während du bezahlst.',
  'The host decides': 'Auf Anfrage',
  'with {rate} {tax}': 'mit {rate} {tax}',
  '{price} and {rate} {tax}': '{price} und {rate} {tax}',
  'On sale from {when}': 'Im Verkauf ab {when}',
  'Sold out': 'Ausverkauft',
  'Not on sale at the moment': 'Gerade nicht im Verkauf',
  'No longer on sale': 'Nicht mehr im Verkauf',
  '{count} left': { one: 'noch {count}', other: 'noch {count}' },
  'On sale until {when}': 'Im Verkauf bis {when}',
  'One less: {name}': 'Eins weniger: {name}',
  'One more: {name}': 'Eins mehr: {name}',
  '{name} is sold out': '{name} ist ausverkauft',
  'Wait in line: when a seat comes free it is offered to you, for {price}.':
    'Stell dich an: Wird ein Platz frei, wird er dir angeboten, für {price}.',
  'Wait in line': 'Anstellen',
  'any ticket': 'irgendein Ticket',
  'You wait for {name}': 'Du wartest auf {name}',
  'You are next.': 'Du bist als Nächstes dran.',
  'You are number {position} in line.': 'Du bist Nummer {position} in der Schlange.',
  'We tell you as soon as seats are yours to take.': 'Wir sagen dir Bescheid, sobald du Plätze nehmen kannst.',
  'Leave the line': 'Schlange verlassen',
  'Leave the line?': 'Die Schlange verlassen?',
  'Leave it': 'Verlassen',
  'Your place goes to the next. If you come back later you stand at the end.':
    'Dein Platz geht an die Nächsten. Kommst du später wieder, stehst du hinten an.',
  'It is your turn: {count} × {name}': { other: 'Du bist dran: {count} × {name}' },
  'Yours to take for': 'Für dich reserviert, noch',
  '{price} each, before tax and fee': 'je {price}, vor Steuer und Gebühr',
  'Take it': 'Annehmen',
  'No, thank you': 'Nein, danke',
  'Let it go?': 'Gehen lassen?',
  'Let it go': 'Gehen lassen',
  'The seats are offered to the next, and you leave the line.':
    'Die Plätze werden den Nächsten angeboten, und du verlässt die Schlange.',
  'To the event’s page': 'Zur Seite des Events',
  'Tickets can be had from {when}': 'Tickets gibt es ab {when}',
  'This event was called off': 'Dieses Event wurde abgesagt',
  'This event was put off. Tickets can be had again once it has its new date.':
    'Dieses Event wurde verschoben. Tickets gibt es wieder, sobald der neue Termin feststeht.',
  'This event is over': 'Dieses Event ist vorbei',
  'Registration has ended': 'Die Anmeldung ist geschlossen',
  'This event is not published yet': 'Dieses Event ist noch nicht veröffentlicht',
  'Your booking': 'Deine Buchung',
  'You are going!': 'Du bist dabei!',
  'Pay for your tickets': 'Tickets bezahlen',
  Booking: 'Buchung',
  Confirmed: 'Bestätigt',
  'Kept for you': 'Zurückgelegt',
  'Waits to be paid': 'Wartet auf Zahlung',
  'Waits for the host': 'Wartet auf Zusage',
  'Not accepted': 'Nicht angenommen',
  'Taken back': 'Zurückgezogen',
  'Not paid in time': 'Nicht rechtzeitig bezahlt',
  'Given back': 'Zurückgegeben',
  Paid: 'Bezahlt',
  'Partly paid back': 'Teilweise erstattet',
  'Paid back': 'Erstattet',
  'Did not go through': 'Fehlgeschlagen',
  'Given up': 'Abgebrochen',
  'Disputed at the bank': 'Bei der Bank beanstandet',
  'Under way': 'Läuft',
  'Your bank declined the payment. Nothing was charged. Try again, or another card.':
    'Deine Bank hat die Zahlung abgelehnt. Es wurde nichts abgebucht. Versuch es noch einmal, oder mit einer anderen Karte.',
  'There is not enough money on that card. Nothing was charged. Try another one.':
    'Die Karte ist nicht gedeckt. Es wurde nichts abgebucht. Versuch es mit einer anderen.',
  'That card has expired. Nothing was charged. Try another one.':
    'Die Karte ist abgelaufen. Es wurde nichts abgebucht. Versuch es mit einer anderen.',
  'Your bank could not be sure that it is you. Nothing was charged. Try again.':
    'Deine Bank war nicht sicher, dass du es bist. Es wurde nichts abgebucht. Versuch es noch einmal.',
  'The payment did not go through. Nothing was charged. Try again.':
    'Die Zahlung ist fehlgeschlagen. Es wurde nichts abgebucht. Versuch es noch einmal.',
  'Your {count} tickets': { one: 'Dein Ticket', other: 'Deine {count} Tickets' },
  '{name}, ticket {number}': '{name}, Ticket {number}',
  'Show the code': 'Code zeigen',
  'Add to calendar': 'In den Kalender',
  'To the chat': 'Zum Chat',
  'What it cost': 'Was es gekostet hat',
  'Choose again': 'Neu wählen',
  'The time to pay is over': 'Die Zeit zum Bezahlen ist um',
  'The seats are free again, and nothing was charged. Money that still arrives is paid back by itself.':
    'Die Plätze sind wieder frei, und es wurde nichts abgebucht. Geld, das noch ankommt, geht von selbst zurück.',
  'The host did not accept your request': 'Deine Anfrage wurde nicht angenommen',
  'Nothing was charged.': 'Es wurde nichts abgebucht.',
  'You took your request back': 'Du hast deine Anfrage zurückgezogen',
  'This booking was given back': 'Diese Buchung wurde zurückgegeben',
  'What is paid back, and how it stands, is listed below.': 'Was erstattet wird, und wie es steht, steht unten.',
  'Time left to pay': 'Zeit zum Bezahlen',
  'Less than a minute is left to pay.': 'Weniger als eine Minute bleibt zum Bezahlen.',
  'The price has changed while you chose. What you pay is what stands here.':
    'Der Preis hat sich geändert, während du gewählt hast. Du zahlst, was hier steht.',
  'Pay {price}': '{price} bezahlen',
  'How do you pay?': 'Wie bezahlst du?',
  'By card': 'Mit Karte',
  'With my credit of {amount}': 'Mit meinem Guthaben von {amount}',
  'Go on at the payment page. It leads back here once you have decided.':
    'Weiter geht es auf der Zahlungsseite. Sie führt hierher zurück, sobald du entschieden hast.',
  'To the payment page': 'Zur Bezahlseite',
  'This server takes cards by a form that this page does not have yet. Please ask the host.':
    'Dieser Server nimmt Karten über ein Formular, das diese Seite noch nicht hat. Bitte frag die Veranstalter.',
  'Your payment is being checked. This page notices by itself.':
    'Deine Zahlung wird geprüft. Diese Seite merkt es von selbst.',
  'One moment: the payment page is being opened…': 'Einen Moment: Die Bezahlseite wird geöffnet…',
  'Back to the tickets': 'Zurück zur Auswahl',
  'Let the seats go': 'Plätze freigeben',
  'Let the seats go?': 'Die Plätze freigeben?',
  'Let them go': 'Freigeben',
  'They are free for others at once. Nothing is charged.':
    'Sie sind sofort wieder für andere frei. Es wird nichts abgebucht.',
  Payments: 'Zahlungen',
  '{amount} goes back to you': '{amount} gehen an dich zurück',
  'The host looks at your request': 'Deine Anfrage wird angesehen',
  'You are told as soon as it is decided. No seat is kept until then, and nothing is charged.':
    'Du hörst davon, sobald entschieden ist. Bis dahin ist kein Platz zurückgelegt, und es wird nichts abgebucht.',
  'Take the request back': 'Anfrage zurückziehen',
  'Take your request back?': 'Deine Anfrage zurückziehen?',
  'Take it back': 'Zurückziehen',
  'The host no longer sees it. You can ask again later.':
    'Die Veranstalter sehen sie dann nicht mehr. Du kannst später wieder anfragen.',
};
