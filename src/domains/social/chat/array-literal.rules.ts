/**
 * Columns for `unnest`, as PostgreSQL's array text (manual, section 8.15.6). A parameter that is one string costs half
 * the CPU of an array, which the driver would serialise value by value; with hundreds of rows a statement that shows.
 */

/** Numbers and UUIDs: nothing in them needs quoting. */
export const plainArray = (values: (string | number | boolean | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** Any text. */
export const textArray = (values: string[]): string => `{${values.map(quote).join(',')}}`;

const quote = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;
