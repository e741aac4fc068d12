type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const isThere = (document: unknown, reference: string): boolean => {
  let place: unknown = document;
  for (const key of reference.replace(/^#\//, '').split('/')) {
    if (!isObject(place) || !(key in place)) return false;
    place = place[key];
  }
  return true;
};

const referencesIn = (value: unknown): string[] => {
  if (!isObject(value)) return [];
  const own = typeof value.$ref === 'string' ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
};

/** References of a JSON document that lead nowhere. */
export const danglingReferences = (document: unknown): string[] =>
  referencesIn(document).filter((reference) => !reference.startsWith('#/') || !isThere(document, reference));
