import type { Catalogue } from '../translate.ts';

/** Sentences of the stage for its audience. */
export const stage: Catalogue = {
  '(your vote)': '(deine Stimme)',
  Announcement: 'Ansage',
  Answered: 'Beantwortet',
  'Answered on stage.': 'Auf der Bühne beantwortet.',
  Ask: 'Fragen',
  'Asking…': 'Wird gefragt…',
  'Being answered now': 'Wird gerade beantwortet',
  'Change my vote': 'Meine Stimme ändern',
  Clap: 'Klatschen',
  Closed: 'Geschlossen',
  'Everybody sees it': 'Alle sehen sie',
  'I want this answered too:': 'Das will ich auch wissen:',
  'It does not treat people well.': 'Sie geht nicht gut mit Menschen um.',
  'It is about something else.': 'Sie betrifft etwas anderes.',
  'It was answered before.': 'Sie wurde schon beantwortet.',
  'It was asked already.': 'Sie wurde schon gestellt.',
  'No poll yet. When one opens, it is here at once.': 'Noch keine Abstimmung. Sobald eine beginnt, ist sie hier.',
  'No question waits. Ask the first one.': 'Keine Frage wartet. Stell die erste.',
  'No questions are taken now.': 'Gerade werden keine Fragen angenommen.',
  'Only the team sees the results.': 'Nur das Team sieht die Ergebnisse.',
  Open: 'Offen',
  Polls: 'Abstimmungen',
  'Put aside': 'Beiseitegelegt',
  Questions: 'Fragen',
  'Results are shown when the poll closes.': 'Die Ergebnisse werden gezeigt, wenn die Abstimmung schließt.',
  'Sealed: nobody can find out any more who voted for what.':
    'Versiegelt: Niemand kann mehr herausfinden, wer wofür gestimmt hat.',
  'Taken back': 'Zurückgenommen',
  'The curtain is going up…': 'Der Vorhang geht auf…',
  'The evening is over. What was asked and voted stays here to be read.':
    'Der Abend ist vorbei. Fragen und Abstimmungen bleiben hier lesbar.',
  'The event does not exist, it is not for you to see, or its team has sent you out for a while.':
    'Die Veranstaltung gibt es nicht, sie ist nicht für dich sichtbar, oder ihr Team hat dich für eine Weile hinausgeschickt.',
  'The results are on their way.': 'Die Ergebnisse sind unterwegs.',
  'The stage': 'Die Bühne',
  'The stage is not open yet. This page comes alive by itself.':
    'Die Bühne ist noch nicht offen. Diese Seite wird von selbst lebendig.',
  'The stage is paused. Clapping, votes and questions go on after the break.':
    'Die Bühne macht Pause. Klatschen, Abstimmungen und Fragen gehen danach weiter.',
  'The team has muted you until {time}. You can watch, but not clap, vote or ask.':
    'Das Team hat dich bis {time} stummgeschaltet. Du kannst zusehen, aber nicht klatschen, abstimmen oder fragen.',
  'The team looks at each question before others see it.': 'Das Team sieht sich jede Frage an, bevor andere sie sehen.',
  'The team looks at it first': 'Das Team sieht sie sich zuerst an',
  'The wording was put right after people had voted.':
    'Der Wortlaut wurde berichtigt, nachdem schon abgestimmt worden war.',
  'There is no such stage': 'Diese Bühne gibt es nicht',
  'There is no time left for it.': 'Dafür bleibt keine Zeit.',
  'Time is up': 'Die Zeit ist um',
  'To the desk': 'Zum Pult',
  'Up to {most}': 'Bis zu {most}',
  Vote: 'Abstimmen',
  'Words that two people or more have written show here.':
    'Hier erscheinen Wörter, die mindestens zwei Menschen geschrieben haben.',
  'You are watching. Clapping, votes and questions are for people whom the door has let in.':
    'Du siehst zu. Klatschen, Abstimmungen und Fragen sind für Menschen, die am Einlass waren.',
  'You are watching. Clapping, votes and questions are for people with a ticket.':
    'Du siehst zu. Klatschen, Abstimmungen und Fragen sind für Menschen mit Ticket.',
  'You asked': 'Du hast gefragt',
  'You have voted': 'Du hast abgestimmt',
  'You see the results once you have voted.': 'Du siehst die Ergebnisse, sobald du abgestimmt hast.',
  'Your answer': 'Deine Antwort',
  'Your choice': 'Deine Wahl',
  'Your question': 'Deine Frage',
  'on average, of {most}': 'im Schnitt, von {most}',
  'without my name': 'ohne meinen Namen',
  yours: 'deine',
  '{asked} asked · {answered} answered · {dismissed} put aside':
    '{asked} gestellt · {answered} beantwortet · {dismissed} beiseitegelegt',
  '{count} answered questions': { one: '{count} beantwortete Frage', other: '{count} beantwortete Fragen' },
  '{count} people have voted': { one: '{count} Person hat abgestimmt', other: '{count} Personen haben abgestimmt' },
  '{count} people watching': { one: '{count} Person sieht zu', other: '{count} Personen sehen zu' },
  '{count} votes': { one: '{count} Stimme', other: '{count} Stimmen' },
  '{count} watched at most': 'höchstens {count} sahen zu',
  '{seconds} s left': 'noch {seconds} s',
  '■ Ended': '■ Beendet',
  '○ Not open yet': '○ Noch nicht offen',
  '● Live': '● Live',
  '❚❚ Paused': '❚❚ Pause',
};
