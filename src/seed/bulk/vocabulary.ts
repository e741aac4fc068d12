/** Words that events and talk are made of, most frequent first; some carry accents. */
const COMMON = `
  music people night live free open city new community join food friends family art weekend workshop coffee evening talk
  dance local story film design code learn game market garden river street bring ticket stage door guest host team group
  start summer winter spring morning table house club book studio light sound band choir piano guitar violin jazz rock
  folk classical electronic techno theatre comedy poetry painting photography sculpture café crêpe jalapeño entrée naïve
  cliché décor façade fiancée soirée résumé matinée piñata señor mañana über smörgåsbord jardin fête château élan rendez-vous
  running cycling climbing hiking swimming football cricket tennis yoga meditation breathing camping kayak trail mountain
  forest beach island lake harbour sunrise sunset startup founder investor product marketing data science robot machine
  learning language cloud security network browser compiler database typescript python rust kernel protocol meetup
  hackathon conference keynote panel networking breakfast lunch dinner brunch barbecue curry biryani noodle dumpling pizza
  bakery bread cheese wine tea chocolate vegan spice tasting chef kitchen harvest charity volunteer donate shelter animal
  school children parents toddler puppet circus magic parade carnival festival lantern firework tradition heritage temple
  mosque church museum gallery exhibition archive architecture bridge tower castle palace tour guide bicycle train ferry
  balloon astronomy telescope planet galaxy biology chemistry physics mathematics history philosophy ethics law economy
  climate energy water recycling repair sewing knitting pottery carpentry origami calligraphy chess puzzle boardgame
  quiz karaoke tango salsa ballet swing flamenco bharatanatyam kathak qawwali baul raga sitar tabla harmonium flute
  drummer singer songwriter orchestra symphony opera musical rehearsal premiere screening documentary animation anime
  manga cosplay arcade console tournament league marathon relay sprint rugby hockey badminton volleyball basketball
`;

const ONSETS = [
  'b',
  'ch',
  'd',
  'f',
  'g',
  'k',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  'sh',
  't',
  'v',
  'z',
  'bh',
  'dr',
  'gr',
  'tr',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'é', 'ai', 'ou'];
/** The long tail: names and the like, which occur in few texts each. */
const RARE_WORDS = 3_000;

/** All words without repeats, the most frequent first. */
export const words = (): string[] => [
  ...new Set([...COMMON.trim().split(/\s+/), ...Array.from({ length: RARE_WORDS }, (_, place) => rareWord(place))]),
];

const rareWord = (place: number): string => {
  const syllable = (number: number): string => `${at(ONSETS, number)}${at(VOWELS, Math.floor(number / ONSETS.length))}`;
  const spread = (place * 7_919) % 25_600;
  return `${syllable(spread % 160)}${syllable(Math.floor(spread / 160))}${at(['n', 'r', 'l', ''], place)}`;
};

const at = (list: readonly string[], place: number): string => list[place % list.length] ?? '';

export const FIRST_NAMES =
  `Amina Rahim Nusrat Tanvir Farhana Imran Sadia Arif Maya Arjun Priya Rohan Ananya Kabir Zoë José María Chloé
  François Søren Björn Łukasz Zuzanna Anaïs Noémie Jürgen Grace Ada Alan Linus Margaret Ken Barbara Donald Frances Yuki Hiro
  Mei Wei Aiko Omar Leila Yusuf Fatima Kwame Ama Chidi Ngozi Thabo Naledi Lucía Mateo Sofía Diego Emma Noah Olivia Liam`.split(
    /\s+/,
  );
export const LAST_NAMES =
  `Rahman Hossain Ahmed Chowdhury Begum Khan Islam Das Roy Sen Sharma Patel Singh Gupta Kumar Müller Schröder
  Nuñez García Muñoz Pérez Gómez Lefèvre Bélanger Côté Dvořák Novák Kowalska Wójcik Jensen Sørensen Åkesson Lovelace Hopper
  Turing Hamilton Tanaka Sato Suzuki Chen Wang Li Haddad Mansour Okafor Mensah Dlamini Silva Santos Costa Smith Jones Brown`.split(
    /\s+/,
  );
