/** Text that is HTML already; everything else is escaped when it is put into `html`. */
export interface Markup {
  markup: string;
}

type Piece = string | number | Markup | readonly Markup[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What HTML has no place for: control characters (but tab and line ends) and halves of surrogate pairs. */
const UNPRINTABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}]/gu;

/** Text for any place in HTML between tags or in a quoted attribute. */
const escapeHtml = (text: string): string =>
  text.replace(UNPRINTABLE, '\uFFFD').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** HTML from a template: what is put in is escaped, unless it is `Markup`. Attributes must be quoted. */
export const html = (strings: TemplateStringsArray, ...pieces: Piece[]): Markup => ({
  markup: strings.map((text, index) => text + printed(pieces[index] ?? '')).join(''),
});

/** Nothing at all, where there may be something. */
export const nothing: Markup = { markup: '' };

/** Text of others, kept from turning the direction of the words around it. */
export const isolated = (text: string): Markup => html`<bdi>${text}</bdi>`;

function printed(piece: Piece): string {
  if (typeof piece === 'string') return escapeHtml(piece);
  if (typeof piece === 'number') return escapeHtml(String(piece));
  return 'markup' in piece ? piece.markup : piece.map(({ markup }) => markup).join('');
}
