/** The sentences of the public pages in German. */
export const PUBLIC_GERMAN: Readonly<Record<string, string>> = {};
