import type { Database } from '../../../platform/db/client.ts';

/** The letter that proves an address, where `email_templates` has none. It holds no word of the one who registered. */
export const VERIFY_EMAIL = {
  key: 'verify-email',
  subject: 'Confirm your address',
  lines: [
    'Hello,',
    'Your code is {{code}}. It is good for {{minutes}} minutes.',
    'Or open this link, which is good for {{hours}} hours: {{link}}',
    'If you did not sign up, ignore this mail: nothing else will be sent to you.',
  ],
};

interface Words {
  subject: string;
  text: string;
}

/** The active template in the person's language, or in English, or the words above. */
export const wordsFor = async (reader: Pick<Database, 'emailTemplate'>, locale: string): Promise<Words> => {
  const rows = await reader.emailTemplate.findMany({
    where: { key: VERIFY_EMAIL.key, status: 'ACTIVE', locale: { in: [locale, 'en'] } },
    select: { locale: true, subject: true, text: true },
  });
  const own = rows.find((row) => row.locale === locale) ?? rows[0];
  return own ?? { subject: VERIFY_EMAIL.subject, text: VERIFY_EMAIL.lines.join('\n\n') };
};

/** Puts values in the places of their names; a name without a value leaves nothing. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/{{(\w+)}}/g, (_place, name: string) => values[name] ?? '');
