/** The names by which browsers call themselves, those first that also call themselves by others' names. */
const BROWSERS: readonly (readonly [token: string, name: string])[] = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
];

const SYSTEMS: readonly (readonly [token: string, name: string])[] = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'Mac'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
];

/** "Firefox, Linux" from how a browser calls itself; null for what calls itself otherwise. */
export const deviceOf = (agent: string): string | null => {
  const named = [BROWSERS, SYSTEMS].flatMap((names) => names.find(([token]) => agent.includes(token))?.[1] ?? []);
  return named.length === 0 ? null : named.join(', ');
};
