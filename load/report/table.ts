/** Lays rows out in columns under a header; numbers and their units are expected to be strings already. */
export function layOut(header: string[], rows: string[][]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) => cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ');
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(header), rule, ...rows.map(line)].join('\n');
}

/** A number as people read it: grouped thousands above 1000, else three significant digits. */
export function readable(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

/** A share of one core in percent. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** How one figure compares with another: `1.2 ×`; a dash when either is missing. */
export function ratio(value: number | undefined, to: number | undefined): string {
  if (value === undefined || to === undefined || to === 0) return '–';
  return `${readable(value / to)} ×`;
}
